"""sys.getrefcount shows true counts at every step."""
from sys import getrefcount


class Thing:
    pass


def fresh():
    obj = Thing()
    counts = [getrefcount(obj)]
    alias = obj
    counts.append(getrefcount(obj))
    items = [obj, obj]
    counts.append(getrefcount(obj))
    mapping = {"k": obj}
    pair = (obj,)
    counts.append(getrefcount(obj))
    del alias, items[0]
    counts.append(getrefcount(obj))
    mapping.clear()
    pair = None
    items = None
    counts.append(getrefcount(obj))
    obj.attribute = obj
    counts.append(getrefcount(obj))
    del obj.attribute
    counts.append(getrefcount(obj))
    return counts


print(fresh())


def passed(x):
    return getrefcount(x)


def passed_twice(x, y):
    return getrefcount(x)


def local_call():
    t = Thing()
    return passed(t), passed_twice(t, t), getrefcount(t)


print(local_call())


def closure():
    t = Thing()

    def inner():
        return getrefcount(t)
    return getrefcount(t), inner(), getrefcount(t)


print(closure())


def bound():
    t = Thing()
    m = t.__repr__
    held = getrefcount(t)
    del m
    return held, getrefcount(t)


print(bound())


def loop():
    t = Thing()
    counts = []
    for x in [t]:
        counts.append(getrefcount(t))
    counts.append(getrefcount(t))
    del x
    counts.append(getrefcount(t))
    return counts


print(loop())


def exceptions():
    t = Thing()
    try:
        raise ValueError(t)
    except ValueError as error:
        inside = getrefcount(t)
    return inside, getrefcount(t)


print(exceptions())


def generator():
    t = Thing()

    def gen(v):
        yield getrefcount(v)
        yield getrefcount(v)
    g = gen(t)
    first = getrefcount(t)
    inside = next(g)
    del g
    return first, inside, getrefcount(t)


print(generator())


def containers():
    t = Thing()
    s = [t] * 10
    n = getrefcount(t)
    s.pop()
    m = getrefcount(t)
    s[:] = []
    d = dict.fromkeys(range(5), t)
    k = getrefcount(t)
    d[0] = None
    e = d.copy()
    return n, m, k, getrefcount(t)


print(containers())


def keyword(**kw):
    return getrefcount(kw["v"])


def star(*args):
    return getrefcount(args[0])


def calls():
    t = Thing()
    return keyword(v=t), star(t), star(*[t]), keyword(**{"v": t}), getrefcount(t)


print(calls())


def default(v=Thing()):
    return getrefcount(v)


print(default())


def expressions():
    t = Thing()
    return (getrefcount(t), [t, getrefcount(t)][1], (t, t, getrefcount(t))[2], {1: t, 2: getrefcount(t)}[2],
            (lambda: getrefcount(t))(), [getrefcount(x) for x in [t]][0])


print(expressions())


class Slots:
    __slots__ = ("a",)


def attributes():
    t = Thing()
    s = Slots()
    s.a = t
    n = getrefcount(t)
    o = Thing()
    o.x = o.y = t
    m = getrefcount(t)
    del s, o.x
    return n, m, getrefcount(t)


print(attributes())
