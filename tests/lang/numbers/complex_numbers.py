"""Complex numbers."""
a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a ** 2, -a, +a, abs(a), a.real, a.imag, a.conjugate(), a == b, a != b, a == 3 + 4j, bool(0j), bool(1j))
print(a + 1, 1 + a, a * 2.5, 2 / a, a - 1.5, 1j ** 2, 1j * 1j, (1j) ** 0, a ** 0.5, a ** -1, a ** b, 0j ** 0, 2 ** a)
print(repr(1j), repr(-1j), repr(0j), repr(complex(1, -0.0)), repr(complex(-0.0, 1)), repr(complex(float("inf"), float("nan"))), str(1e20 + 1e-20j), 1.5 - 0j, complex(0, -1))
print(complex(1), complex(1, 2), complex(1.5), complex(True), complex(1j, 1j), complex("3-4j"), complex(real=1, imag=2), hash(1 + 0j) == hash(1), 1 + 0j == 1, {1: "a"}[1 + 0j], 1j in [1j])
for source in ("a < b", "a // b", "a % b", "divmod(a, b)", "a / 0", "0j ** -1", "int(a)", "float(a)", "round(a)", "a & 1", "complex('a')", "complex(1, 'a')", "complex(None)", "0j ** 1j", "max(a, b)", "math.sqrt(a)"):
    try:
        import math
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(sum([1j, 2, 3.5]), sorted([1j, 2j], key=abs), abs(complex(5, 12)), (1 + 1j) ** 8, (2j) ** 3, a.__add__(1), a.__eq__("x"), pow(a, 2))


class C:
    def __complex__(self):
        return 5j


print(complex(C()), complex("1e3j"), complex("  2  "), -0j, (-0.0 + 0j))
