"""functools: partial, reduce, caches, wraps, ordering, dispatch."""
import functools


@functools.lru_cache(maxsize=2)
def square(x):
    calls.append(x)
    return x * x


calls = []
print([square(x) for x in (1, 2, 1, 3, 1, 2)], calls, square.cache_info(), square.cache_parameters())
square.cache_clear()
print(square.cache_info(), square.__wrapped__(5), square.__name__)


@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())


@functools.lru_cache(typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info().misses)
try:
    square([])
except TypeError as error:
    print(error)
p = functools.partial(int, base=2)
print(p("101"), p.func is int, p.args, p.keywords, functools.partial(max, 5)(3, 9), functools.partial(p, "11")())
q = functools.partial(print, "a", sep="-")
q("b", end="!\n")
print(functools.partial(lambda *a, **k: (a, k), 1, x=2)(3, y=4, x=5), repr(functools.partial(len))[:20])


class C:
    def method(self, *args, **kw):
        return args, kw
    part = functools.partialmethod(method, 1, k=2)

    @functools.cached_property
    def value(self):
        calls.append("computed")
        return 42

    @functools.singledispatchmethod
    def show(self, x):
        return "any"

    @show.register
    def _(self, x: int):
        return "int"


c = C()
calls.clear()
print(c.part(3), c.value, c.value, calls, c.__dict__["value"], c.show(1), c.show("a"))
print(functools.reduce(lambda a, b: a + b, [1, 2, 3]), functools.reduce(lambda a, b: a * b, [], 7), functools.reduce(max, [3, 9, 2], 5))
try:
    functools.reduce(lambda a, b: a, [])
except TypeError as error:
    print(error)


@functools.singledispatch
def describe(x):
    return "object"


@describe.register(int)
def _(x):
    return "int"


@describe.register
def _(x: list):
    return "list " + ",".join(map(describe, x))


@describe.register(str)
@describe.register(bytes)
def text(x):
    return "text"


print(describe(1), describe([1, "a", 2.5, b""]), describe(None), describe(True), describe.dispatch(bool) is describe.dispatch(int), describe.registry[str] is text)


@functools.total_ordering
class V:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __gt__(self, other):
        return self.n > other.n


print(V(1) < V(2), V(1) <= V(1), V(2) >= V(3), sorted([V(3), V(1)])[0].n)
try:
    @functools.total_ordering
    class Bad:
        pass
except ValueError as error:
    print(error)


def deco(f):
    @functools.wraps(f)
    def inner():
        "inner doc"
        return f()
    return inner


@deco
def documented():
    "documented doc"


print(documented.__name__, documented.__doc__, documented.__wrapped__.__name__, documented.__module__, functools.WRAPPER_ASSIGNMENTS)
print(sorted([5, 2, 9], key=functools.cmp_to_key(lambda a, b: b - a)))
