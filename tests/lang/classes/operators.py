"""Operator methods, reflected forms, NotImplemented, and priority of subclasses."""


class V:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"{type(self).__name__}({self.x})"

    def __add__(self, other):
        if isinstance(other, V):
            return V(self.x + other.x)
        if isinstance(other, int):
            return V(self.x + other)
        return NotImplemented

    __radd__ = __add__

    def __mul__(self, other):
        return V(self.x * other)

    def __rmul__(self, other):
        return ("rmul", other)

    def __matmul__(self, other):
        return "matmul"

    def __divmod__(self, other):
        return "divmod", other

    def __rdivmod__(self, other):
        return "rdivmod", other

    def __pow__(self, other, mod=None):
        return "pow", other, mod

    def __rpow__(self, other, mod=None):
        return "rpow", other

    def __neg__(self):
        return V(-self.x)

    def __round__(self, n=None):
        return "round", n

    def __trunc__(self):
        return 7

    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __abs__(self):
        return V(abs(self.x))

    def __int__(self):
        return 42

    def __float__(self):
        return 4.2

    def __complex__(self):
        return 1 + 2j

    def __index__(self):
        return 3


v, w = V(1), V(2)
print(v + w, v + 5, 5 + v, sum([v, w, V(3)]), v * 3, 3 * v, v @ w, divmod(v, 2), divmod(2, v))
print(v ** 2, pow(v, 2, 5), 2 ** v, -v, abs(-v), round(v), round(v, 2))
print(int(v), float(v), complex(v), hex(v), [0, 1, 2, 3, 4][v], "ab" * v, list(range(v)), bin(v))
import math
print(math.floor(v), math.ceil(v), math.trunc(v))
for source in ("v + 'a'", "'a' + v", "v - 1", "1 - v", "v << 2", "v / w", "~v", "v.__add__('a')", "v @ 1"):
    try:
        print(source, "->", eval(source))
    except TypeError as error:
        print(source, "->", error)


class Sub(V):
    def __radd__(self, other):
        return "Sub.radd first"


print(V(1) + Sub(2), Sub(1) + V(2))


class SameSub(V):
    pass


print(V(1) + SameSub(2))


class Left:
    def __sub__(self, other):
        print("Left.sub", end=" ")
        return NotImplemented

    def __eq__(self, other):
        print("Left.eq", end=" ")
        return NotImplemented

    def __lt__(self, other):
        print("Left.lt", end=" ")
        return NotImplemented


class Right:
    def __rsub__(self, other):
        print("Right.rsub", end=" ")
        return "done"

    def __eq__(self, other):
        print("Right.eq", end=" ")
        return "equal"

    def __gt__(self, other):
        print("Right.gt", end=" ")
        return "greater"


print(Left() - Right())
print(Left() == Right())
print(Left() < Right())
try:
    Left() - Left()
except TypeError as error:
    print(error)
l = Left()
print(l == l)
print(Left() == 5)


class Cancel:
    __radd__ = None
    __hash__ = None
    __iter__ = None


for source in ("1 + Cancel()", "hash(Cancel())", "iter(Cancel())"):
    try:
        eval(source)
    except TypeError as error:
        print(source, "->", error)
