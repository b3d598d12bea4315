"""Closures: counters over nonlocal cells, function composition, partial application, memoising."""


def make_counter(step):
    count = 0

    def increment():
        nonlocal count
        count += step
        return count

    return increment


def compose(*functions):
    def composed(x):
        for function in functions:
            x = function(x)
        return x
    return composed


def memoise(function):
    cache = {}

    def wrapper(n):
        if n not in cache:
            cache[n] = function(n)
        return cache[n]

    return wrapper


def make_adder(n):
    return lambda x: x + n


def main():
    counters = [make_counter(i) for i in range(10)]
    for _ in range(500000):
        for counter in counters[:4]:
            counter()
    print([counter() for counter in counters])

    pipeline = compose(make_adder(3), lambda x: x * 2, make_adder(-1), lambda x: x % 1000)
    value = 1
    for _ in range(700000):
        value = pipeline(value)
    print(value)

    total = 0
    for _ in range(2000):
        @memoise
        def partitions(n):
            return n if n < 2 else partitions(n - 1) + partitions(n - 2) * 3
        total += partitions(60) % 1009
    print(total)


main()
