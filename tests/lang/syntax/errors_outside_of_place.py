"""Syntax errors, their wording and place: statements outside of their place."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'return 1',
    'yield 1',
    'class C: return 1',
    'break',
    'continue',
    'if 1: break',
    'def f():\n    break',
    'while 1:\n    def g(): continue',
    'nonlocal x',
    'def f():\n    nonlocal x',
    'def f():\n    x = 1\n    global x',
    'def f(x):\n    global x',
    'def f():\n    nonlocal x, y\n',
    'def f(x):\n    nonlocal x',
    'global x\nx = 1\nnonlocal x',
    'def f():\n    print(x)\n    global x',
    'x: int\nglobal x',
    'class C:\n    nonlocal z',
):
    check(source)
