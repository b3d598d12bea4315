"""repr, str and ascii of strings with every kind of special character."""
for s in ("", "'", '"', "'\"", "\\", "\n", "\t\r\b\f\v\a\0", "a'b", 'a"b', "\x1b[0m", "\x7f", "\x80", "\xff", "é", "\u0100", "\u2029", "\U0001f600",
          "\ud800", "a\\nb", "\\'", "new\nline 'q' \"d\""):
    if s == "\ud800":
        print(ascii(s), len(repr(s)), repr(s) == "'\\ud800'")
        continue
    print(repr(s), ascii(s), len(repr(s)), eval(repr(s)) == s)
print(str(["a'b", "\n", {"k\"": ("x",)}]), repr("a\tb"), "%r" % "é\n", "%a" % "é\n", f"{'é'!a}", f"{'q'!r}")
print(r"\n" == "\\n", len(r"\n"), r"\"", "a" 'b' "\n".strip())
print(repr(b"bytes 'q' \" \x00\xff\n"), repr(b"'"), repr(b'"\''))


class Mine(str):
    pass


print(repr(Mine("x")), str(Mine("x")), type(str(Mine("x"))).__name__)
print("x" "y" if True else "", ("a"
                                "b"), "a\
b")
