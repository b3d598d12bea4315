"""The format mini-language over ints, floats, complex, strings, in a grid."""
ints = [0, 5, -5, 1234567, -9876543210, 10 ** 25]
int_specs = ["", "d", "5", "<8", ">8", "^8", "08", "+", " ", "+08d", ",", "_", "010,", "x", "#x", "X", "#X", "b", "#b", "o", "#o", "_b", "_x", "*^20,d", "=+20", "e", ".2f", "g", "%", "#010x", "<+6", "n"]
for spec in int_specs:
    print(repr(spec), [format(i, spec) for i in ints])
floats = [0.0, -0.0, 1.5, -2.25, 1234.5678, 1e-7, 1e16, 123456789.0, 1e300, 0.1, 2 / 3, float("inf"), float("-inf"), float("nan")]
float_specs = ["", "f", ".0f", ".1f", ".3f", "e", ".0e", ".2e", "g", ".3g", "#g", "#.0f", "G", "E", "F", "%", ".1%", "10.2f", "<10.2f", "^10.2f", "010.2f", "+.1f", " .1f", ",.2f", "_.1f", "020,.3f", "=+12.1f", "*>12", ".3", ".10", "n", "z.1f", "+z.0f"]
for spec in float_specs:
    print(repr(spec), [format(f, spec) for f in floats])
complexes = [0j, 1 + 2j, -1.5 - 0.5j, complex(0, float("inf"))]
for spec in ("", "f", ".2f", ".1e", "g", ">20", "+.1f", "<20.2f", ","):
    print(repr(spec), [format(c, spec) for c in complexes])
for spec in ("", "s", "5", ">5", "^7", "*^7", ".2", "5.1", "05", "=<5" if False else "<5"):
    print(repr(spec), [format(s, spec) for s in ("", "a", "abcdef", "é€")])
for value, spec in ((1, "10.5"), (1, ".5d"), ("a", "d"), (1.5, "d"), (1.5, "x"), (1, "s"), ("a", "+"), ("a", "="), (1j, "%"), (1j, "0"), (1j, "=5"), (1, ",b"), (1, "_c"), (1.0, ",e") , (True, "d"), (True, "5"), (None, "5"), (1, "zd"), (2, "c"), (1114112, "c"), (1, "{}"), ("", "x"), (5, "5 d"), (1.0, "_,")):
    try:
        print((value, spec), repr(format(value, spec)))
    except Exception as error:
        print((value, spec), type(error).__name__, error)
