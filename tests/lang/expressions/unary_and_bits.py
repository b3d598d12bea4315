"""Unary operators and bit operations on ints, bools and user classes."""
for n in (0, 1, -1, 5, -5, 255, -256, 2 ** 31, -2 ** 31, 2 ** 63, -2 ** 63, 2 ** 64 + 1, 3 ** 50):
    print(n, -n, +n, ~n, n & 0xFF, n | 1, n ^ -1, n >> 1, n << 2, n >> 70, n.bit_length(), n.bit_count())
print(-True, +True, ~True, ~False, True & False, True | False, True ^ True, True + True)
print(type(True & True), type(True & 1), type(True ^ 1), type(-True))
print(1 << 100, (1 << 100) >> 98, -1 >> 1000, -5 >> 1, -5 << 1, 0 << 10 ** 9)
print(6 & -4, 6 | -4, 6 ^ -4, -6 & -4, (2 ** 70) & (2 ** 70 - 1), -(2 ** 70) & (2 ** 71 - 1))
print(-(2 ** 70) | 1, -(2 ** 70) ^ (2 ** 70), ~(2 ** 70), (-(2 ** 70)) >> 69)
for source in ("1 << -1", "1 >> -1", "1.0 & 1", "~1.5", "'a' | 'b'", "-'a'", "+[]", "~None", "1 << 'a'"):
    try:
        print(eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)


class Reflected:
    def __rand__(self, other):
        return ("rand", other)

    def __rlshift__(self, other):
        return ("rlshift", other)

    def __neg__(self):
        return "neg"

    def __invert__(self):
        return "invert"

    def __abs__(self):
        return "abs"


r = Reflected()
print(1 & r, "a" << r, -r, ~r, abs(r))
try:
    +r
except TypeError as error:
    print(error)
