"""Syntax errors, their wording and place: malformed numbers."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    'x = 08',
    '0777',
    '1__0',
    '1_',
    '0x',
    '0b2',
    '0o8',
    '1e',
    '1.5.5',
    '1abc',
    '0xg',
    '1e5x',
    '1_a',
    '12ab3',
    '0b1.5',
    '1.e',
    '1.0f',
):
    check(source)
