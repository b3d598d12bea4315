"""Sorting: stability, keys, reverse, mutation during the sort, comparisons that fail."""
data = [(3, "c"), (1, "a"), (2, "b"), (1, "z"), (3, "a")]
print(sorted(data), sorted(data, key=lambda p: p[0]), sorted(data, key=lambda p: p[0], reverse=True))
print(sorted("banana"), sorted({3, 1, 2}), sorted({"b": 1, "a": 2}), sorted([True, False, 2, -1.5]), sorted([]), sorted([[2], [1, 5], [1]]))
data.sort(key=lambda p: p[1]); print(data)
words = ["banana", "Apple", "cherry", "apple", "Banana"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=lambda w: (len(w), w), reverse=True))
seed = 1
numbers = []
for _ in range(500):
    seed = seed * 16807 % 2147483647
    numbers.append(seed % 100)
s = sorted(enumerate(numbers), key=lambda p: p[1])
print(all(s[i][1] < s[i + 1][1] or (s[i][1] == s[i + 1][1] and s[i][0] < s[i + 1][0]) for i in range(len(s) - 1)))
s = sorted(enumerate(numbers), key=lambda p: p[1], reverse=True)
print(all(s[i][1] > s[i + 1][1] or (s[i][1] == s[i + 1][1] and s[i][0] < s[i + 1][0]) for i in range(len(s) - 1)))
for pattern in (range(100), range(100, 0, -1), [5] * 50, list(range(50)) * 2, [i ^ 37 for i in range(128)], [i % 7 for i in range(90)]):
    items = list(pattern)
    once = sorted(items)
    assert all(a <= b for a, b in zip(once, once[1:])) and sorted(once) == once and len(once) == len(items)
    assert sorted(items, reverse=True) == once[::-1]
print("patterns sorted")
l = [3, 1, 2]
try:
    l.sort(key=lambda v: (l.append(v), v)[1])
except ValueError as error:
    print(error)
print(len(l))
l = [3, 1, 2]
seen = []
l.sort(key=lambda v: (seen.append(list(l)), v)[1])
print(seen, l)
try:
    [1, "a", 2].sort()
except TypeError as error:
    print(error)
l = [4, 3, 2, "x", 1]
try:
    l.sort()
except TypeError:
    print(sorted(map(str, l)))


class Lt:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        if self.v == 7 or other.v == 7:
            raise RuntimeError("seven")
        return self.v < other.v

    def __repr__(self):
        return str(self.v)


print(sorted([Lt(3), Lt(1), Lt(2)]))
try:
    sorted([Lt(3), Lt(7), Lt(2)])
except RuntimeError as error:
    print(error)


class Falsy:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return [] if self.v >= other.v else [1]


print([f.v for f in sorted(map(Falsy, [2, 3, 1]))])
import functools
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
print(sorted([float("nan"), 1.0][1:]), sorted([2 ** 70, 1, -2 ** 70, 1.5]), sorted(["é", "e", "z", "a"]), sorted([b"b", b"a"]), sorted([(1, 2), (1,), ()]))
print(sorted([1, 2, 3], key=lambda v: -v), sorted("bca", key=None), min("bca", key=ord), max([[1], [2, 3]], key=len))
