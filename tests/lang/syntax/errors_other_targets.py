"""Syntax errors, their wording and place: targets of del, for, with and augmented assignment."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'x += y += 1',
    '(x, y) += 1',
    '[x] += 1',
    'f() += 1',
    '1 += 1',
    'del f()',
    'del 1',
    'del (x, 1)',
    'del x + 1',
    'for 1 in x: pass',
    'for f() in x: pass',
    'with x as 1: pass',
    'with x as f(): pass',
):
    check(source)
