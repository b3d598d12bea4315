"""What runs in a class body: names, loops, nested classes, comprehensions, annotations, locals."""


class Body:
    a = 1
    b = a + 1
    for i in range(3):
        pass
    if b > 1:
        flag = "yes"
    squares = [x * x for x in range(a, 4)]
    try:
        1 / 0
    except ZeroDivisionError:
        caught = True
    names = sorted(n for n in locals() if not n.startswith("__"))

    def method(self):
        return self.a

    alias = method
    del i

    class Nested:
        value = "nested"

        class Deeper:
            pass

    lam = lambda self: self.b
    exec("dynamic = 'exec'")


print(Body.b, Body.flag, Body.squares, Body.caught, Body.names, Body.alias is Body.method, hasattr(Body, "i"))
print(Body.Nested.value, Body.Nested.Deeper.__qualname__, Body().lam(), Body.dynamic)
try:
    class NoScope:
        n = 3
        bad = [n for _ in range(2)]
except NameError as error:
    print(error)


class Annotated:
    x: int
    y: str = "y"
    z: list[int] = []
    "not: annotated"


print(Annotated.__annotations__, hasattr(Annotated, "x"), Annotated.y)


def factory(name):
    class Product:
        __qualname__ = "Custom." + name
        label = name
    Product.__name__ = name
    return Product


print(factory("One"), factory("Two").label)
x = "global"


class Shadow:
    y = x
    x = "class"
    z = x


print(Shadow.y, Shadow.z)


def enclosing():
    x = "enclosing"

    class Inner:
        y = x

    return Inner.y


print(enclosing())


class Returns:
    print("body runs", __name__, __qualname__, __module__)


class Doc:
    "docstring"
    1
    "not a docstring"


print(Doc.__doc__)


class Empty: ...


print([k for k in Empty.__dict__])
class Base1: x = 1; y = 2
class Sub1(Base1, ): pass
print(Sub1.x, Sub1.y, Sub1().__class__.__bases__)
print(type(Body.__dict__).__name__)
try:
    Body.__dict__["a"] = 5
except TypeError as error:
    print(error)
while True:
    class InLoop:
        pass
    break
print(InLoop.__name__)
