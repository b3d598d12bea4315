"""Syntax errors, their wording and place: odd characters and continuation lines."""


def check(source, mode="exec"):
    try:
        compile(source, "<test>", mode)
        print(ascii(source), "compiles")
    except SyntaxError as e:
        print(ascii(source), "->", type(e).__name__, e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
    except ValueError as e:
        print(ascii(source), "->", type(e).__name__, e)


for source in (
    '\\',
    'x\\',
    'x \\ y',
    '\\ x',
    'x = \\\n',
    '\xa0x',
    'x = \xe9\u20ac',
    'a\u200bb',
    '\u201cx\u201d',
    'x = \u2018a\u2019',
    '\u2116',
    '1\uff0c2',
    'x\x00y',
    '\x01',
    '\u200b',
    '\u20ac = 1',
    'x = 1 # comment\n  ',
    '#',
    '',
    '\n\n',
    '   ',
    '\t\n',
):
    check(source)
