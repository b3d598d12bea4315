"""__eq__, __lt__ and friends, hashing rules, and sorting by them."""
import functools


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __eq__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount == other.amount

    def __lt__(self, other):
        return self.amount < other.amount

    def __repr__(self):
        return f"${self.amount}"


a, b, c = Money(1), Money(2), Money(1)
print(a == c, a != c, a == b, a != b, a == 1, a != 1, a < b, a > b)
print(sorted([b, a, c]), min(b, a), max([a, b]))
try:
    a <= b
except TypeError as error:
    print(error)
try:
    hash(a)
except TypeError as error:
    print(error)
print(Money.__hash__)
try:
    {a: 1}
except TypeError as error:
    print(error)


class Hashable(Money):
    __hash__ = lambda self: hash(self.amount)


print(len({Hashable(1), Hashable(1), Hashable(2)}), Hashable(5) in {Hashable(5): 0})


class KeepsHash:
    def __lt__(self, other):
        return True


print(isinstance(hash(KeepsHash()), int))


@functools.total_ordering
class Level:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


print(Level(1) <= Level(2), Level(2) >= Level(2), Level(3) > Level(2), Level(3) <= Level(2))


class Weird:
    def __eq__(self, other):
        raise ValueError("no comparing")


try:
    Weird() in [1, Weird()]
except ValueError as error:
    print(error)
w = Weird()
print(w in [w], [w].index(w), [w].count(w))


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


print(5 == AlwaysEqual(), AlwaysEqual() == None, [1, 2] == [AlwaysEqual(), AlwaysEqual()])
print({AlwaysEqual(): 1}.get(AlwaysEqual()), 1 in {AlwaysEqual()})


class BadHash:
    def __hash__(self):
        return "text"


try:
    hash(BadHash())
except TypeError as error:
    print(error)


class BigHash:
    def __hash__(self):
        return 2 ** 100 + 5


print(hash(BigHash()) == hash(2 ** 100 + 5), hash(-1), hash(-2), hash(2 ** 61 - 1), hash(True))


class MinusOne:
    def __hash__(self):
        return -1


print(hash(MinusOne()), object().__eq__(5), object.__ne__(1, 1), (5).__eq__("a"), (5).__lt__(6))


class OnlyNe:
    def __ne__(self, other):
        return "ne"


print(OnlyNe() != 1, OnlyNe() == 1)
