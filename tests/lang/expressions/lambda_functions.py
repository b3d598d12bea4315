"""lambda: parameters of every kind, closures, defaults, use in data structures."""
print((lambda: 1)(), (lambda x: x + 1)(1), (lambda x, y=2: x * y)(3), (lambda *a: a)(1, 2))
print((lambda **k: k)(a=1), (lambda x, /, y, *, z: (x, y, z))(1, y=2, z=3), (lambda *, k=1: k)())
f = lambda a, b=1, *c, d, e=2, **g: (a, b, c, d, e, g)
print(f(0, d=9), f(1, 2, 3, 4, d=5, e=6, h=7))
print(f.__name__, f.__defaults__, f.__kwdefaults__, f.__code__.co_varnames, f.__qualname__)
adders = [lambda x, n=n: x + n for n in range(3)]
print([add(10) for add in adders])
late = [lambda: i for i in range(3)]
print([g() for g in late])
compose = lambda f, g: lambda x: f(g(x))
print(compose(lambda x: x * 2, lambda x: x + 1)(5))
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print(fact(20))
table = {"add": lambda a, b: a + b, "if": lambda c: "t" if c else "f"}
print(table["add"](1, 2), table["if"](0))
print((lambda x: (yield x))(1).__next__())
print(sorted([3, -1, 2], key=lambda v: -v), list(map(lambda a, b: a - b, [5, 6], [1, 2])))
print((lambda: (yield))().send(None))
print([(lambda: x)() for x in range(3)], (lambda: [x for x in "ab"])())
try:
    (lambda x: x)()
except TypeError as error:
    print(error)


class C:
    method = lambda self: self.value
    value = 5


print(C().method(), C.method.__qualname__)
print((lambda a, b: a if a > b else b)(3, 4), (lambda: ())(), (lambda: lambda: 1)()())
