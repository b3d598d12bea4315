"""Unpacking from every iterable, and failures half-way."""


class Iter:
    def __init__(self, *items):
        self.items = items

    def __iter__(self):
        print("iter", end=" ")
        for item in self.items:
            print(item, end=" ")
            yield item
        print("end", end=" ")


a, b = Iter(1, 2)
print(a, b)
a, *b = Iter(1, 2, 3)
print(a, b)
*a, b, c = Iter(1, 2, 3, 4)
print(a, b, c)
[a, [b, *c]] = Iter("x", "yz!")
print(a, b, c)
try:
    a, b = Iter(1, 2, 3)
except ValueError as error:
    print(error)
try:
    a, b, c = Iter(1)
except ValueError as error:
    print(error)
try:
    a, *b, c = Iter(1)
except ValueError as error:
    print(error)
a, b = {"k1": 1, "k2": 2}
print(a, b)
a, b = "é€"
c, d = b"xy"
e, f = range(2)
g, h = (i for i in "ab")
(i, j), k = zip("ab", "cd")
print(a, b, c, d, e, f, g, h, i, j, k)
x = [1, 2, 3]
x[0], x[1], x[2] = x[2], x[0], x[1]
print(x)
i, x[i] = 1, "at one"
print(i, x)


class T:
    pass


t = T()
t.a, t.b, *t.rest = "hello"
print(t.a, t.b, t.rest)
d = {}
d["x"], *d["y"] = 1, 2, 3
print(d)
for i, (a, *b) in enumerate(["abc", (1,), [2, 3]]):
    print(i, a, b)
print([(a, b) for a, *b in ["xy", "z"]], {k: v for (k, v), w in [((1, 2), 3)]})
for source in ("a, b = None", "a, b = 5", "(a,) = ()", "a, b = ''", "a, (b, c) = 1, 2", "[a, b] = {1}", "a, *b = 5", "a, b = {1: 2}", "a, b = object()", "a, b, *c = [1]"):
    try:
        exec(source)
    except Exception as error:
        print(source, "->", type(error).__name__, error)


def swap(a, b):
    a, b = b, a
    return a, b


def rotate(a, b, c):
    a, b, c = b, c, a
    return a, b, c


print(swap(1, 2), rotate(1, 2, 3))
values = list(range(300))
first, *middle, last = values
print(first, len(middle), last)
