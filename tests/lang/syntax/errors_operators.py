"""Syntax errors, their wording and place: operators."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'x = 5 +',
    'x ==',
    'not',
    'x and',
    '1 +* 2',
    'a b c',
    'x ? y',
    '$x',
    'x = $',
    '`x`',
    'a <> b',
    'x = 1;; y',
    ';',
    '!x',
    'x !',
    'a ! b',
):
    check(source)
