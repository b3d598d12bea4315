"""Classes, instances and modules change after the caches of attribute sites are warm."""
import types


class Point:
    kind = "point"

    def __init__(self, x, y=2):
        self.x = x
        self.y = y

    def total(self):
        return self.x + self.y


class Other:
    def __init__(self, x):
        self.extra = 0
        self.x = x

    def total(self):
        return -self.x


def read(o):
    value = o.x
    return value


def write(o, value):
    o.x = value


def call(o):
    return o.total()


def kind(o):
    return o.kind


def make(a):
    return Point(a)


def make_keyword(a, b):
    return Point(y=a, x=b)


p = Point(1)
for i in range(200):
    write(p, i)
    assert read(p) == i and call(p) == i + 2 and kind(p) == "point"
    assert make(i).y == 2 and make_keyword(i, 1).y == i

# Several shapes at one site.
shapes = [Point(5), Other(6)]
for n in range(4):
    extra = type("Extra%d" % n, (Point,), {"total": lambda self, n=n: n})(n)
    setattr(extra, "attribute%d" % n, n)
    shapes.append(extra)
for i in range(100):
    print([read(o) for o in shapes], [call(o) for o in shapes]) if i == 99 else None
    for o in shapes:
        read(o), call(o), write(o, o.x)

Point.kind = "changed"
print(kind(p))
p.kind = "own"
print(kind(p))
del p.kind
print(kind(p))
del Point.kind
try:
    kind(p)
except AttributeError as e:
    print(e)

Point.total = lambda self: "replaced"
print(call(p), [call(o) for o in shapes])
p.total = lambda: "instance"
print(call(p))
del p.total
print(call(p))

Point.x = property(lambda self: "property", lambda self, value: print("set", value))
print(read(p))
write(p, 3)
del Point.x
print(read(p))

del p.x
try:
    read(p)
except AttributeError as e:
    print(e)
write(p, 7)
print(read(p))
p.__dict__["x"] = 8
print(read(p), call(p))
p.__class__ = Other
print(call(p))
p.__class__ = Point

Point.__getattribute__ = lambda self, name: "intercepted " + name
print(read(p))
del Point.__getattribute__
print(read(p))
Point.__setattr__ = lambda self, name, value: print("setattr", name, value)
write(p, 9)
del Point.__setattr__
write(p, 10)
print(read(p))

# The constructor.
Point.__init__ = lambda self, x, y=3: self.__dict__.update(x=x, y=y)
print(make(1).y, make_keyword(4, 5).__dict__)
Point.__init__.__defaults__ = (33,)
print(make(1).y)
Point.__new__ = lambda cls, *a, **k: "new"
print(make(1), make_keyword(1, 2))
del Point.__new__
del Point.__init__


class Empty:
    pass


def make_empty():
    return Empty()


for i in range(50):
    make_empty()
Empty.__init__ = lambda self: setattr(self, "made", True)
print(make_empty().made)
del Empty.__init__
print(hasattr(make_empty(), "made"))

# A module.
module = types.ModuleType("m")
module.value = 1


def of_module():
    return module.value


for i in range(50):
    of_module()
module.value = 2
print(of_module())
del module.value
try:
    of_module()
except AttributeError as e:
    print(e)
module.__getattr__ = lambda name: "from __getattr__ " + name
print(of_module())
