"""type with one and three arguments, and what types tell about themselves."""
for value in (1, 1.5, 1j, "s", b"b", [], (), {}, set(), frozenset(), None, ..., NotImplemented, range(1), slice(1), len, print, object(), type, int, lambda: 0, (x for x in ()), iter([]), iter(()), iter(""), iter({}), iter(set()), {}.keys(), {}.items(), {}.values(), zip(), map(str, []), enumerate([]), reversed([]), property(), staticmethod(len), classmethod(len), super, [].append, "".join, Exception(), __builtins__, int.__add__, (1).__add__, int.__dict__["real"], type.__dict__["__dict__"], list[int], int | str):
    print(type(value), end=" ")
print()
print(type(1) is int, type(int), int.__name__, int.__module__, type(len).__name__, int.__class__, type.__class__, object.__bases__, bool.__bases__, bool.__mro__)
A = type("A", (), {"x": 1})
B = type("B", (A, dict), {"f": lambda self: (self.x, len(self))})
print(B(k=1).f(), A, B.__bases__, A.__name__, A.__qualname__, A.__dict__["x"])
A.__name__ = "Renamed"
A.__qualname__ = "Q"
print(A, A.__name__, A().__class__.__name__)
for source in ("A.__name__ == setattr(A, '__name__', 5)", "setattr(int, 'x', 1)", "setattr(A, '__class__', int)", "type('x')", "type(1, 2)", "type.__new__(int)", "type.__call__()", "None.__class__()", "type(None)()", "type(...)()", "type(NotImplemented)()", "type(len)()", "type(iter([]))()", "type((x for x in ()))()", "bool(1, 2)", "object.__new__()", "object.__init__()", "A.mro(5)", "delattr(A, '__dict__')"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(isinstance(A, type), isinstance(A(), A), issubclass(B, A), A.__subclasses__() == [B], B.__base__.__name__, type(B).__name__)
print(repr(type), str(int), f"{str}", [int, list], {int: "i"}[int], int == int, int != str, hash(int) == hash(int))
print(int | str, int | None, list[int] | str, (int | str) == (str | int), isinstance(1, int | str), (int | int), type(int | str).__name__)
print(A.__doc__, int.__doc__ is not None, type("D", (), {"__doc__": "doc"}).__doc__, A.__weakref__ is not None, A().__dict__)


class Meta(type):
    pass


C = Meta("C", (), {})
print(type(C), type(type(C)), Meta.__mro__, isinstance(C, Meta))
D = type("D", (C,), {})
print(type(D))
print(C.__dict__.keys() >= {"__dict__", "__weakref__", "__doc__", "__module__"}, type(C.__dict__))
