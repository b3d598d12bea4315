"""Which objects are the same: small ints, interned strings, constants of one unit, singletons."""
import sys

a, b = 256, 256
print(a is b, int("-5") is int("-5"), int("256") is int("256"), int("257") is int("257"))
x = int("100")
print((x + 1) is (x + 1), (x * 10) is (x * 10), (x - 105) is (x - 105), (x - 106) is (x - 106))
print(None is None, True is (1 == 1), tuple() is tuple([]), str() is str(b"", "ascii"), "abc"[0] is "xax"[1], "éa"[0] is "aé"[1])
s, t = "identifier", "identifier"
print(s is t, s == "ident" + "ifier", s is "".join(["ident", "ifier"]), sys.intern("".join(["ident", "ifier"])) is s)
u, v = "with space!", "with space!"
print(u is v)


def f():
    return 1000, "some text!", (1, 2, "x"), 1.5, b"bytes"


def g():
    return 1000, "some text!", (1, 2, "x"), 1.5, b"bytes"


print([p is q for p, q in zip(f(), f())])
print([p == q for p, q in zip(f(), g())])
print(eval("1000") is eval("1000"), eval("'name'") is eval("'name'"), eval("5") is eval("5"))


class C:
    def method(self):
        pass


c = C()
print(c.method is c.method, C.method is C.method, c.method == c.method, c.__class__ is C, type(c) is C, c.__dict__ is c.__dict__)
print([] is [], {} is {}, [1] is [1], object() is object(), frozenset() is frozenset(), range(1) is range(1))
n = 10 ** 10
m = n
print(n is m, n + 0 is n, n * 1 is n, -(-n) is n, n == 10 ** 10)
m += 1
print(n is m, n)
f1 = 1.5
f2 = f1
f2 += 0
print(f1 is f2, f1 == f2)
lst = [n]
print(lst[0] is n, (n,)[0] is n, {1: n}[1] is n, [*lst][0] is n, max(lst) is n, sorted(lst)[0] is n)
st = "some string"
print(str(st) is st, st[:] is st, st + "" is st, "" + st is st, st * 1 is st, st.strip() is st, st.replace("zz", "y") is st, "%s" % st is st, f"{st}" is st, "".join([st]) is st)
tp = (1, 2)
print(tuple(tp) is tp, tp[:] is tp, tp * 1 is tp, tp + () is tp, list(tp) is list(tp), int(n) is n, float(f1) is f1)
key1, key2 = "key", "".join("key")
d = {key1: 1}
print(next(iter(d)) is key1, key2 in d, key1 is key2)


class A:
    pass


o = A()
setattr(o, "".join(["dyn", "amic"]), 1)
print(list(vars(o))[0] == "dynamic", sys.intern("q r") is sys.intern("q r"))
for bad in (5, b"x"):
    try:
        sys.intern(bad)
    except TypeError as error:
        print(error)
print(id(n) == id(m), id(n) == id(lst[0]), id(None) == id(None))
i = 5
before = id(i)
i = i + 1
print(id(i) == before, id(5) == before)
big = 10 ** 5
address = id(big)
kept = big
big = big + 1
print(kept, big, id(big) != address, id(kept) == address)
