"""min and max over plain and other items, in place and from iterators."""

nan = float("nan")


class Odd:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __gt__(self, other):
        return self.n > other.n

    def __repr__(self):
        return "Odd(%d)" % self.n


print(min(3, 1, 2), max(3, 1, 2), min([5, 4, 10**30]), max((5, -10**30, 7)), max(True, 0), min(0, False))
print(min(2.5, 1, 3), max(2.5, 1, 3), max(1, 1.0), max(1.0, 1), min(-0.0, 0.0), min(0.0, -0.0))
print(min(nan, 1), min(1, nan), max([nan, 2.0]), max([2.0, nan]))
print(min("b", "a", "ab"), max("b\u00e9", "b\u20ac", "bz"), min(["", "a"]), max("hello"))
print(min([Odd(2), Odd(1), Odd(1)]), max(Odd(2), Odd(3)), min(iter("zxy")), max({3: 1, 9: 2}))
print(min("aa", "b", key=len), max(["aa", "b", "cc"], key=len), min([], default=7), max((), default=None))
print(max([(1, "b"), (1, "a")]), min([[2], [1, 5]]), max([1, 2, 3], key=lambda n: -n))

shrinking = [5, 3, 8, 1, 9, 2]


def drop(n):
    if len(shrinking) > 2:
        shrinking.pop()
    return n


print(min(shrinking, key=drop), shrinking)
for attempt in (lambda: min(), lambda: max([]), lambda: min(1, "a"), lambda: max(3), lambda: min(1, 2, default=3),
                lambda: max([1, 2], key=5), lambda: min([1], wrong=2)):
    try:
        print(attempt())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
