"""What a comprehension sees of functions, classes and globals."""
x = "global x"
print([x for _ in range(1)])


def function(arg):
    local = 2
    a = [arg + local + i for i in range(2)]
    b = [[arg for _ in range(local)] for local in range(2)]
    c = [(lambda: local)() for local in "pq"]
    return a, b, c, local


print(function(10))


class C:
    items = [1, 2, 3]
    first = [i for i in items]
    x = "class x"
    second = [x for _ in range(1)]
    third = [(i, j) for i in items for j in [9]]


print(C.first, C.second, C.third)


def nonlocal_in_comprehension():
    count = 0

    def bump():
        nonlocal count
        count += 1
        return count
    values = [bump() for _ in range(3)]
    return values, count


print(nonlocal_in_comprehension())


def closures():
    fs = [lambda: i for i in range(3)]
    gs = [lambda i=i: i for i in range(3)]
    return [f() for f in fs], [g() for g in gs]


print(closures())


def walrus():
    [last := v for v in "abc"]
    return last


print(walrus())
print([locals().get("q") for q in range(2)], "q" in globals())
exec("y = 5; z = [y + i for i in range(2)]; print(z)")
ns = {"k": 3}
exec("r = [k * i for i in range(3)]", ns)
print(ns["r"])
try:
    exec("def f():\n    k = 1\n    return eval('[k for _ in range(1)]')\nprint(f())")
except NameError as error:
    print(error)


def deep():
    a = 1

    def mid():
        b = 2
        return [[a + b + c + d for d in range(2)] for c in range(2)]
    return mid()


print(deep())


def argument_shadow(x):
    y = [x for x in range(x)]
    return x, y


print(argument_shadow(3))
print((lambda n: [n * k for k in range(n)])(3), [f(2) for f in (lambda v: v, lambda v: v * v)])
