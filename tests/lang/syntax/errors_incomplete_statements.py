"""Syntax errors, their wording and place: incomplete statements."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'try: pass',
    'try:\n    pass\nx',
    'try:\n    pass\nexcept:\n    pass\nexcept ValueError:\n    pass',
    'except: pass',
    'try:\n    pass\nfinally:\n    pass\nexcept: pass',
    'try:\n    pass\nexcept A, B:\n    pass',
    'raise x from',
    'raise from x',
    'assert',
    'assert x,',
    'del',
    'with',
    'while',
    'for',
    'for x',
    'for x in',
    'in x',
    'class',
    'def',
    'lambda',
    'elif x: pass',
    'finally: pass',
    '@',
    '@x',
    '@x\ny = 1',
    'pass x',
    'pass 1',
    'break x',
    'global',
    'global 1',
    'global x.y',
):
    check(source)
