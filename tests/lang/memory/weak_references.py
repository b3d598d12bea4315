"""weakref: ref, proxy, finalize, weak containers, methods, callbacks."""
import gc
import weakref


class Thing:
    def __init__(self, name="t"):
        self.name = name

    def method(self):
        return "method of " + self.name

    def __repr__(self):
        return f"Thing({self.name})"

    def __len__(self):
        return 3


t = Thing("one")
r = weakref.ref(t)
print(r() is t, r() == t, weakref.ref(t) is r, weakref.getweakrefcount(t), len(weakref.getweakrefs(t)), hash(r) == hash(t), type(r).__name__)
q = weakref.ref(t, lambda ref: print("dead", ref is q, ref()))
print(q is r, q == r, weakref.getweakrefcount(t))
del t
print(r(), q(), r == weakref.ref(Thing()), r is r)
p_target = Thing("proxied")
p = weakref.proxy(p_target)
print(p.name, p.method(), len(p), p == p_target, type(p).__name__, isinstance(p, Thing))
p.name = "renamed"
print(p_target.name, repr(p_target), bool(p))
del p_target
try:
    p.name
except ReferenceError as error:
    print(error)
for bad in (5, "text", (1,), [], {}, None, object()):
    try:
        weakref.ref(bad)
        print("fine")
    except TypeError as error:
        print(error)


class L(list):
    pass


class S:
    __slots__ = ("a",)


class W:
    __slots__ = ("__weakref__",)


for cls in (L, W, set, frozenset, lambda: (lambda: 0), lambda: (x for x in ())):
    obj = cls()
    print(weakref.ref(obj)() is obj, end=" ")
print()
try:
    weakref.ref(S())
except TypeError as error:
    print(error)
f_target = Thing("final")
f = weakref.finalize(f_target, print, "finalizer runs", 1)
print(f.alive)
del f_target
print(f.alive, f())
d = weakref.WeakValueDictionary()
a, b = Thing("a"), Thing("b")
d["a"], d["b"] = a, b
print(sorted(d), d["a"], len(d), "a" in d, d.get("zz"))
del a
print(sorted(d), len(d), d.get("a", "gone"))
k = weakref.WeakKeyDictionary()
x, y = Thing("x"), Thing("y")
k[x] = 1
k[y] = 2
print(sorted(k.values()), k[x], x in k, len(k))
del x
print(list(k.values()), len(k))
ws = weakref.WeakSet()
m, n = Thing("m"), Thing("n")
ws.add(m)
ws.add(n)
ws.add(m)
print(len(ws), m in ws, sorted(o.name for o in ws))
del n
print(len(ws), [o.name for o in ws])
wm = weakref.WeakMethod(m.method)
print(wm()(), wm() == m.method)
del m
print(wm())
order = []
c = Thing("c")
refs = [weakref.ref(c, lambda ref, i=i: order.append(i)) for i in range(3)]
del c
print(order)
c = Thing("raising")
dead = weakref.ref(c)
lst = [c]
del c
print(dead() is lst[0])
lst.pop()
print(dead(), repr(dead)[-6:])
o = Thing()
ref_to_ref = weakref.ref(o)
o.self = o
del o
print(ref_to_ref() is not None)
gc.collect()
print(ref_to_ref())
