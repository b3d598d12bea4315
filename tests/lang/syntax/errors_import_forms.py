"""Syntax errors, their wording and place: import statements."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'import',
    'import x as',
    'from x',
    'from x import',
    'from x import (',
    'from x import a,',
    'import x.y as z.w',
    'from . import *\n',
    'import x,',
    'from x import *, y',
    'from __future__ import nope',
    'x = 1\nfrom __future__ import annotations',
):
    check(source)
