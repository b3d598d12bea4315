"""with statements left in every way, by one and two managers that do or do not suppress."""
leave = {"fall": "pass", "return": "return 'R'", "break": "break", "continue": "continue", "raise": "raise KeyError('k')"}
template = """
def f(log, M):
    for i in range(2):
        log.append(str(i))
        with M('a', {first}) as a, M('b', {second}):
            log.append('body')
            {leave}
        log.append('after')
    return 'end'
"""


class M:
    def __init__(self, name, suppress):
        self.name, self.suppress = name, suppress

    def __enter__(self):
        log.append("+" + self.name)

    def __exit__(self, kind, value, tb):
        log.append("-" + self.name + (kind.__name__[0] if kind else ""))
        return self.suppress


for name, statement in leave.items():
    for first in (False, True):
        for second in (False, True):
            space = {}
            exec(template.format(first=first, second=second, leave=statement), space)
            log = []
            try:
                result = space["f"](log, M)
            except KeyError as error:
                result = repr(error)
            print(name, first, second, " ".join(log), result)
