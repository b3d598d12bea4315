"""del of names, attributes, items, slices and nested targets."""
a = b = c = 1
del a
try:
    a
except NameError as error:
    print(error)
del b, c
print("b" in globals(), "c" in globals())
lst = list(range(10))
del lst[0], lst[-1]
print(lst)
del lst[2:4]
print(lst)
del lst[::2]
print(lst)
d = {"x": 1, "y": {"z": 2}}
del d["x"], d["y"]["z"]
print(d)


class Thing:
    shared = 1


t = Thing()
t.own = 2
del t.own
try:
    t.own
except AttributeError as error:
    print(error)
try:
    del t.shared
except AttributeError as error:
    print(error)
del Thing.shared
print(hasattr(t, "shared"))
x, y, z = 1, 2, 3
del (x, [y, z])
print([name for name in "xyz" if name in globals()])


def local():
    value = 1
    del value
    try:
        return value
    except UnboundLocalError as error:
        return str(error)


print(local())


def closed_over():
    value = 1

    def inner():
        return value

    del value
    try:
        return inner()
    except NameError as error:
        return str(error)


print(closed_over())


def global_delete():
    global marker
    del marker


marker = 1
global_delete()
print("marker" in globals())
for source in ("del d['missing']", "del lst[99]", "del (1, 2)[0]", "del nothing", "del t.nothing"):
    try:
        exec(source)
    except Exception as error:
        print(source, "->", type(error).__name__, error)


class Recorder:
    def __delitem__(self, key):
        print("delitem", key)

    def __delattr__(self, name):
        print("delattr", name)


r = Recorder()
del r[1], r[1:2], r["a", ...], r.name
