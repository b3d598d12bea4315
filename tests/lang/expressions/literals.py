"""Numbers, strings, bytes and other literals."""
print(1_000_000, 0x_FF, 0b1010, 0o17, 0XAB, 0B1, 0O7, 00, 0_0)
print(1.5, 1., .5, 1e3, 1E-3, 1_0.0_1, 1e1_0, 10j, 1.5J, 0j, 1e400, 1e-400)
print(123456789012345678901234567890, 0xFFFFFFFFFFFFFFFFFFFFFFFF, -0x8000000000000000)
print('single', "double", '''triple
line''', """it's "quoted" """)
print("tab\tnl\\n\x41\u0042\U00000043\103\0".encode(), "\N{LATIN SMALL LETTER E WITH ACUTE}\N{BULLET}")
print(r"raw\n\t", R'\'', b"bytes\x00\xff", br"\x00", Rb"\n", rb'\\', u"unicode")
print("con" "cat" 'en' """ated""", b"a" b"b")
print("line \
continued", 'a\
b')
print(len("\
"), "\a\b\f\v\r".encode(), "\7\77\177".encode())
print(True, False, None, ..., Ellipsis, NotImplemented)
print((), (1,), (1, 2), [], [1, ], {}, {1: 2, }, {1, }, ((1), (2,)))
print("\ud800".encode("utf-16-le", "surrogatepass"), len("😀"), "\U0001F600" == "😀")
print(0.1 + 0.2, 1e16, 1e15, 123456789.123456789, 1e-5, 0.0001, 5e-324, 1.7976931348623157e308)
print(-0.0, 0.0 == -0.0, 1e22, 1e23, 9007199254740993.0)
print("%s %r" % ("é", "é\u200b\x7f\xad"))
print("quote'", 'quote"', repr("both'\""), repr("it's"), repr('say "hi"'))
print(1 .real, 1.0.is_integer(), 1..imag, 5 .bit_length())
print(b'\'' + b"\"", [b"\t\n\r\\"], b"abc\
def")
print("""a
\
b""")
