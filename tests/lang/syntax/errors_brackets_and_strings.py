"""Syntax errors, their wording and place: unclosed brackets and strings."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    '(1,',
    '[1, 2',
    '{1: 2',
    '(1]',
    '1)',
    '}',
    'f(1, 2',
    'x = (1\ny = 2',
    "'abc",
    '"abc',
    "'''abc",
    "f'abc",
    "'abc\n'",
    "b'abc",
):
    check(source)
