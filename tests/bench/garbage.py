"""Cyclic garbage: rings of objects, lists that hold themselves, trees with parent links, closures
that hold their own frames, with long-lived data about."""


class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)


def ring(n):
    first = previous = Node()
    for _ in range(n - 1):
        node = Node()
        node.parent = previous
        previous = node
    first.parent = previous
    return first


def tree(depth):
    root = Node()
    level = [root]
    for _ in range(depth):
        level = [Node(parent) for parent in level for _ in range(2)]
    return root


def self_holding(n):
    items = [n]
    items.append(items)
    table = {"items": items}
    items.append(table)
    return items


def recursive_closure(n):
    def inner(k):
        return k if k == 0 else inner(k - 1)
    return inner(n)


def main():
    kept = [tree(6) for _ in range(50)]
    total = 0
    for i in range(60000):
        start = ring(8)
        total += 1 if start.parent.parent is not start else 0
        if i % 8 == 0:
            total += len(tree(5).children)
        total += self_holding(i)[1][0]
        total += recursive_closure(5)
    for i in range(400000):
        loop = []
        loop.append(loop)
    print(total, sum(len(root.children) for root in kept))


main()
