"""Generator expressions: laziness, scope, evaluation of the first iterable."""
log = []


def note(x):
    log.append(x)
    return x


g = (note(x) * 2 for x in [1, 2, 3] if note(x) != 2)
print(log)
print(next(g), log)
print(list(g), log)
x = "outer"
print([x for x in (1, 2)], x, list(x for x in "ab"), x)
try:
    (y for y in 5)
except TypeError as error:
    print("at once:", error)
lazy = (a for b in [1] for a in undefined_later)
try:
    next(lazy)
except NameError as error:
    print("late:", error)
n = 2
g = (n * i for i in range(3))
n = 10
print(list(g))
items = [1, 2]
g = (i for i in items)
items.append(3)
items = []
print(list(g))
print(sum(i * i for i in range(10)), max((len(w), w) for w in ["a", "ccc", "bb"]), dict((k, v) for k, v in ["ab", "cd"]))
print(",".join(str(i) for i in range(4)), sorted((-i for i in range(3))), any(i == 2 for i in range(9)))
nested = ((i, j) for i in range(3) for j in (k for k in range(i)))
print(list(nested))
print(list(i for i in range(20) if i % 2 if i % 3))
print(type(g).__name__, g.__name__, g.__qualname__)


def function():
    local = 3
    return (local + i for i in range(2))


print(list(function()))


class C:
    base = [1, 2]
    gen = (b * 2 for b in base)
    made = list(gen)


print(C.made)
gens = [(lambda: (i, j))() for i in range(2) for j in range(2)]
print(gens)
print(tuple((yield_ for yield_ in ())), set(c for c in "aab") == {"a", "b"})
total = 0
print([total := total + v for v in [1, 2, 3]], total)
print([*(a for a in range(2)), *(b for b in "xy")], (lambda *p: p)(*(i for i in range(3))))
