"""The iterators of builtin types: exhaustion, changes meanwhile, iter with a sentinel."""
for obj in ([1, 2], (1, 2), "ab", b"ab", {1: 2}, {1}, range(2), {1: 2}.values(), {1: 2}.items(), enumerate("a"), zip("a"), map(str, [1]), filter(None, [1]), reversed([1]), reversed("a"), iter(int, 0)):
    it = iter(obj)
    print(type(it).__name__, iter(it) is it, hasattr(it, "__next__"), end=" ")
    first = next(it, "empty")
    print(first, list(it), next(it, "exhausted"))
it = iter([1, 2, 3])
l = [1, 2, 3]
it = iter(l)
next(it)
l.append(4)
print(list(it))
l.append(5)
print(list(it))
r = reversed(l)
next(r)
l.clear()
print(list(r))
d = {1: 1}
it = iter(d)
d[2] = 2
try:
    next(it)
except RuntimeError as error:
    print(error)
try:
    next(it)
except (RuntimeError, StopIteration) as error:
    print(type(error).__name__)
print(list(map(lambda *a: a, [1, 2], "abc")), list(map(pow, [2, 3], [3, 2])), list(filter(lambda v: v % 2, range(5))), list(filter(None, [0, 1, "", "a"])))
print(list(zip()), list(zip([1])), list(zip([1, 2], "ab", (x for x in range(9)))), list(enumerate("ab", start=5)), list(zip(*[(1, 2), (3, 4)])))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as error:
    print(error)
try:
    list(zip([1, 2], [1], strict=True))
except ValueError as error:
    print(error)
try:
    list(zip("ab", "cd", "e", strict=True))
except ValueError as error:
    print(error)
state = iter([3, 2, 1, 0, 9])
print(list(iter(lambda: next(state), 0)), list(state))
z = zip(iter("abc"), iter("xy"))
print(list(z))
shared = iter(range(6))
print(list(zip(shared, shared, shared)))
for source in ("next(5)", "iter(5)", "iter(5, 5)", "next(iter([]))", "map()", "map(str)", "filter(str)", "zip(5)", "enumerate()", "enumerate(5)", "reversed(5)", "reversed({1})", "map(5, [1]).__next__()", "next([1])", "enumerate('a', 'b')"):
    try:
        print(source, "->", type(eval(source)).__name__)
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(sum(map(int, "12345")), max(map(len, ["a", "bb"])), dict(enumerate("ab")), "".join(map(str, range(5))), list(map(None.__class__, [])))
print(list(reversed({1: 2, 3: 4})), list(reversed(range(3))), list(reversed((1, 2))), list(reversed(b"ab")))
