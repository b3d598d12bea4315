"""Precedence, associativity and evaluation order of operators."""


class Log:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


def binary(symbol):
    def method(self, other):
        return Log(f"({self}{symbol}{other})")
    return method


def unary(symbol):
    def method(self):
        return Log(f"({symbol}{self})")
    return method


for name, symbol in dict(add="+", sub="-", mul="*", truediv="/", floordiv="//", mod="%", pow="**",
                         lshift="<<", rshift=">>", and_="&", xor="^", or_="|", matmul="@").items():
    setattr(Log, f"__{name.rstrip('_')}__", binary(symbol))
for name, symbol in dict(neg="-", pos="+", invert="~").items():
    setattr(Log, f"__{name}__", unary(symbol))
a, b, c, d = map(Log, "abcd")
print(a + b * c - d)
print(a ** b ** c)
print(-a ** -b)
print(a << b + c & d ^ a | b)
print(~a * -b @ +c)
print(a - b - c, a / b / c, a // b % c)
print(a | b & c ^ d >> a)
print((a + b) * (c - d))
print(-a + b, -(a + b))


def f(n):
    print(n, end=" ")
    return n


print(f(1) + f(2) * f(3) ** f(4))
print([f(1), f(2)][f(0)], {f(1): f(2), f(3): f(4)})
print((lambda *p, **k: (p, k))(f(1), *[f(2)], x=f(3), **{"y": f(4)}))
print(2 ** -1, -2 ** 2, (-2) ** 2, 2 ** 3 ** 2)
print(7 // 2, -7 // 2, 7 // -2, 7 % -3, -7 % 3, 7.5 // 2, -7.5 % 2)
print(not 1 == 2, not True in [False], 1 + 2 < 4)
print(1 if f(0) else f(2))
print(1 or 2 and 3, (1 or 2) and 3, not 0 or 1)
print(await_like := 3 * (y := 2) + y)
print((lambda: 1 and 2)())
