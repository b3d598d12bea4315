"""Instances with many attributes, in different orders, deleted and added again."""


class Bag:
    pass


b = Bag()
for i in range(500):
    setattr(b, f"a{i}", i)
print(len(vars(b)), b.a0, b.a499, sum(vars(b).values()))
for i in range(0, 500, 2):
    delattr(b, f"a{i}")
print(len(vars(b)), hasattr(b, "a0"), b.a1, list(vars(b))[:3])
for i in range(0, 500, 100):
    setattr(b, f"a{i}", -i)
print(list(vars(b))[-5:], b.a400)
x, y = Bag(), Bag()
x.p, x.q = 1, 2
y.q, y.p = 3, 4
print(vars(x), vars(y), x.p, y.p, list(vars(y)))
d = vars(x)
d["new"] = 5
x.other = 6
print(x.new, d["other"], d is vars(x), sorted(d))
d.clear()
print(vars(x), hasattr(x, "p"))
x.p = "again"
print(d, x.__dict__ is d)
x.__dict__ = {"fresh": 1}
print(x.fresh, hasattr(x, "p"), d)
x.__dict__.update(a=1, b=2)
print(x.a + x.b, x.__dict__)
del x.__dict__
print(vars(x), hasattr(x, "a"))
x.z = 1
print(vars(x))
for bad in (5, None, [("a", 1)]):
    try:
        x.__dict__ = bad
    except TypeError as error:
        print(error)
x.__dict__ = {1: "int key", "ok": 2}
print(x.ok, vars(x))
items = [Bag() for _ in range(100)]
for i, item in enumerate(items):
    item.index = i
    if i % 2:
        item.odd = True
    item.last = i * i
print(sum(i.last for i in items), sum(hasattr(i, "odd") for i in items), vars(items[1]), vars(items[2]))


class WithDefaults:
    a = 1
    b = 2

    def __init__(self, **kw):
        self.__dict__.update(kw)


w = WithDefaults(b=20, c=30)
print(w.a, w.b, w.c, vars(w))
del w.b
print(w.b)
import copy
print(vars(copy.copy(w)), copy.copy(w).c)
setattr(w, "not an identifier!", 1)
print(getattr(w, "not an identifier!"), "not an identifier!" in dir(w))
