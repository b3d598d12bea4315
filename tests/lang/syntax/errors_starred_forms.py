"""Syntax errors, their wording and place: misplaced stars."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    '*x',
    '*x = 1',
    'x = *y',
    '*a, *b = c',
    'print(*)',
    '[*]',
    'x = *',
    '(*x)',
    'del *x',
    'return *x',
    'for *x in y: pass',
    'f(*x for x in y)',
    '**x',
    'x = **y',
    '*a + b',
    'a, *b + 1 = c',
    'not *x',
):
    check(source)
