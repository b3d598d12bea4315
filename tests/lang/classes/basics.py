"""Classes, instances, attributes on both, and what shows them."""


class Point:
    """A point."""
    count = 0
    tags = []

    def __init__(self, x, y=0):
        self.x = x
        self.y = y
        Point.count += 1

    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


p = Point(3, 4)
q = Point(1)
print(p, q, p.norm(), Point.norm(p), Point.count)
p.count = 10
print(p.count, q.count, Point.count)
p.tags.append("shared")
print(q.tags)
print(vars(p), p.__dict__ is p.__dict__, sorted(vars(q).items()))
print(Point.__name__, Point.__doc__, Point.__module__, Point.__qualname__, Point.__bases__, Point.__mro__)
print(type(p) is Point, isinstance(p, Point), isinstance(p, object), issubclass(Point, object))
p.__dict__["z"] = 5
print(p.z, "z" in vars(p), hasattr(p, "w"), getattr(p, "w", "default"))
setattr(p, "w", 1)
delattr(p, "z")
print(sorted(vars(p)), hasattr(p, "z"))
try:
    p.z
except AttributeError as error:
    print(error, error.name, error.obj is p)
try:
    Point.missing
except AttributeError as error:
    print(error)
try:
    Point()
except TypeError as error:
    print(error)
Point.extra = lambda self: ("extra", self.x)
print(p.extra(), q.extra())
del Point.extra
print(hasattr(p, "extra"))
p.__class__ = type("Other", (Point,), {"norm": lambda self: "other norm"})
print(p.norm(), type(p).__name__, isinstance(p, Point))
p.__dict__ = {"x": 7, "y": 8}
print(p)


class Empty:
    pass


e = Empty()
e.a = 1
e.b = 2
del e.a
e.a = 3
print(list(vars(e)), Empty.__dict__.get("__doc__"), Empty.__doc__)
print([name for name in dir(e) if not name.startswith("__")])
bound = p.norm
p.x = 100
print(bound(), bound.__self__ is p)


def outside(self):
    return "outside", self


e.func = outside
try:
    e.func()
except TypeError as error:
    print(error)
Empty.meth = outside
print(e.meth()[1] is e)
try:
    object().attribute = 1
except AttributeError as error:
    print(error)
try:
    (5).x = 1
except AttributeError as error:
    print(error)
try:
    int.x = 1
except TypeError as error:
    print(error)
