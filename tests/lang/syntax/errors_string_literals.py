"""Syntax errors, their wording and place: malformed string literals."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    "'\\N{no such name}'",
    "'\\x1'",
    "'\\u12'",
    "'\\U00110000'",
    "b'\\x1'",
    "b'\xe9'",
    "'a' b'b'",
    "f'{x",
    "f'{x!}'",
    "f'}'",
    "f'{}'",
    "'\\N'",
    "rb'\xe9'",
    "u'x' b'y'",
    "'\\U0001'",
):
    check(source)
