"""set and frozenset: algebra, methods, comparison, errors."""
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a.isdisjoint({9}), a <= a, a < a, {3} < a, a >= {1}, a > a, a == {4, 3, 2, 1}, a != b)
print(sorted(a.union(b, [9], "x"), key=str), sorted(a.intersection(b, [3])), sorted(a.difference(b, [1])), sorted(a.symmetric_difference([1, 9])), a.issubset(range(9)), a.issuperset([1]), sorted(a.union()), a.copy() == a, a.copy() is a)
s = set()
s.add(1); s.add(1); s.update([2, 3], (4,)); s.discard(99); s.remove(2); print(sorted(s), len(s))
s.intersection_update([1, 3, 5]); print(sorted(s)); s.difference_update([1]); print(s); s.symmetric_difference_update([3, 7]); print(s); s.clear(); print(s, bool(s))
x = {5}; print(x.pop(), x)
f = frozenset([1, 2, 2]); print(sorted(f), f == {1, 2}, hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset({1, 2})], f | {3} == {1, 2, 3}, type(f | {3}).__name__, type({3} | f).__name__, frozenset(f) is f, f.copy() is f, frozenset() == set())
print({f} == {frozenset({2, 1})}, {1, 2} in {f}, frozenset("ab") <= set("abc"), set("hello") == set("hlo e".replace(" ", "")) , len(set("hello")))
s = a; s |= {10}; print(a is s, 10 in a); s &= {1, 10}; s -= {1}; s ^= {11}; print(sorted(a))
g = f; g |= {9}; print(sorted(g), sorted(f))
print({1, 1.0, True}, {0, False, 0.0}, set([1, 2]) == frozenset([1, 2]), {(), ""} == {"", ()}, {*[1], *(2,)}, set(), frozenset(), frozenset({1}), repr({1}), {"a"})
for source in ("{[]}", "{1}.remove(2)", "set().pop()", "{1} | [1]", "{1} + {2}", "{1} < [1]", "set(5)", "set(1, 2)", "hash(set())", "frozenset({1}).__getitem__(0)", "{1}.add([])", "frozenset().add(1)", "{1} & None", "{{1}}", "set().union(5)", "{1} - (1,)", "{1}.update(5)", "{1}.issubset(5)", "{1} == [1]", "[1] in {1}", "{frozenset({1})}.remove({2})", "{1} <= 'a'", "sorted({1, 'a'})"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
big = set(range(1000)); big -= set(range(0, 1000, 2)); print(len(big), sum(big), min(big), max(big), 501 in big, 500 in big)
for i in range(1, 1000, 4):
    big.discard(i)
print(len(big), sum(big), sorted(big)[:3])
powerset = {frozenset(c for i, c in enumerate("abcd") if m >> i & 1) for m in range(16)}
print(len(powerset), frozenset("ac") in powerset, sum(len(p) for p in powerset))


class S(set):
    pass


print(type(S([1]) | {2}).__name__, S([1]) == {1}, type(S([1]).copy()).__name__, S([1]), {1} | S([2]) == {1, 2}, isinstance(S(), set))
