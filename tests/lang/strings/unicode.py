"""Code points beyond ASCII: indexing, widths of storage, surrogates, encoding and escapes."""
s = "aé€😀"
print(len(s), [hex(ord(c)) for c in s], s[::-1], s[2], s[-1], s[1:3])
print(s.encode(), s.encode("utf-16-le"), s.encode("utf-32-be"), "é".encode("latin-1"))
print(ascii(s), repr(s), repr("\x7f\x80\xa0\xad\u200b\u2028\ue000\ufeff\U000e0001"))
print(chr(0x10FFFF) == "\U0010ffff", chr(97), ord("€"), chr(0) == "\0")
for source in ("chr(-1)", "chr(0x110000)", "ord('ab')", "ord('')", "ord(5)", "'é'.encode('ascii')", "'€'.encode('latin-1')",
               "b'\\xff'.decode()", "b'\\xe2\\x82'.decode()", "'\\ud800'.encode()", "b'a'.decode('nope')", "'a'.encode('nope')",
               "b'\\xc0\\x80'.decode()", "b'\\xed\\xa0\\x80'.decode()", "b'\\xf4\\x90\\x80\\x80'.decode()", "b'\\x80'.decode('ascii')"):
    try:
        print(source, "->", ascii(eval(source)))
    except Exception as error:
        print(source, "->", type(error).__name__, ascii(str(error)))
for handler in ("ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
    print(handler, "aé€".encode("ascii", handler))
for handler in ("ignore", "replace", "backslashreplace", "surrogateescape"):
    print(handler, ascii(b"a\xff\xe2\x82b".decode("utf-8", handler)))
print(ascii(b"\xff".decode("utf-8", "surrogateescape")), "\udcff".encode("utf-8", "surrogateescape"))
print("a" + "é", ("a" * 3 + "€").replace("€", "x"), "é" in "café", "café".index("é"), "😀".join("ab"))
print("é" == "e\u0301", len("e\u0301"), "ß".upper(), "ﬁ".upper(), "x\u0301".isalpha())
wide = "ab😀cd"
print(wide.replace("😀", ""), wide.split("😀"), wide.find("c"), wide.partition("😀"), wide[1:4], wide.center(11, "€"))
print({"é": 1}["\xe9"], hash("é") == hash("\u00e9"), "€" * 2 == "€€", sorted("é€a😀"))
print("\N{GREEK SMALL LETTER ALPHA}", "\N{SNOWMAN}", "\N{latin capital letter a}", "\u0041\x42\103")
print(str(b"abc", "ascii"), str(b"\xe9", "latin-1"), str("x"), bytes("é", "utf-8"), str(b"abc"))
print("abc".encode("utf-8").decode("utf-8"), "x".encode("UTF8"), "x".encode("utf_8"), "x".encode("Latin-1"), "a".encode("us-ascii"))
print(s.translate({ord("a"): "A", ord("é"): None, ord("€"): 0x24}), "abc".maketrans("ab", "xy"), "a-b".translate(str.maketrans("-", "_")))
print(str.maketrans("a", "b", "c"), str.maketrans({"a": 1, 98: "z"}), "abc".translate({97: "xyz", 98: ""}))
print("\r\n".isspace(), "\u2003".isspace(), "\u200b".isspace(), "\x1f".isspace(), " \xa0 ".strip() == "")
