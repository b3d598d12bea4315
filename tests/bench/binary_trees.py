"""Making and walking many binary trees: tuples, and objects with slots of their own."""


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def make_node(depth):
    if depth == 0:
        return Node(None, None)
    return Node(make_node(depth - 1), make_node(depth - 1))


def make_pair(depth):
    if depth == 0:
        return (None, None)
    depth -= 1
    return (make_pair(depth), make_pair(depth))


def check_pair(pair):
    left, right = pair
    if left is None:
        return 1
    return 1 + check_pair(left) + check_pair(right)


def main(most):
    long_lived = make_node(most)
    for depth in range(4, most + 1, 4):
        rounds = 1 << (most - depth + 3)
        objects = sum(make_node(depth).check() for _ in range(rounds))
        tuples = sum(check_pair(make_pair(depth)) for _ in range(rounds))
        print(rounds, depth, objects, tuples)
    print(long_lived.check())


main(15)
