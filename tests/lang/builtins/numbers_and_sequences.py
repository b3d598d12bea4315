"""abs, divmod, max, min, sum, round, pow, sorted, any, all, len and friends."""
print(abs(-5), abs(2.5), abs(3 + 4j), abs(True), divmod(17, 5), divmod(-17, 5), divmod(7.5, 2), pow(2, 10), pow(2, -1), pow(2, 10, 7), pow(base=2, exp=3, mod=5))
print(max(1, 5, 3), max([1, 2]), max("hello"), max([], default="none"), max([1, -5], key=abs), max("b", "a"), min(3, 1), min({3: 1, 2: 5}), min([], default=None), max((1, 2), (1, 3)), max([3, 3.0]), min(1, True), max(2, 2.0))
print(sum([1, 2, 3]), sum([], 5), sum([[1], [2]], []), sum((0.1, 0.2)), sum([1], start=10), sum({1: 2}), sum([True, True]), sum([2 ** 63, 1]), sum([1, 2.5, 3j]))
print(round(2.5), round(3.5), round(2.567, 2), round(1234, -2), round(5), round(-2.5), round(0.5), type(round(2.0)).__name__, type(round(2.0, 0)).__name__, round(2.5, None))
print(any([0, "", 3]), any([]), all([1, "a"]), all([]), all([1, 0]), any(x > 3 for x in range(5)), len("abc"), len({1: 2}), len(range(5)), sorted([3, 1]), list(reversed("ab")))
print(bin(10), bin(-10), oct(8), hex(255), hex(-255), hex(2 ** 70), bin(0), chr(65), ord("A"), ascii("é"), repr("é"), format(5, "03"), hash(5), hash("a") == hash("a"), id(5) == id(5))
print(bool([]), bool("x"), int("5"), float("1.5"), str(5), list("ab"), tuple("ab"), dict(a=1), set("a"), frozenset("a"), bytes(2), complex(1), object().__class__.__name__, type(5).__name__)
print(callable(len), callable(5), isinstance(5, (str, int)), isinstance(5, int | str), isinstance(True, int), issubclass(bool, (str, int)), issubclass(int, object), isinstance(None, type(None)), isinstance([], list | None))
for source in ("abs('a')", "divmod(1, 'a')", "max()", "max([])", "max(5)", "max(1, 'a')", "min(1, 2, foo=3)", "sum('ab')", "sum(['a'])", "sum([1], 'a')", "sum(5)", "round()", "pow(1)", "any(5)", "len(5)", "len()", "sorted(5)", "sorted([1], 5)", "bin(1.5)", "hex('a')", "chr('a')", "chr(10**10)", "ord(5)", "isinstance(5, 5)", "isinstance(5, (int, 5))", "issubclass(5, int)", "issubclass(int, 5)", "abs()", "abs(1, 2)", "hash([])", "max([1], default=1, foo=2)", "max(1, 2, default=3)", "round('5')", "isinstance(5, list[int])", "callable()", "sum([b'a'], b'')", "id()", "all(None)", "min(1, 2, key=5)"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
