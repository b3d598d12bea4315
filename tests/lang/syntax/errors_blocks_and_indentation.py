"""Syntax errors, their wording and place: blocks and indentation."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'if x',
    'if x\n    pass',
    'while x',
    'for x in y',
    'def f()',
    'class C',
    'try',
    'with x',
    'else:',
    'if x:\npass',
    'def f():\nx',
    '  x = 1',
    'x = 1\n  y = 2',
):
    check(source)
