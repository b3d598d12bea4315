"""Changing classes and instances between uses of the same line of code."""


class A:
    value = "class A"

    def method(self):
        return "A.method"


class B(A):
    pass


def read(obj):
    return obj.value


def call(obj):
    return obj.method()


def repeat(function, obj, n=40):
    result = None
    for _ in range(n):
        result = function(obj)
    return result


a, b = A(), B()
print(repeat(read, a), repeat(read, b), repeat(call, a), repeat(call, b))
A.value = "changed"
print(read(a), read(b))
B.value = "on B"
print(read(a), read(b))
b.value = "on instance"
print(read(b), repeat(read, b))
del b.value, B.value
print(read(b))
A.method = lambda self: "new method"
print(call(a), call(b), repeat(call, b))
B.method = lambda self: "B.method"
print(call(b), repeat(call, b))
b.method = lambda: "instance method"
print(call(b))
del b.method, B.method
print(call(b))
A.value = property(lambda self: "property")
print(read(a), read(b), repeat(read, a))
a.__dict__["value"] = "shadowed"
print(read(a))
del A.value
print(read(a))
try:
    read(b)
except AttributeError as error:
    print(error)
A.__getattr__ = lambda self, name: f"getattr {name}"
print(read(b), repeat(read, b))
del A.__getattr__
b.__class__ = type("Other", (A,), {"value": "other class", "method": lambda self: "other"})
print(read(b), call(b))


class S:
    __slots__ = ("value",)

    def method(self):
        return "S"


s = S()
s.value = "slot"
print(repeat(read, s), call(s), read(a))
for obj in (a, s, b, a, s, b):
    print(read(obj), call(obj), end="; ")
print()


class Counter:
    total = 0

    def bump(self):
        self.total += 1
        Counter.total += 10


c = Counter()
for _ in range(50):
    c.bump()
print(c.total, Counter.total)
glob = 1


def use_global():
    return glob, len("abc")


repeat(lambda _: use_global(), None)
glob = 2
print(use_global())
len = lambda x: "shadow"
print(use_global())
del len
print(use_global())
import builtins
original = builtins.len
builtins.len = lambda x: "patched"
print(use_global())
builtins.len = original
print(use_global())
objects = []
for i in range(60):
    o = A()
    for name in ("x", "y", "z")[:i % 3 + 1]:
        setattr(o, name, i)
    if i % 7 == 0:
        del o.x
        o.x = -i
    objects.append(o)
print(sum(o.x for o in objects), [list(vars(o)) for o in objects[:8]])


def add(p, q):
    return p + q


print([repeat(lambda _: add(*pair), None) for pair in ((1, 2), (1.5, 2), ("a", "b"), ([1], [2]), (1, 2), (2 ** 62, 2 ** 62), (True, 1), ((1,), (2,)))])
