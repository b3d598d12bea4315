"""Assignment in all its forms, and the order in which its parts are evaluated."""
a = b = c = [1]
print(a is b is c)
x, y = 1, 2
x, y = y, x
print(x, y)
(p, q), [r, s] = (1, 2), (3, 4)
print(p, q, r, s)
first, *rest = range(5)
print(first, rest)
*init, last = "abc"
print(init, last)
head, *middle, tail = [1, 2]
print(head, middle, tail)
(m, (n, *o)), *w = (1, (2, 3, 4)), 5, 6
print(m, n, o, w)
[z] = {"only": 1}
print(z)
lst = [0, 1, 2, 3]
i = 0
i, lst[i] = 2, "set after i"
print(i, lst)
lst[1:3] = "xyz"
print(lst)
lst[::2] = [None] * 3
print(lst)
d = {}
d["k"], d["l"] = d, 1
print(d["k"]["l"], list(d))


class Box:
    pass


box = Box()
box.a = box.b = []
box.a.append(1)
print(box.b)


def trace(name, value):
    print("eval", name)
    return value


def target(name):
    print("target", name)
    return store


store = {}
target("t1")[trace("k1", 1)] = target("t2")[trace("k2", 2)] = trace("value", "v")
print(store)
target("aug")[trace("k", 1)] += trace("more", "w")
print(store)
for bad in ("a, b = 1,", "a, b = 1, 2, 3", "a, *b, c = 1,", "a, b = 5", "(a, b), c = 1, 2", "[] = 1,"):
    try:
        exec(bad)
    except (ValueError, TypeError) as error:
        print(bad, "->", type(error).__name__, error)
[] = ()
() = []
print("empty targets")
