import gc

gc.disable()  # no collection but those asked for

import weakref, ouro
class Node:
    def __init__(self, name):
        self.name = name
        self.children = []
        self.parent = None
    def add(self, child):
        self.children.append(child)
        child.parent = self
        return child
shared = [1, 2]
root = Node("root")
left = root.add(Node("left"))
right = root.add(Node("right"))
left.data = right.data = shared
back = weakref.ref(right)
table = {"numbers": shared, "pair": (shared, 3.5)}
ouro.snapshot("built")
del left, table
right.children.append({"new": shared})
right.children.append(right)
