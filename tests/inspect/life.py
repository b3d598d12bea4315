# ouro -X track: where an object was made, how its count changed, what freed it.
import gc

gc.disable()  # no collection but those asked for

import collections
import weakref

import ouro


class Node:
    def __init__(self, name):
        self.name = name
        self.next = None


def keep(thing, place):
    place.append(thing)
    return thing


x = [1, 2]
y = x
shelf = []
keep(x, shelf)
print(ouro.life(x))
del y
shelf.clear()
gc.collect(0)
gc.collect(1)
print(ouro.life(x))
number = id(x)
del x
print(ouro.life(number))

print("--- freed by a return")


def short():
    node = Node("short")
    return id(node)


number = short()
print(ouro.life(number))

print("--- freed by the collector")
a, b = Node("a"), Node("b")
a.next, b.next = b, a
number = id(a)
del a, b
gc.collect()
print(ouro.life(number))

print("--- made by C code and by the library")
q = collections.deque([[]])
print(ouro.life(q))
n = collections.namedtuple("Point", "x y")(1, [])
print(ouro.life(n))

print("--- what is not watched")
print(ouro.life(5))
print(ouro.life("text"))
print(ouro.life(-1), ouro.life(10 ** 30))

print("--- bounds")
many = []
for i in range(400):
    other = many
    del other
report = ouro.life(many)
print(len(report["events"]), report["left_out"], sorted(report), sorted(report["events"][0]))


class Phoenix:
    def __del__(self):
        global ash
        ash = self


p = Phoenix()
number = id(p)
del p
print(ouro.life(ash)["alive"], ouro.life(number)["alive"])
del ash
print(ouro.life(number)["alive"])
print(ouro.gc_steps(0)["generation"])
for i in range(100000):
    [i]
print(ouro.life(many)["alive"])
