# Expressions: calls, displays, slices, f-strings, walrus, operators, unpacking.
r = f(1, *args, k=2, **kwargs)
s = [*a, 1, *b], {*a, 2}, {**m, "k": v}, (*a, 3)
t = x[1:2], x[:, ::2], x[i][j].attr
u = f"{name!r:>{width}} and {value:.2f} {debug=}"
if (n := len(x)) > 3 and a < b <= c is not None:
    first, (second, *rest) = n, x
a.b[c] @= -d ** ~e // (g if h else not i)
del x[0], y.z, first
