"""Special methods are looked up on the type, never on the instance."""


class C:
    def __len__(self):
        return 1

    def __getitem__(self, k):
        return ("type", k)


c = C()
c.__len__ = lambda: 99
c.__getitem__ = lambda k: ("instance", k)
c.__iter__ = lambda: iter("instance")
c.__str__ = lambda: "instance"
c.__add__ = lambda o: "instance"
c.__eq__ = lambda o: "instance"
c.__bool__ = lambda: False
c.__hash__ = lambda: 5
c.__contains__ = lambda k: True
print(len(c), c[0], bool(c), c == c, c != 5, c.__len__(), hash(c) != 5, "instance" in str(c))
try:
    c + 1
except TypeError as error:
    print(error)
C.__add__ = lambda self, o: "added later"
C.__contains__ = lambda self, k: k == 3
C.__call__ = lambda self: "called"
C.__iter__ = lambda self: iter("type")
print(c + 1, 3 in c, 4 in c, c(), list(c))
del C.__add__
try:
    c + 1
except TypeError as error:
    print(error)


class D(C):
    pass


d = D()
C.__neg__ = lambda self: "neg from base"
print(-d)
D.__neg__ = lambda self: "neg from derived"
print(-d, -c)
del D.__neg__
print(-d)
C.__getattr__ = lambda self, n: f"late {n}"
print(d.anything, c.other)
del C.__getattr__
try:
    d.anything
except AttributeError as error:
    print(error)
C.__setattr__ = lambda self, n, v: print("setattr", n)
d.x = 1
del C.__setattr__
d.x = 2
print(d.x)
C.__eq__ = lambda self, o: "eq"
print(d == 1, d != 1)
C.__lt__ = lambda self, o: True
print(d < 1, sorted([D(), D()]) is not None)
C.__del__ = lambda self: print("late del", type(self).__name__)
e = D()
del e
del C.__del__
C.__enter__ = lambda self: "entered"
C.__exit__ = lambda self, *a: None
with d as v:
    print(v)
C.__index__ = lambda self: 2
print([1, 2, 3][d], hex(d), range(d))
C.__get__ = lambda self, o, t: "descriptor now"


class Holder:
    attribute = d


print(Holder().attribute, Holder.attribute)
del C.__get__
print(type(Holder().attribute).__name__)
C.__repr__ = lambda self: "REPR"
print(c, [d], f"{d!r:>6}")
meta_call = type.__call__
print(meta_call(int, "5"), type(d).__mro__[1] is C)
