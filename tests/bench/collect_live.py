"""gc.collect over a million live objects, and over garbage among them."""

import gc


class Node:
    def __init__(self, next):
        self.next = next
        self.items = [next]


def main():
    gc.disable()
    nodes = []
    node = None
    for i in range(300000):
        node = Node(node)
        nodes.append(node)
    pairs = [[i, []] for i in range(200000)]
    found = 0
    for turn in range(4):
        for i in range(1000):
            a = Node(None)
            a.next = a
        a = None
        found += gc.collect()
    print(len(nodes), len(pairs), found >= 4000)


main()
