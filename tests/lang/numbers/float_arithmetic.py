"""Floats: repr, rounding, special values, comparison with ints, methods."""
inf, nan = float("inf"), float("nan")
for f in (0.1, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 123456.789, 1e-4, 1e-5, 1.0, 100.0, 1e22, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1 + 0.2, 1e100, 9007199254740993.0, 4.35, 2.675, -0.0, inf, -inf, nan, 1.1e1, 12345678901234567.0):
    print(repr(f), str(f), f.hex(), f == f, f * 2, f / 3)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2), divmod(-7.5, -2), 2.0 ** 0.5, 2 ** 0.5, (-8) ** (1 / 3), 4.0 ** -1, 0.0 ** 0)
print(inf + 1, inf - inf, inf * 0, -inf, inf > 10 ** 400, inf == inf, nan == nan, nan != nan, nan < 1, max(nan, 1), min(1, nan), 1 // inf if False else 0, 5 % inf, -5 % inf, inf // 1, 1e308 * 10)
print(1.0 == 1, hash(1.0) == hash(1), hash(0.5), hash(inf), hash(-inf), 2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 10 ** 400 > 1e308, -10 ** 400 < -inf, 0.5 < 1, 1 < 1.5 < 2)
for f in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e16, 0.1, 12345.6789, -12345.6789, 1e300):
    print(f, round(f), round(f, 1), round(f, 2), round(f, -2), int(f), f.is_integer(), f.as_integer_ratio() if abs(f) < 1e15 else "")
print(float.fromhex("0x1.8p3"), float.fromhex("-0x.1p-3"), float.fromhex("inf"), (1.5).hex(), (0.0).hex(), float.fromhex("1"), (3.0).conjugate(), (1.5).real, (1.5).imag)
for source in ("1.0 / 0", "1.0 // 0", "1.0 % 0", "0.0 ** -1", "int(nan)", "round(inf)", "round(nan)", "inf.as_integer_ratio()", "nan.as_integer_ratio()", "float.fromhex('zz')", "float.fromhex('0x1p5000')", "1e300 ** 2", "1.5 & 1", "1.5 << 1", "'a' * 1.5", "round(1.5, 'a')", "1.0 + 'a'", "range(1.0)", "[1][1.0:]", "round(1.5, 10**20)", "divmod(1.0, 0)", "(-1.0) ** 0.5 + 0"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(sum([0.1] * 10), sum([0.1] * 10) == 1.0, sum([1e100, 1.0, -1e100]), 0.1 * 3, 1.1 + 2.2, 3 * 1.1, 1e16 + 1, 0.1 + 0.7)
print(float(10 ** 22), float(10 ** 23), float(2 ** 63), float(-2 ** 63), float(123456789012345678), float("1e23"), 1e23)
print([x / 10 for x in range(12)], [round(x * 0.1, 1) for x in range(12)])
print(abs(-0.0), -(-0.0), 0.0 + -0.0, bool(0.0), bool(-0.0), bool(nan), 0.0 == -0.0, str(-0.0), 1e5, 1e-7, 123e-7, repr(1e5 + 0.1))
