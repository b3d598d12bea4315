"""A matrix class with operators, slices, determinant, inverse in fractions, and formatting."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


class Fraction:
    __slots__ = ("n", "d")

    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError(f"Fraction({n}, 0)")
        g = gcd(n, d) or 1
        if d // g < 0:
            g = -g
        self.n, self.d = n // g, d // g

    @staticmethod
    def of(x):
        return x if isinstance(x, Fraction) else Fraction(x)

    def __add__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.d + o.n * self.d, self.d * o.d)

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self.n, self.d)

    def __sub__(self, o):
        return self + -Fraction.of(o)

    def __rsub__(self, o):
        return Fraction.of(o) - self

    def __mul__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.n, self.d * o.d)

    __rmul__ = __mul__

    def __truediv__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.d, self.d * o.n)

    def __eq__(self, o):
        o = Fraction.of(o)
        return (self.n, self.d) == (o.n, o.d)

    def __bool__(self):
        return self.n != 0

    def __repr__(self):
        return str(self.n) if self.d == 1 else f"{self.n}/{self.d}"

    def __format__(self, spec):
        return format(repr(self), spec)


class Matrix:
    def __init__(self, rows):
        self.rows = [list(map(Fraction.of, row)) for row in rows]
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError("ragged")

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, key):
        if isinstance(key, tuple):
            i, j = key
            if isinstance(i, slice) or isinstance(j, slice):
                rows = self.rows[i] if isinstance(i, slice) else [self.rows[i]]
                return Matrix([r[j] if isinstance(j, slice) else [r[j]] for r in rows])
            return self.rows[i][j]
        return self.rows[key]

    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = Fraction.of(value)

    def __add__(self, o):
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, o.rows)])

    def __mul__(self, k):
        return Matrix([[a * k for a in r] for r in self.rows])

    __rmul__ = __mul__

    def __matmul__(self, o):
        if self.shape[1] != o.shape[0]:
            raise ValueError(f"shapes {self.shape} and {o.shape}")
        columns = list(zip(*o.rows))
        return Matrix([[sum((a * b for a, b in zip(r, c)), Fraction(0)) for c in columns] for r in self.rows])

    def __pow__(self, n):
        result, base = Matrix.identity(self.shape[0]), self
        while n:
            if n & 1:
                result @= base
            base @= base
            n >>= 1
        return result

    def __eq__(self, o):
        return self.rows == o.rows

    def determinant(self):
        rows = [r[:] for r in self.rows]
        result = Fraction(1)
        for i in range(len(rows)):
            pivot = next((k for k in range(i, len(rows)) if rows[k][i]), None)
            if pivot is None:
                return Fraction(0)
            if pivot != i:
                rows[i], rows[pivot] = rows[pivot], rows[i]
                result = -result
            result *= rows[i][i]
            for k in range(i + 1, len(rows)):
                f = rows[k][i] / rows[i][i]
                rows[k] = [a - f * b for a, b in zip(rows[k], rows[i])]
        return result

    def inverse(self):
        n = self.shape[0]
        rows = [r + i for r, i in zip([r[:] for r in self.rows], Matrix.identity(n).rows)]
        for i in range(n):
            pivot = next((k for k in range(i, n) if rows[k][i]), None)
            if pivot is None:
                raise ZeroDivisionError("singular matrix")
            rows[i], rows[pivot] = rows[pivot], rows[i]
            rows[i] = [a / rows[i][i] for a in rows[i]]
            for k in range(n):
                if k != i and rows[k][i]:
                    rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i])]
        return Matrix([r[n:] for r in rows])

    def __str__(self):
        width = max(len(repr(a)) for r in self.rows for a in r)
        return "\n".join("[" + " ".join(f"{a:>{width}}" for a in r) + "]" for r in self.rows)


m = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]])
print(m, m.shape, m.determinant(), sep="\n")
print(m.inverse())
print(m @ m.inverse() == Matrix.identity(3), m.T == m, (2 * m)[1], m[0, 1], m[:2, 1:].rows)
print(m ** 5)
m[0, 0] = Fraction(1, 3)
print(m + m)
fib = Matrix([[1, 1], [1, 0]]) ** 90
print(fib[0, 1])
for bad in (lambda: Matrix([[1, 2], [2, 4]]).inverse(), lambda: m @ Matrix([[1, 2]]), lambda: Matrix([[1], [1, 2]]), lambda: Fraction(1) / 0):
    try:
        bad()
    except (ZeroDivisionError, ValueError) as error:
        print(type(error).__name__, error)
hilbert = Matrix([[Fraction(1, i + j + 1) for j in range(5)] for i in range(5)])
print(hilbert.determinant(), hilbert.inverse())
