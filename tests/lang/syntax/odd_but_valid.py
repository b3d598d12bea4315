"""Unusual code that is valid."""
print(1 if True else 2, [(0)for x in range(2)], (1)or 2, "3"in["3"], not-1, 5 if[]else 6)
a = b = {}
a[b is a] = lambda: (yield)
x: "annotation" = 5
print((lambda: 1)(), (lambda *a, **k: (a, k))(*[1], **{"b": 2}), (lambda x=(lambda: 5): x())())
print(not not not True, - - -1, ~-~1, +-+1, 1 - -1, 2 ** -1, 2 ** - - 1)
print("a" "b" 'c' if 1 else "d", (1,), (1), ((),), [[]], {(): {}}, {*()}, {**{}})
if (n := 10) > 5: print(n)
def f(a, /, b, *, c): return a, b, c
print(f(1, 2, c=3), f(1, b=2, c=3))
class C(object, metaclass=type): pass
class D(*[C], **{}): pass
print(D.__mro__[1] is C)
for x, in [(1,)]: print(x)
for [x, y] in [(1, 2)]: print(x, y)
(a) = 1
[b] = [2]
(c, d) = [e, f] = 3, 4
((g)), = 5,
print(a, b, c, d, e, f, g)
print(x if x else y, *(1, 2), **{"sep": "-"})
def g(): return
print(g(), (g)(), (g())) 
def h(): yield; yield 1,; x = yield; return
print(list(h()))
@(lambda f: f)
def i(): pass
with open(__file__) as fh, open(__file__) as fh2: pass
match = case = _ = type = 5
print(match, case, _, type)
match[0] if 0 else None
print(match * -1, match if match else case)
print(0xFfFf, 0B10, 0o17, 1_0, .5, 5., 1.e1, 1E+1, 00000, 0e0, 0j, 1_0j)
print(f"{'a'}" f'{"b"}' "c", rb"\x", BR"\x" if True else 0, U"x")
print({1, 2} == {2, 1}, {1: 2}[1], {1: {2: {3: 4}}}[1][2][3], [1, 2, 3][0:2][::-1][0])
print(1 < 2 < 3 == 3 != 4 >= 4 > 3 <= 3 in [3] not in [4] is True if False else "chain")
lambda: (yield)
async_ = await_ = 1; print(async_ + await_)
print(...,Ellipsis is ..., NotImplemented is not None, __debug__)
assert True, "x"; del a, (b), [c, d]
print([i for i in range(5) if i if i % 2], [(i, j) for i in range(2) for j in range(2) if i if j])
if 1: pass
elif 2: pass
else: pass
global_x = 1
def k():
    global global_x; global_x = 2
    def l(): nonlocal m; m = 5
    m = 1; l(); return m
print(k(), global_x)
print((yield_ := 3), print)if 0 else print("end")
