"""Generators: pipelines, delegation by yield from, send, and recursive walks."""


def count_to(n):
    i = 0
    while i < n:
        yield i
        i += 1


def only_odd(items):
    for item in items:
        if item & 1:
            yield item


def doubled(items):
    for item in items:
        yield item * 2


def averager():
    total = 0
    count = 0
    average = 0
    while True:
        value = yield average
        total += value
        count += 1
        average = total // count


def walk(tree):
    if tree is not None:
        left, value, right = tree
        yield from walk(left)
        yield value
        yield from walk(right)


def build(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return (build(low, middle), middle, build(middle + 1, high))


def main():
    print(sum(doubled(only_odd(count_to(2500000)))))
    average = averager()
    next(average)
    result = 0
    for i in range(1500000):
        result = average.send(i)
    print(result)
    tree = build(0, 40000)
    total = 0
    for turn in range(6):
        for value in walk(tree):
            total += value ^ turn
    print(total, sum(1 for a, b in zip(walk(tree), count_to(40000)) if a == b))


main()
