# Where the collector has objects, and a collection step by step.
import gc

gc.disable()  # no collection but those asked for

import weakref

import ouro


class Node:
    def __init__(self, name):
        self.name = name


class Phoenix(Node):
    def __del__(self):
        global ash
        ash = self


def ring(*nodes):
    for node, following in zip(nodes, nodes[1:] + nodes[:1]):
        node.next = following


gc.collect()
x = [Node("x")]
print(ouro.generation(x))
gc.collect(0)
print(ouro.generation(x))
gc.collect(1)
print(ouro.generation(x))
print(ouro.generation(5))
t = (1, 2)
gc.collect()
print(ouro.generation(t))
gc.freeze()
print(ouro.generation(x))
gc.unfreeze()
print(dict(ouro.generation(x)))

print("--- nothing to find")
young = ouro.gc_steps(0)
print(young["unreachable"], young["candidates"] >= 0)

print("--- a cycle")
ring(Node("a"), Node("b"), Node("c"))
kept = Node("kept")
kept.other = Node("held by kept")
steps = ouro.gc_steps(0)
print("\n".join(line for line in str(steps).splitlines()))
again = ouro.gc_steps(0)
print(again["candidates"], again["unreachable"])

print("--- finalisers and resurrection")
p = Phoenix("phoenix")
ring(p, Node("beside"))
del p
steps = ouro.gc_steps(0)
print(steps)
print(ash.name, ouro.generation(ash))

print("--- inside a collection")


class Curious:
    def __del__(self):
        try:
            ouro.gc_steps()
        except RuntimeError as error:
            print(error)
        print(ouro.holders(self).count)


c = Curious()
c.me = c
del c
print(ouro.gc_steps()["finalized"])
many = [[] for _ in range(50)]
for item in many:
    item.append(item)
del many, item
bounded = ouro.gc_steps(2, limit=2)
print(len(bounded["objects"]), bounded["unreachable"])
for bad in (3, -1):
    try:
        ouro.gc_steps(bad)
    except ValueError as error:
        print(error)
