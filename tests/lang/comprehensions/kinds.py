"""List, set, dict comprehensions with several loops and conditions."""
print([x * 2 for x in range(5)], [x for x in range(20) if x % 3 == 0 if x % 2], [(x, y) for x in "ab" for y in range(2)])
print([[j for j in range(i)] for i in range(4)], [x for row in [[1, 2], [3]] for x in row])
print({x % 3 for x in range(10)}, sorted({c.lower() for c in "AbaB"}))
print({k: v for k, v in zip("abc", range(3))}, {v: k for k, v in {"a": 1, "b": 2}.items()})
print({i: [j for j in range(i) if j % 2] for i in range(5)}, {x: x for x in [1, 1.0, True]})
print([a + b for a, b in [(1, 2), (3, 4)]], [h for h, *t in ["abc", "de"]], [t for h, *t in ["abc", "de"]])
print([x if x % 2 else -x for x in range(5)], [not x for x in (0, 1)], [lambda: x for x in range(2)][0]())
print([y for x in range(3) for y in range(x) if (x + y) % 2], [z for z in (w for w in range(3))])
d = {}
print([d.setdefault(c, len(d)) for c in "abcab"], d)
order = []


def log(v):
    order.append(v)
    return v


{log(k): log(v) for k, v in [(1, "a"), (2, "b")]}
print(order)
order.clear()
[log((i, j)) for i in range(2) if log(f"if{i}") for j in range(log(2))]
print(order)
print([x for x in []], {x for x in ()}, {x: 1 for x in ""}, type({x for x in ()}).__name__)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [sum(r) for r in matrix], [*map(sum, zip(*matrix))])
print([i for i in range(3) if i not in [x for x in range(2)]])
n = 5
print([n for n in range(3)], n, [n + m for m in [1]])
print([(lambda y: y + x)(1) for x in range(3)])


def f():
    v = 10
    return [v + i for i in range(2)], {v: i for i in range(2)}, [[v for _ in range(2)] for _ in range(1)]


print(f())
try:
    [1 / x for x in (1, 0)]
except ZeroDivisionError as error:
    print(error)
try:
    [x for x in [1] if undefined]
except NameError as error:
    print(error)
try:
    {[]: 1 for _ in range(1)}
except TypeError as error:
    print(error)
it = iter(range(6))
print([(a, next(it)) for a in it])
print([x for x in range(3)][::-1], [i for i, in [(1,), (2,)]], [i for [i] in [[3]]])
store = {}
print([0 for store["k"] in range(3)], store)
