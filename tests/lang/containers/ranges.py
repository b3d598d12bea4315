"""range: arithmetic, slicing, comparison, membership, big bounds."""
for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 2), range(-3, 3), range(0, -5, -1), range(3, 4, 100)):
    print(r, list(r), len(r), bool(r), r[::-1], list(reversed(r)), 3 in r, r[1:3], r.start, r.stop, r.step, r[-1] if r else None)
print(range(3) == range(0, 3), range(0) == range(5, 2), range(0, 3, 2) == range(0, 4, 2), hash(range(0, 3, 2)) == hash(range(0, 4, 2)), range(3) != range(4), range(3) == [0, 1, 2])
big = range(10 ** 20, 10 ** 20 + 10, 3)
print(big, list(big), big[2], big[-1], 10 ** 20 + 3 in big, len(big), big.index(10 ** 20 + 6), big[::-1])
print(range(10).index(4), range(10).count(4), range(10).count(40), range(0, 10, 2).count(3), 4.0 in range(5), 4.5 in range(5), "a" in range(3), True in range(2), -1 in range(5))
print(range(10)[2:8:2], range(10)[::-2], range(10)[-3:], range(10)[100:], range(10)[5:2], range(2 ** 70)[2 ** 69], range(0, 10 ** 30, 10 ** 29)[3])
for source in ("range()", "range(1, 2, 0)", "range(1.5)", "range('a')", "range(5)[5]", "range(5)[-6]", "range(5).index(9)", "range(1, 2, 3, 4)", "len(range(10 ** 30))", "range(5) + range(3)", "range(3) < range(4)", "range(5)['a']", "range(n=5)", "range(None)", "range(3).start_", "next(range(3))"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
try:
    range(3).start = 5
except AttributeError as error:
    print(error)
it = iter(range(5))
print(next(it), next(it), list(it), list(it), next(iter(range(10 ** 25, 10 ** 26))))
print(sum(range(101)), max(range(3, 9)), min(range(9, 3, -2)), sorted(range(3), reverse=True), tuple(range(2)), [*range(2)], set(range(3)), dict(zip(range(2), "ab")))
total = 0
for i in range(-5, 6):
    for j in range(i, 0, 2 if i < 0 else -1):
        total += i * j
print(total)


class I:
    def __index__(self):
        return 3


print(list(range(I())), list(range(I(), 9, I())), range(10)[I()], range(I()))
