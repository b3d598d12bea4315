# Every slot that holds an object, adding up to its reference count.
import gc

gc.disable()  # no collection but those asked for

import collections
import functools
import sys
import types
import weakref

import ouro


def check(x):
    found = ouro.holders(x)
    assert sum(row["count"] for row in found) == found.count == sys.getrefcount(x) - 1, found
    return found


def local(value):
    other = value
    print(check(value))


print("--- one name")
x = [1, 2]
print(ouro.holders(x))
assert ouro.holders(x).count == sys.getrefcount(x) - 1
print(ouro.holders(x)[0]["kind"], sorted(ouro.holders(x)[0]))

print("--- locals of frames, the value stack")
local(x)
print([ouro.holders(x).count, x, [x], {"k": x}])
print((x, x, ouro.holders(x))[2])

print("--- containers")
d = {"key": x, x.__len__: 1}
t = (x, (x,))
s = {frozenset([5]), "a"}
e = frozenset([1])
s.add(e)
q = collections.deque([x, x])
o = collections.OrderedDict(a=x)
print(ouro.holders(x))
print(ouro.holders(e))
del d, t, q, o

print("--- attributes")


class Node:
    pass


class Slots:
    __slots__ = "value", "other"


class Late(Node):
    def __init__(self, value):
        self.value = value
        self.__dict__["another"] = value


n, l, p = Node(), Late(x), Slots()
n.value = x
p.other = x
Node.shared = x
types.SimpleNamespace(a=x)
print(ouro.holders(x))
del n, l, p, Node.shared

print("--- cells, closures, defaults, generators")


def outer(value, default=x):
    def inner():
        return value

    def gen(item):
        yield item
        yield value

    g = gen(value)
    next(g)
    print(check(value))
    return inner


f = outer(x)
print(ouro.holders(x))
del outer, f

print("--- methods, partials, properties, caches")


class Thing:
    def method(self):
        return self

    @functools.lru_cache
    def cached(self):
        return 1


thing = Thing()
bound = thing.method
part = functools.partial(print, thing, end=thing)
thing.cached()
weak = weakref.ref(thing)
print(ouro.holders(thing))
del bound, part

print("--- constants and exceptions")


def constant():
    return "a constant that is not a name"


text = constant()
print(ouro.holders(text))
try:
    raise ValueError(text)
except ValueError as error:
    print(ouro.holders(text))
    print(ouro.holders(error))

print("--- native code")
sorted([x], key=lambda item: print(ouro.holders(item)))

print("--- bounds")
many = [x] * 50
bounded = ouro.holders(x, 3)
print(bounded)
assert len(bounded) == 4 and sum(row["count"] for row in bounded) == bounded.count == 51
try:
    ouro.holders(x, -1)
except ValueError as error:
    print(error)
print([row["where"] for row in ouro.holders(None, 0)][:1] != [], ouro.holders(None).count > 100)
