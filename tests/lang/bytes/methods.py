"""bytes: literals, indexing, methods, errors."""
b = b"hello world hello"
print(b[0], b[-1], b[1:4], b[::-1], len(b), list(b[:3]), 104 in b, b"wor" in b, max(b), b.hex())
print(b.find(b"hello", 1), b.find(104, 1), b.rfind(b"l"), b.count(b"l"), b.count(108), b.index(b"w"), b.startswith((b"x", b"he")), b.endswith(b"lo"))
print(b.split(), b.split(b"o"), b.replace(b"hello", b"bye"), b.partition(b" "), b.rpartition(b" "), b" x ".strip(), b"xxaxx".strip(b"x"))
print(b"-".join([b"a", b"b"]), b.upper(), b.title(), b.capitalize(), b"aB".swapcase(), b.center(21, b"*"), b"7".zfill(3), b"a\tb".expandtabs(4), b"a\nb\r\nc".splitlines())
print(bytes(3), bytes([1, 2, 255]), bytes(b"x"), bytes("é", "utf-8"), bytes(range(5)), bytes(), bytes.fromhex("00 ff 1A"), b"abc".hex("-"), b"abcdef".hex(":", 2))
print(b"a" + b"b", b"ab" * 2, b"a" < b"b", b"a" == "a", b"" == b"", hash(b"a") == hash(b"a"), b"abc" > b"ab", {b"k": 1}[b"k"])
print(b"abc".isalpha(), b"123".isdigit(), b"a1".isalnum(), b" ".isspace(), b"AB".isupper(), b"ab".islower(), b"Ab".istitle(), b"\xff".isascii())
print(b"abc".translate(bytes(range(255, -1, -1)))[:3], b"abcabc".translate(None, b"b"), bytes.maketrans(b"ab", b"xy")[97:99], b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"))
print(b"caf\xc3\xa9".decode(), b"\xe9".decode("latin-1"), repr(b"\x00\t\n\r'\"\\\x7f\x80"), str(b"x"), b"%s" % b"y", ascii(b"\xff"))
for x in b"ab":
    print(x, end=" ")
print([*b"xyz"], tuple(b"\x00\x01"), sum(b"abc"), sorted(b"cab"), bytes(sorted(b"cab")), b"".join([]))
for source in ("b'a' + 'b'", "'b' + b'a'", "bytes('a')", "bytes([256])", "bytes([-1])", "bytes(-1)", "bytes(['a'])", "b'a'[5]", "b'abc'.find('a')", "b'a'.join(['b'])", "bytes.fromhex('0')", "bytes.fromhex('zz')", "b'a'.index(b'z')", "b'a' < 'a'", "256 in b'a'", "'a' in b'a'", "bytes(1.5)", "b'a'.split('')", "b'a'.split(b'')", "b'a'.replace('a', b'')", "bytes(1, 'utf-8')", "bytes('a', 'nope')", "b'a' * 1.5", "b''.hex('ab')", "b'a'.foo"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
