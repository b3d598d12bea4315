"""str.format and format_map."""
print("{} {}".format(1, "a"), "{1} {0} {1}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0} {k}".format("p", k="q"), "{{}} {{{}}}".format(1))
print("{0.real} {0.imag} {1[0]} {1[-1]} {2[key]} {3.a.b}".format(1 + 2j, {"0": 0, 0: "zero", "-1": "str"}, {"key": "v"}, type("A", (), {"a": type("B", (), {"b": 7})})))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{0!r:>6}|{0:>6}|{0!s:<6}|".format("a"), "{:{}} {:{w}.{p}f}".format("x", 5, 3.14159, w=8, p=2))
print("{:>10}|{:<10}|{:^10}|{:*^10}|{:=+8}".format("a", "b", "c", "d", 5), "{:,} {:_} {:_x} {:,.2f}".format(1234567, 1234567, 0xABCDEF12, 1234567.891))
print("{:d} {:b} {:o} {:x} {:X} {:#b} {:#o} {:#x} {:c} {:n}".format(42, 42, 42, 42, 42, 42, 42, 42, 42, 42), "{:+} {:-} {: }".format(1, 1, 1))
print("{:e} {:E} {:f} {:F} {:g} {:G} {:%} {:.1%}".format(1.5, 1.5, 1.5, 1.5, 1e-10, 1e20, 0.25, 0.125), "{:10.3}|{:<10.2e}|{:010.2f}".format(3.14159, 3.14159, -3.14159))
print("{:s} {:.2s} {:5.1s}|".format("abc", "abc", "abc"), "{} {} {}".format(None, True, [1]), "{:5}|{:5}|{:<5}|".format(True, 1.5, True), "{:>5}".format("é"))
print("{a[x][y]} {a[z]}".format(a={"x": {"y": 1}, "z": 2}), "{0[a b]}".format({"a b": 1}), "{}".format("{}"), "{:{{}}}".format(1) if False else "")


class D(dict):
    def __missing__(self, key):
        return f"<{key}>"


print("{x} {y}".format_map(D(x=1)), "{a}".format(**{"a": 5, "unused": 1}), "{0}".format(*[1, 2]))
for source in ("'{}'.format()", "'{1}'.format(0)", "'{a}'.format()", "'{'.format(1)", "'}'.format(1)", "'{0} {}'.format(1, 2)", "'{} {0}'.format(1, 2)", "'{!x}'.format(1)",
               "'{0.nope}'.format(1)", "'{0[5]}'.format([1])", "'{0[k]}'.format({})", "'{:d}'.format('a')", "'{:s}'.format(1)", "'{:x}'.format(1.5)", "'{:.2d}'.format(1)", "'{:,s}'.format('a')",
               "'{:=5}'.format('a')", "'{:c}'.format(-1)", "'{:+c}'.format(5)", "'{!}'.format(1)", "'{:{}}'.format(1)", "'{0[}'.format(1)", "'{a.}'.format(a=1)", "'{:#s}'.format('')", "'{:+s}'.format('')", "'{:>5.}'.format(1)", "'{:5z}'.format('')", "'{:1000000000000000000000}'.format(1)"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
