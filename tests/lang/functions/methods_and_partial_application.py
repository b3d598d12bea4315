"""Bound methods as values: in containers, as keys, compared, called with stars."""


class C:
    def __init__(self, n):
        self.n = n

    def add(self, *args, **kw):
        return self.n + sum(args) + sum(kw.values())

    def __eq__(self, other):
        return isinstance(other, C) and self.n == other.n

    def __hash__(self):
        return self.n


a, b = C(1), C(1)
print(a.add(2), a.add(*[1, 2]), a.add(x=5), a.add(1, *[2], y=3, **{"z": 4}), C.add(a, 9))
m = a.add
print(m(10), m == a.add, m != b.add, m.__self__ is a, len({m, a.add}), m.__func__ is C.add, {m: "key"}[a.add])
ops = {"upper": str.upper, "add": m, "len": len, "new": C}
print(ops["upper"]("x"), ops["add"](1), ops["len"]("abc"), ops["new"](5).n)
print(list(map(a.add, [1, 2, 3])), sorted(["b", "A"], key=str.lower), list(map(C, [1, 2]))[1].n, max([C(3), C(9)], key=lambda c: c.n).n)
append = [].append
append(1)
print(append.__self__, "a,b".split.__call__(","), int.__add__(1, 2), (5).__add__(6), list.append.__name__)
a.add = lambda *args: "instance"
print(a.add(1, 2), C.add(a, 1), m(1))
del a.add
C.add = lambda self, *args: "replaced"
print(a.add(1), m(1))
C.extra = staticmethod(lambda *args: args)
print(a.extra(1), C.extra(2))
C.builtin = len
print(C.builtin([1, 2]))
try:
    a.builtin([1])
    print(a.builtin([1]))
except TypeError as error:
    print(error)
C.cls = int
print(a.cls("5"))
from types import MethodType
a.bound = MethodType(lambda self, x: (self.n, x), a)
print(a.bound(3))
for source in ("MethodType(5, a)", "MethodType(len, None)", "MethodType()", "C.add()", "m.__self__.nope", "str.upper()", "str.upper(5)", "list.append([])", "[].append.__self__.nope", "int.__add__('a', 1)", "dict.get(5)"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
