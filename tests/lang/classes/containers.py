"""Container protocol: len, getitem, setitem, delitem, contains, iter, reversed, missing."""


class Grid:
    def __init__(self, w, h):
        self.w, self.h = w, h
        self.cells = {}

    def __getitem__(self, key):
        print("get", key)
        return self.cells.get(key, 0)

    def __setitem__(self, key, value):
        print("set", key, value)
        self.cells[key] = value

    def __delitem__(self, key):
        print("del", key)
        del self.cells[key]

    def __len__(self):
        return self.w * self.h

    def __contains__(self, key):
        return key in self.cells

    def __iter__(self):
        return iter(sorted(self.cells))

    def __reversed__(self):
        return "reversed!"


g = Grid(2, 3)
g[0, 1] = 5
g[0, 1] += 1
print(g[0, 1], len(g), (0, 1) in g, (9, 9) in g, list(g), reversed(g), bool(g))
del g[0, 1]
print(list(g))


class OldSequence:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        if not 0 <= i < self.n:
            raise IndexError(i)
        return i * 10


s = OldSequence(4)
print(list(s), 30 in s, 35 in s, list(reversed(s)), max(s), [*s], tuple(s), sum(s))
a, b, c, d = s
print(a, d, list(zip(s, "ab")), list(enumerate(s))[-1], sorted(s, reverse=True))


class OnlyIter:
    def __iter__(self):
        yield 1
        yield 2


print(2 in OnlyIter(), 3 in OnlyIter(), list(OnlyIter()), dict.fromkeys(OnlyIter()))


class Default(dict):
    def __missing__(self, key):
        return f"missing {key}"


d = Default(a=1)
print(d["a"], d["b"], d.get("b"), "b" in d, len(d))


class Stop:
    def __iter__(self):
        return 5


class NoNext:
    def __iter__(self):
        return self


for bad in (Stop(), NoNext(), object()):
    try:
        list(bad)
    except TypeError as error:
        print(error)
for source in ("len(5)", "5 in 5", "object()[0]", "len(OnlyIter())", "reversed(OnlyIter())", "reversed({1})"):
    try:
        eval(source)
    except TypeError as error:
        print(source, "->", error)
o = object()
for source in ("o[0] = 1", "del o[0]", "(1,)[0] = 2", "'a'[0] = 'b'", "del (1,)[0]"):
    try:
        exec(source)
    except TypeError as error:
        print(source, "->", error)


class LengthHint:
    def __init__(self):
        self.left = 3

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return self.left

    def __length_hint__(self):
        return 10


print(list(LengthHint()))
print(list(iter([1, 2, 3, 0, 4].pop, 0)), next(iter([]), "default"))


class Contains:
    def __contains__(self, x):
        return "truthy"


print(1 in Contains(), 1 not in Contains())
