"""Syntax errors, their wording and place: argument lists."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'f(a=1, 2)',
    'f(**k, 1)',
    'f(**k, *a)',
    'f(a=1, a=2)',
    'f(1=2)',
    'f(a.b=1)',
    'f(True=1)',
    'f(x for x in y, 1)',
    'f(1, x for x in y)',
    'f(a=)',
    'f(,)',
    'f(a, , b)',
    'f(a, b=c for c in d)',
    'f(*)',
    'f(**)',
):
    check(source)
