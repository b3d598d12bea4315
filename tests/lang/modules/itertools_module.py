"""itertools: every function."""
import itertools as it
import operator

take = lambda n, i: list(it.islice(i, n))
print(take(5, it.count()), take(4, it.count(10, -3)), take(3, it.count(0.5, 0.25)), take(7, it.cycle("abc")), list(it.repeat(1, 3)), take(2, it.repeat("x")), take(3, it.count(2 ** 63 - 1)))
print(list(it.accumulate([1, 2, 3])), list(it.accumulate([3, 1, 2], max)), list(it.accumulate([1, 2, 3], operator.mul, initial=10)), list(it.accumulate([])), list(it.accumulate("abc")))
print(list(it.chain("ab", [1], ())), list(it.chain.from_iterable(["ab", "cd"])), list(it.compress("abcd", [1, 0, 1, 0])), list(it.dropwhile(lambda x: x < 3, [1, 3, 2])), list(it.takewhile(lambda x: x < 3, [1, 3, 2])), list(it.filterfalse(None, [0, 1, 2, ""])), list(it.filterfalse(lambda x: x % 2, range(5))))
print([(k, list(g)) for k, g in it.groupby("aabbbac")], [(k, list(g)) for k, g in it.groupby([1, 3, 2, 4], key=lambda x: x % 2)])
print(list(it.islice("abcdef", 3)), list(it.islice("abcdef", 1, 5, 2)), list(it.islice("abc", None)), list(it.islice("abc", 1, None)), list(it.pairwise("abcd")), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.zip_longest("ab", "xyz", fillvalue="-")), list(it.zip_longest([1], [], [2, 3])))
print(list(it.product("ab", [1, 2])), list(it.product([0, 1], repeat=2)), list(it.product()), list(it.permutations("abc", 2)), len(list(it.permutations(range(5)))), list(it.combinations("abcd", 2)), list(it.combinations_with_replacement("ab", 2)), list(it.combinations("ab", 3)))
a, b = it.tee([1, 2, 3])
print(next(a), list(b), list(a), [list(t) for t in it.tee("xy", 3)])
g = it.groupby([1, 1, 2])
k1, g1 = next(g)
k2, g2 = next(g)
print(k1, k2, list(g1), list(g2))
for source in ("it.islice([1], -1)", "it.islice([1], 'a')", "it.repeat(1, 'x')", "it.combinations([1], -1)", "it.product(5)", "list(it.starmap(pow, [1]))", "it.tee([1], -1)", "it.chain(5).__next__()", "it.count('a')", "list(it.accumulate([1, 'a']))", "it.compress([1])", "it.permutations(5)", "list(it.islice([1, 2], 1, 2, 0))", "it.zip_longest([1], x=2)", "it.pairwise(5)", "next(it.cycle([]))", "it.groupby()"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(repr(it.count(5)), repr(it.count(1, 2)), repr(it.repeat("a", 2)), [type(x).__name__ for x in (it.chain(), it.cycle([1]), it.accumulate([]), it.product())])
primes = it.filterfalse(lambda n: any(n % d == 0 for d in range(2, n)), it.count(2))
print(take(8, primes), "".join(it.chain.from_iterable(zip("abc", "xyz"))), sum(it.islice(it.count(1), 100)))


def lazy():
    print("started", end=" ")
    yield 1


c = it.chain(lazy(), lazy())
print("not yet", end=" ")
print(list(c))
