"""Ints of every size: the operators, division, powers, and properties that must hold."""
values = [0, 1, -1, 2, -2, 7, -7, 255, 256, 257, -5, -6, 2 ** 30, 2 ** 31 - 1, -2 ** 31, 2 ** 32, 2 ** 62, 2 ** 63 - 1, 2 ** 63, -2 ** 63, -2 ** 63 - 1, 2 ** 64, 2 ** 64 - 1, 10 ** 18, 10 ** 19, 3 ** 60, -3 ** 60, 2 ** 127 + 1]
checks = 0
total = 0
for a in values:
    for b in values:
        assert a + b == b + a and a - b == -(b - a) and a * b == b * a
        assert (a + b) - b == a and (a * b == 0) == (a == 0 or b == 0)
        assert (a < b) == (b > a) == (not a >= b) and (a == b) == (not a != b)
        assert (a & b) + (a | b) == a + b and (a ^ b) == (a | b) - (a & b) and ~(a & b) == ~a | ~b
        if b:
            q, r = divmod(a, b)
            assert q * b + r == a and (0 <= r < b or b < r <= 0) and q == a // b and r == a % b
            total += q % 1000003 + r % 1000003
        total = (total + (a * b) % 1000003 + (a + b) % 97) % 10 ** 12
        checks += 1
print(checks, total)
for a in values:
    assert -(-a) == a and ~a == -a - 1 and abs(a) == (a if a >= 0 else -a) and int(str(a)) == a and int(hex(a), 16) == a
    assert (a << 5) == a * 32 and (a >> 3) == a // 8 and (a << 70) >> 70 == a and hash(a) == hash(int(str(a)))
    print(a * a, a ** 3, a // 7, a % 7, a // -7, a % -7, hash(a) % 1000)
print(2 ** 100, 2 ** 0, 0 ** 0, (-2) ** 3, 2 ** -2, (-1) ** 10 ** 6, 7 ** 77 % 1000, 1 ** 10 ** 9)
print(pow(3, 200, 13), pow(3, -1, 7), pow(-3, 5, 7), pow(2, 10, -7), pow(5, 0, 1), pow(2, 64, 2 ** 65), pow(10, 100, 10 ** 50 + 1))
print(10 ** 20 // 3, -10 ** 20 // 3, 10 ** 20 % -7, divmod(-10 ** 20, 10 ** 10), divmod(7, -2), divmod(-7, 2), 10 ** 40 // 10 ** 39)
print(7 / 2, 2 ** 70 / 2 ** 69, 10 ** 400 / 10 ** 399, 1 / 3, -1 / 2, 2 ** 53 / 1, (2 ** 54 + 3) / 1, 0 / 5)
print((10 ** 30).bit_length(), (255).bit_count(), (1024).to_bytes(2, "big"), (-2).to_bytes(4, "little", signed=True), int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\xff\xfe", "little", signed=True), (5).as_integer_ratio(), (7).conjugate(), (3).numerator, (3).denominator, (5).real, (5).imag)
for source in ("1 // 0", "1 % 0", "1 / 0", "divmod(1, 0)", "0 ** -1", "pow(2, -1, 4)", "pow(2, 2, 0)", "10 ** 400 / 3", "int('a')", "2 ** 'a'", "pow(2, 1.5, 3)", "(300).to_bytes(1, 'big')", "(-1).to_bytes(1, 'big')", "(1).to_bytes(2, 'middle')", "1 + None", "[] * 2.0", "float(2 ** 2000)", "2.0 ** 5000", "round('a')", "1 << 2 ** 70"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(round(5), round(15, -1), round(25, -1), round(-15, -1), round(12345, -2), round(10 ** 20 + 5, -1), round(7, 5), round(149, -2), round(150, -2), round(250, -2), round(5, -5))
print(True + True, True * 3, sum([True, False, True]), True == 1, isinstance(True, int), int(True), {True: "a"}[1], ~True, True / 2, -False)
