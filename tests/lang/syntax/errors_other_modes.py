"""Syntax errors in the modes eval and single."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in ("x = 1", "pass", "", "1; 2", "x y", "(1", "*x", "1,", "x := 1", "yield", "print(1))"):
    check(source, "eval")
for source in ("x = 1", "", "x\ny", "1; 2", "if x: pass", "if x:\n    pass\n", "x\n\n\n", "# c", "def f(): pass\n", "x = (", "for"):
    check(source, "single")
