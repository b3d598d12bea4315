"""The collector frees cycles, runs finalisers once, and clears weak references."""
import gc
import weakref

gc.disable()
gc.collect()


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        print("del", self.name)


a, b = Node("a"), Node("b")
a.other, b.other = b, a
w = weakref.ref(a, lambda r: print("callback"))
del a, b
print("unreachable", w() is not None)
print(gc.collect() > 0, w() is None)
n = Node("self")
n.other = n
del n
print(gc.collect() > 0)
l = []
l.append(l)
ref = [0]
del l
print(gc.collect())
d = {}
d["d"] = d
t = ([],)
t[0].append(t)
del d, t
print(gc.collect() >= 3)


def closure_cycle():
    def f():
        return f
    return None


closure_cycle()
print(gc.collect() > 0)


class Resurrected:
    kept = []

    def __init__(self):
        self.me = self

    def __del__(self):
        print("finalised")
        Resurrected.kept.append(self)


Resurrected()
gc.collect()
print(len(Resurrected.kept), Resurrected.kept[0].me is Resurrected.kept[0])
Resurrected.kept.clear()
print(gc.collect() > 0, len(Resurrected.kept))


def gen():
    me = yield
    try:
        yield
    finally:
        print("generator closed")


g = gen()
next(g)
g.send(g)
del g
gc.collect()


def frames():
    try:
        raise ValueError
    except ValueError as error:
        kept = error
    kept = None


class C:
    pass


def make_class():
    class Local:
        pass
    return weakref.ref(Local)


r = make_class()
print(r() is not None)
gc.collect()
print(r() is None)
o = C()
o.list = [o, {"o": o}, (o,)]
r = weakref.ref(o)
del o
gc.collect()
print(r())
keep = C()
keep.cycle = keep
r = weakref.ref(keep)
gc.collect()
print(r() is keep, gc.garbage)
gc.enable()
print(gc.isenabled())
before = gc.collect()
for i in range(3000):
    x = []
    x.append(x)
print(gc.collect() < 2000)
