"""Syntax errors, their wording and place: parameter lists."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'def f(a, a): pass',
    'def f(a=1, b): pass',
    'def f(*): pass',
    'def f(**k, a): pass',
    'def f(*a, *b): pass',
    'def f(a, /, b, /): pass',
    'def f(/): pass',
    'def f(*, **k): pass',
    'def f(1): pass',
    'def f(a, *, /): pass',
    'def f(a.b): pass',
    'lambda a, a: 1',
    'lambda *: 1',
    'def f(None): pass',
    'def f(*a=1): pass',
    'def f(**k=1): pass',
):
    check(source)
