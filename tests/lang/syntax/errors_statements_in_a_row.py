"""Syntax errors, their wording and place: missing operators and commas."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'if x:\n    y\n  z',
    'if x:\n\ty\n        z',
    'x y',
    'f(a b)',
    '[1 2]',
    '(1 2)',
    '{1 2}',
    'x = 1 2',
    "print 'hello'",
    'print x',
    "exec 'x'",
):
    check(source)
