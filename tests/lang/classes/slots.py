"""__slots__: layout, inheritance, conflicts, and missing values."""


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


p = Point(1, 2)
p.x += 10
print(p.x, p.y, hasattr(p, "__dict__"), Point.__slots__)
for action in ("p.z = 1", "del p.z", "p.z"):
    try:
        exec(action)
    except AttributeError as error:
        print(action, "->", error)
del p.x
for action in ("p.x", "del p.x"):
    try:
        exec(action)
    except AttributeError as error:
        print(action, "->", error)
p.x = 5
print(p.x, type(Point.x).__name__, Point.x.__name__, Point.x.__get__(p), Point.x.__objclass__ is Point)
Point.x.__set__(p, 6)
print(p.x)


class Point3(Point):
    __slots__ = ("z",)


q = Point3(1, 2)
q.z = 3
print(q.x, q.y, q.z, hasattr(q, "__dict__"))


class Loose(Point):
    pass


l = Loose(1, 2)
l.any = 5
print(vars(l), l.x)


class WithDict:
    __slots__ = ("a", "__dict__")


w = WithDict()
w.a = 1
w.b = 2
print(vars(w), w.a)


class One:
    __slots__ = "single"


o = One()
o.single = 1
print(o.single)


class Private:
    __slots__ = ("__hidden",)

    def __init__(self):
        self.__hidden = 1

    def get(self):
        return self.__hidden


print(Private().get(), [n for n in dir(Private) if "hidden" in n])
for body in ("__slots__ = ('a', 'a b')", "__slots__ = ('a',); a = 1", "__slots__ = (1,)",
             "__slots__ = ('__dict__', '__dict__')"):
    try:
        exec(f"class Bad: {body}")
    except (TypeError, ValueError) as error:
        print(body, "->", type(error).__name__, error)


class A:
    __slots__ = ("a",)


class B:
    __slots__ = ("b",)


try:
    class AB(A, B):
        pass
except TypeError as error:
    print(error)


class EmptySlots:
    __slots__ = ()


class Mixed(A, EmptySlots):
    __slots__ = ()


m = Mixed()
m.a = 1
print(m.a)
try:
    Point.x.__get__(5)
except TypeError as error:
    print(error)
try:
    p.__class__ = A
except TypeError as error:
    print(error)


class S1:
    __slots__ = ("v",)


class S2:
    __slots__ = ("v",)


s = S1()
s.v = 9
s.__class__ = S2
print(type(s).__name__, s.v)
try:
    class TupleSlots(tuple):
        __slots__ = ("x",)
except TypeError as error:
    print(error)
