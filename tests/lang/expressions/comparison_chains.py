"""Chained comparisons evaluate each operand once and stop early."""


def show(x):
    print(x, end=" ")
    return x


print(show(1) < show(2) < show(3))
print(show(3) < show(2) < show(1))
print(show(1) < show(3) > show(2) == show(2) != show(4))
print(1 < 2 in [2, 3], (1 < 2) in [2, 3], 1 < (2 in [2, 3]))
one = 1
print(one is one is not None, None is None is None)
print(1 == 1.0 == True, "a" < "b" < "c" <= "c")
print(not 1 < 2 < 3, not (1 < 2) < 3)
x = 5
print(0 <= x < 10, 0 <= x > 10, 5 == x == 5.0)


class Odd:
    def __lt__(self, other):
        return []

    def __gt__(self, other):
        return "greater"

    def __eq__(self, other):
        return 0


o = Odd()
print(o < 1 < 2, o > 1, 1 < o, o == o, o != o, o < o > o)
empty = ()
print([] == [] is not empty, [1, 2] < [1, 2, 0] < [1, 3])
print((1, "a") < (1, "b"), (2,) > (1, 99), () < (0,))
for pair in ((1, "a"), ([], ()), (None, 0), ({}, {}), (1j, 2j), (set(), [])):
    try:
        print(pair[0] < pair[1])
    except TypeError as error:
        print(error)
print({1, 2} < {1, 2, 3}, {1, 2} <= {1, 2}, {1} < {2}, {1} > set())
print(float("nan") == float("nan"), [float("nan")] == [float("nan")])
nan = float("nan")
print([nan] == [nan], (nan,) == (nan,), nan in [nan], {nan: 1} == {nan: 1})
