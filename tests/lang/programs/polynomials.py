"""Polynomials with operators, evaluation, calculus, gcd, and printing."""
from functools import reduce


class Poly:
    def __init__(self, *coefficients):
        c = list(coefficients)
        while c and c[-1] == 0:
            c.pop()
        self.c = tuple(c)

    x = None

    @property
    def degree(self):
        return len(self.c) - 1

    def __getitem__(self, i):
        return self.c[i] if i < len(self.c) else 0

    def __call__(self, v):
        return reduce(lambda acc, k: acc * v + k, reversed(self.c), 0)

    @staticmethod
    def lift(o):
        return o if isinstance(o, Poly) else Poly(o)

    def __add__(self, o):
        o = Poly.lift(o)
        return Poly(*(self[i] + o[i] for i in range(max(len(self.c), len(o.c)))))

    __radd__ = __add__

    def __neg__(self):
        return Poly(*(-k for k in self.c))

    def __sub__(self, o):
        return self + -Poly.lift(o)

    def __rsub__(self, o):
        return Poly.lift(o) - self

    def __mul__(self, o):
        o = Poly.lift(o)
        out = [0] * (len(self.c) + len(o.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(o.c):
                out[i + j] += a * b
        return Poly(*out)

    __rmul__ = __mul__

    def __pow__(self, n):
        return reduce(lambda a, b: a * b, [self] * n, Poly(1))

    def __divmod__(self, o):
        if not o.c:
            raise ZeroDivisionError("polynomial division by zero")
        rest, quotient = self, Poly()
        while rest.degree >= o.degree and rest.c:
            k = rest.c[-1] // o.c[-1]
            if k * o.c[-1] != rest.c[-1]:
                raise ArithmeticError("not divisible")
            term = Poly(*[0] * (rest.degree - o.degree), k)
            quotient += term
            rest -= term * o
        return quotient, rest

    def __mod__(self, o):
        return divmod(self, o)[1]

    def __floordiv__(self, o):
        return divmod(self, o)[0]

    def __eq__(self, o):
        return self.c == Poly.lift(o).c

    def __hash__(self):
        return hash(self.c)

    def __bool__(self):
        return bool(self.c)

    def derivative(self):
        return Poly(*(i * k for i, k in enumerate(self.c) if i))

    def __str__(self):
        terms = []
        for i in range(self.degree, -1, -1):
            k = self[i]
            if k:
                body = "" if abs(k) == 1 and i else str(abs(k))
                body += "" if i == 0 else "x" if i == 1 else f"x^{i}"
                terms.append(("- " if k < 0 else "+ ") + body)
        text = " ".join(terms) or "0"
        return text[2:] if text.startswith("+ ") else text.replace("- ", "-", 1)

    __repr__ = __str__


x = Poly(0, 1)
p = (x + 1) ** 3 * (x - 2)
q = x ** 2 - 1
print(p, q, p + q, p - q, p * q, -p, 3 - x, 2 * x ** 5 + 1, Poly(), Poly(0, 0), sep="\n")
print(p(2), p(-1), p(0.5), q(10 ** 10), p.degree, p.derivative(), p.derivative().derivative())
print(divmod(p, x + 1), p // (x + 1) * (x + 1) + p % (x + 1) == p, p % (x - 2), bool(p % (x - 2)))
for bad in (lambda: p % Poly(), lambda: x ** 2 % (2 * x), lambda: p + None):
    try:
        print(bad())
    except (ZeroDivisionError, ArithmeticError, TypeError) as error:
        print(type(error).__name__, error)
print({p: "p", q: "q"}[(x + 1) * (x - 1)], [(x + k) ** 2 for k in range(3)], sum((x ** k for k in range(5)), Poly()))
cheb = [Poly(1), x]
for _ in range(6):
    cheb.append(2 * x * cheb[-1] - cheb[-2])
print(*cheb, sep="\n")
