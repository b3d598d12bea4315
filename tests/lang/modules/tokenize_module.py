"""token and tokenize: kinds, places, encodings, and text made again."""
import io
import token
import tokenize

SOURCE = '''# comment
def f(a, *b: int = 0x_Ff) -> "x":
    if a != 1.5e-3j:\t# why
        return rb'\\'' f"""two
lines""" + \\
            b[0:1]

\treturn ...
x = lambda: (1,
    2)  # in brackets
ä @= 1_000; y := $ 'open
'''
for item in tokenize.tokenize(io.BytesIO(SOURCE.encode()).readline):
    print(item, token.tok_name[item.exact_type])
full = list(tokenize.generate_tokens(io.StringIO(SOURCE).readline))
print(tokenize.untokenize(full) == SOURCE)
print(tokenize.untokenize(t[:2] for t in full[:20]))
for bad in ("(1,", "'''x", "if x:\n  a\n b\n", "'a\\\n"):
    try:
        print([t.string for t in tokenize.generate_tokens(io.StringIO(bad).readline)])
    except (tokenize.TokenError, IndentationError) as e:
        print(type(e).__name__, e.args)
for start in (b"# coding: latin1\n", b"\xef\xbb\xbfx\n", b"\n# vim: set fileencoding=ascii :\n", b"x\n#coding:ascii",
              b"# coding: nope\n", b"\xff\n", b"\xef\xbb\xbf# coding: latin1\n", b""):
    try:
        print(tokenize.detect_encoding(io.BytesIO(start).readline))
    except SyntaxError as e:
        print(e)
print(token.ISTERMINAL(token.NAME), token.ISNONTERMINAL(300), token.ISEOF(0), len(token.EXACT_TOKEN_TYPES))
