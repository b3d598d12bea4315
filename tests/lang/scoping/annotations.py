"""Annotations of variables, parameters, results; in modules, classes and functions."""
a: int = 1
b: str
c: list[int]
print(__annotations__, "b" in globals())
evaluated = []


def note(x):
    evaluated.append(x)
    return x


d: note("d") = 2
print(evaluated)


def function(p: note("p"), q: int = 5, *args: "any", k: note("k") = 1, **kw: dict) -> note("ret"):
    local: note("never") = 3
    other: undefined_is_fine
    return local


print(evaluated, function.__annotations__, function(1))


class C:
    x: int
    y: float = 1.5
    z: "forward"
    self: "C"

    def m(self) -> "C": ...


print(C.__annotations__, C.y, hasattr(C, "x"), C.m.__annotations__)


class Sub(C):
    w: bytes = b""


print(Sub.__annotations__, "x" in Sub.__annotations__)


class NoAnn:
    pass


print(NoAnn.__annotations__)


class Box:
    pass


box = Box()
box.attr: int = 5
lst = [0]
lst[0]: int = 7
(paren): int = 8
print(box.attr, lst, paren, "paren" in __annotations__, "box" in __annotations__)
lam = lambda x: x
print(lam.__annotations__)
function.__annotations__ = {"new": 1}
print(function.__annotations__)
del function.__annotations__
print(function.__annotations__)


def unbound():
    v: int
    try:
        return v
    except UnboundLocalError as error:
        return str(error)


print(unbound())
