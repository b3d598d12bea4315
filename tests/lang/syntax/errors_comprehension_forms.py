"""Syntax errors, their wording and place: malformed comprehensions and named expressions."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    '[x for]',
    '[x for x]',
    '[x for x in]',
    '[for x in y]',
    '[x, y for x in z]',
    '{x: y for}',
    '[x for x in 1, 2]',
    '(x for x in y if)',
    '[*x for x in y]',
    '{**x for x in y}',
    '[x := 1 for x in y]',
    '[y := x for y in z]',
    '(x := 1) = 2',
    'x := 1',
    '(x.y := 1)',
    '(x[0] := 1)',
    'f(x := 1, y = (z := 2))',
    'lambda: (yield)',
    '[(yield) for x in y]',
    'class C:\n    [x := 1 for y in z]',
    '{x := 1}',
    'x[y := 1]',
    'x = y := 1',
    'def f(x := 1): pass',
    '(x, y := 1)',
    '(x, y) := 1',
):
    check(source)
