"""list methods, operators, comparison, copies and errors."""
a = [3, 1, 2]
a.append(4); print(a)
a.extend((5, 6)); a.extend("ab"); a.extend({}); print(a)
a.insert(0, "first"); a.insert(-1, "near end"); a.insert(100, "end"); a.insert(-100, "start"); print(a)
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove("a"); print(a, a.index(1), a.index(4, 2), a.count(1), a.index(5, -3))
a.reverse(); print(a)
a.clear(); print(a)
b = [1, [2, 3]]
c = b.copy(); d = b[:]; e = list(b)
c[1].append(4); c[0] = 9
print(b, c, d, e, b is not c, b[1] is c[1])
print([1] + [2], [1, 2] * 2, 2 * [0], [1] * 0, [1] * -1, [] + [], [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [1], [2] > [1, 9], [1, 2] != [2, 1])
x = [1, 2]
x += x; print(x)
x *= 2; print(x)
x.extend(x); print(len(x))
x[2:2] = x[:2]; print(len(x))
print(list("abc"), list((1, 2)), list({1: 2}), list(range(3)), list(), list(iter([1])), [*[]])
nested = [[0] * 2] * 2
nested[0][0] = 1; print(nested)
r = [1]; r.append(r); print(r, r == r, len(r), r[1][1] is r)
print(2 in [1, 2], "a" in [], None in [None], 1.0 in [1], True in [1], [1] in [[1]], 3 not in [1])
print(min([3, 1, 2]), max([3, 1, 2]), sum([1, 2, 3]), sorted([3, 1, 2]), list(reversed([1, 2])), list(enumerate("ab", 1)), list(zip([1, 2], [3, 4])))
it = iter([1, 2, 3]); print(next(it), list(it), list(it), it.__length_hint__())
l = [1, 2, 3]
i = iter(l)
print(next(i)); l.clear(); print(list(i)); l.extend([7, 8, 9]); print(list(i))
for source in ("[].pop()", "[1].pop(5)", "[1].remove(2)", "[1].index(2)", "[1].index(1, 1)", "[1] + (1,)", "[1] + 1", "[1] * 1.5", "[1] < (1,)", "[1, 'a'] < ['a']", "[].append()", "[].append(1, 2)", "[].extend(5)", "[].insert(1)", "[].insert('a', 1)", "list(5)", "list(1, 2)", "[][0]", "[1]['a':]", "[].sort(1)", "[].sort(foo=1)", "[1, 'a'].sort()", "hash([])", "{[]: 1}", "[].foo", "[1, 2, 3].pop('x')", "[] > 5", "del_ = [][0]"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
l = list(range(10))
l[2:5] = []; print(l)
l[::2] = "abcd"; print(l)
l[5:] = [0] * 3; print(l)
l[3:3] = [1, 2]; print(l)
l[:] = l[::-1]; print(l)
l[100:] = "z"; print(l)
del l[1:3]; print(l)
del l[::3]; print(l)
l[1:2], l[0] = (9, 9), 8; print(l)
l[-1], l[-2] = l[-2], l[-1]; print(l)
