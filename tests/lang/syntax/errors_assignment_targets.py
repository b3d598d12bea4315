"""Syntax errors, their wording and place: targets that cannot be assigned."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'x = ',
    '= 1',
    '1 = x',
    'f() = 1',
    'x + 1 = 2',
    'None = 1',
    'True = 1',
    '(x, 1) = 2',
    '[x, f()] = 1',
    'x if y else z = 1',
    'lambda: 1 = 2',
    "'a' = 1",
    '-x = 1',
    'x = yield = 1',
    '{} = 1',
    '... = 1',
):
    check(source)
