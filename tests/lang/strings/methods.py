"""str methods: searching, splitting, stripping, joining, replacing."""
s = "hello world hello"
print(s.find("hello"), s.find("hello", 1), s.rfind("hello"), s.find("x"), s.find("", 5), s.find("", 50), s.rfind(""))
print(s.index("w"), s.rindex("l"), s.count("l"), s.count(""), s.count("hello", 1), "aaaa".count("aa"))
print(s.startswith("hell"), s.startswith("world", 6), s.startswith(("x", "h")), s.endswith(("lo", "x")), s.endswith("world", 0, 11))
print(s.replace("hello", "bye"), s.replace("l", "L", 2), s.replace("", "-", 3), "abc".replace("", "."), s.replace("x", "y") is s)
print("a,b,,c".split(","), "a,b,,c".split(",", 1), "a,b,,c".rsplit(",", 1), " a  b ".split(), " a  b ".split(" "), "".split(), "".split(","))
print("  a b  c ".split(None, 1), "  a b  c ".rsplit(None, 1), "a--b--c".split("--"), "abc".split("abc"))
print("a\nb\r\nc\rd\x0be\x1cf\u2028g".splitlines(), "a\n\nb\n".splitlines(), "a\nb".splitlines(True), "".splitlines(), "\n".splitlines())
print("  x ".strip(), "  x ".lstrip() + "|", "  x ".rstrip() + "|", "xxaxx".strip("x"), "abcba".strip("ab"), "\t\n x\u3000".strip())
print("key=value=x".partition("="), "key".partition("="), "a.b.c".rpartition("."), "abc".rpartition("."))
print(",".join(["a", "b"]), "".join([]), "-".join("abc"), ", ".join(str(i) for i in range(3)), "x".join(["one"]))
print("abc".center(9, "*"), "abc".ljust(6, "."), "abc".rjust(6), "abc".center(4), "abc".center(2), "42".zfill(5), "-42".zfill(5), "+1".zfill(4), "".zfill(2))
print("a\tb\tc".expandtabs(), "a\tbb\tc".expandtabs(4), "\t".expandtabs(0), "ab\n\tc".expandtabs(4))
print("prefix-body".removeprefix("prefix-"), "body-suffix".removesuffix("-suffix"), "abc".removeprefix("x"), "abc".removesuffix(""))
print("abc" * 3, 3 * "ab", "a" * 0, "a" * -1, "ab" + "cd", "b" in "abc", "" in "abc", "bd" not in "abcd")
print("abc"[0], "abc"[-1], "abc"[::-1], len("abc"), min("hello"), max("hello"), sorted("hello"), list("abc"))
print("abc" < "abd", "Z" < "a", "" < "a", "abc" == "abc", "a" != "b", "é" > "z", "a" < "b" < "c")
for source in ("s.index('zz')", "s.rindex('zz')", "'a'.split('')", "''.join([1])", "'a'.join(5)", "'a'.center(5, 'xx')",
               "'a' + 1", "1 + 'a'", "'a' * 'b'", "'a' in 5", "5 in 'a'", "s.replace(1, 2)", "s.startswith(5)", "s.startswith((1,))",
               "'a'.partition('')", "s.count(5)", "s.strip(5)", "'a'.ljust('5')", "'a'.ljust(5, 5)", "'abc'.foo()", "s.split(5)",
               "''.join(['a', 1])", "'a'.replace('a')", "'a'.zfill(None)", "s.find()", "'x'.join('ab', 'cd')"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
