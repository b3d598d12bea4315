"""co_consts after folding: what is folded, what is not, and what stays apart."""


def consts(source, mode="eval"):
    return compile(source, "<c>", mode).co_consts


for source in ("24 * 60", "2 ** 10", "(1, 2) * 5", "'xyz' * 4", "1 + 2 * 3 - 4", "-5", "+5", "~5", "not 5", "'a' + 'b'", "b'a' * 3", "(1, 2)[0]", "'abc'[1]", "'abc'[-1]", "7 // 2", "7 % 3",
               "1 << 10", "6 & 3", "1.5 + 2", "-1.5", "2j * 2", "(1, (2, 3))", "-(-3)", "10 - -3", "3 @ 4", "'%s' % 5", "2 ** -1", "5 / 2", "(1,) + (2,)", "0x10 | 1"):
    print(source, "->", consts(source))
for source in ("1 / 0", "1 % 0", "2 ** 100000", "'a' * 5000", "(1,) * 300", "1 << 1000", "'a'[5]", "-'a'", "'a' + 1", "[1, 2]", "x + 1 + 2", "(1, x)", "1 < 2", "'abc'[x]", "()[0]", "1 << -1", "2 ** 200"):
    shown = consts(source)
    print(source, "->", len(shown), [type(c).__name__ for c in shown])
print([c for c in consts("x = 1; y = 1.0; z = True; w = 1j", "exec")])
print(consts("a = 0.0; b = -0.0; c = 0; d = False", "exec"))
print(consts("a = (1, 2); b = (1.0, 2); c = (True, 2); d = (1, 2)", "exec"))
print(consts("x in [1, 2, 3]"), [sorted(c) if isinstance(c, frozenset) else c for c in consts("x in {1, 2, 3}")], consts("for i in [1, 2]: pass", "exec"))


def documented(a):
    """doc"""
    return a + 1


def undocumented(a):
    return a + 2


def nothing():
    pass


def constant():
    return 5


def several():
    x = 1
    y = "s"
    return x, y, 1, "s", 2.5


print(documented.__code__.co_consts, undocumented.__code__.co_consts, nothing.__code__.co_consts, constant.__code__.co_consts, several.__code__.co_consts)


def folded():
    return 60 * 60 * 24, "a" "b" + "c", (1, 2, 3)[1], -1, not True, ("x", 1 + 1)


print(folded(), folded.__code__.co_consts)


def dead():
    if 0:
        print("never", 12345)
    while 0:
        print("never", 54321)
    return 1
    return 99999


print(dead(), dead.__code__.co_consts)


def names():
    global g1
    g1 = len
    return g1.__name__


print(names.__code__.co_names, names.__code__.co_varnames, (lambda a, *b, c=1, **d: a).__code__.co_varnames)
print(1.0 + 0, 1 + 0.0, -0.0, 0.0 * -1, (0.0, -0.0), [1, True, 1.0], {1: "a", True: "b"})
print(10 ** 3 * 0.5, 2 ** 3 ** 2, 1 if "" else 2, "x" if 1 else undefined, 0 or "y", 1 and 2, None or 0)
