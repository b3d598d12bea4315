"""Calls: positional, keyword, default, *args, **kwargs, builtin functions, and call chains."""


def plain(a, b, c):
    return a + b - c


def with_defaults(a, b=2, c=3):
    return a * b - c


def keyword_only(a, *, scale=1, offset=0):
    return a * scale + offset


def variadic(*args):
    return len(args)


def forwarding(*args, **kwargs):
    return with_defaults(*args, **kwargs)


def identity(x):
    return x


def main():
    total = 0
    for i in range(500000):
        total += plain(i, 2, 3)
        total += plain(i, c=1, b=2)
        total += with_defaults(i)
        total += with_defaults(i, c=5)
        total += keyword_only(i, scale=2, offset=1)
        total += variadic(i, i, i)
    for i in range(320000):
        total += forwarding(i, 4) + forwarding(i, c=1)
        total += identity(identity(identity(i)))
        total += len((i, i)) + abs(-i) + max(i, 3) + min(1, i)
    print(total)


main()
