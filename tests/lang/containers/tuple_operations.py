"""tuple: methods, comparison, hashing, identity of the empty one, unpacking."""
t = (1, 2, 3, 2)
print(t.count(2), t.index(2), t.index(2, 2), len(t), t[0], t[-1], t[1:3], t[::-1], t + (4,), t * 2, 2 in t, 5 not in t)
print(() == (), tuple() is tuple([]), tuple([]) == (), (1,) == (1,), (1, 2) < (1, 3), (1,) < (1, 0), () < (1,), (2,) > (1, 9))
print(tuple("abc"), tuple([1]), tuple(range(3)), tuple({1: 2}), tuple(x for x in "ab"), tuple(t) is t, t[:] is t, t + () == t)
print(hash((1, 2)) == hash((1, 2)), hash(()) == hash(()), {(1, "a"): "x"}[1, "a"], hash((1, (2, 3))) == hash((1, (2, 3))), hash((1, 2)) != hash((2, 1)))
print(repr((1,)), repr(()), repr((1, (2, [3]))), str(("a", 1.0, None)), (1, 2) == [1, 2], (1, 2) != (1, 2.0))
x = 1, 2
y = 1,
a, b = b, a = "pq"
print(x, y, a, b)
lst = ([], {})
lst[0].append(1)
print(lst, tuple(sorted(t)), max(t), sum(t), list(reversed(t)), list(enumerate(t))[0], tuple(map(str, t)))
for source in ("t.index(9)", "t[10]", "t + [1]", "t * 'a'", "t['a']", "hash(([],))", "tuple(5)", "tuple(1, 2)", "(1, 'a') < (1, 2)", "t.append(1)", "t < 5", "() < []", "t.count()"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
r = []
r.append((r,))
print(r)
big = tuple(range(1000))
print(big[500], big[-1], len(big[::7]), sum(big), big.index(999), hash(big) == hash(tuple(range(1000))))
print((1, 2, 3)[True], (0,) * 5, ((),) * 2, (1, 2).__add__((3,)), (1, 2).__contains__(2), (1, 2).__len__(), tuple.__new__(tuple, "xy"))
first, *_ = t
*_, last = t
print(first, last, [*t, *t][3:5], (lambda *a: a)(*t) == t)
