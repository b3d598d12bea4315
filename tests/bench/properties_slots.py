"""Classes with __slots__, properties, class and static methods, and operators."""


class Vector:
    __slots__ = ("_x", "_y")
    made = 0

    def __init__(self, x, y):
        self._x = x
        self._y = y

    @property
    def x(self):
        return self._x

    @x.setter
    def x(self, value):
        self._x = value

    @property
    def y(self):
        return self._y

    @classmethod
    def diagonal(cls, n):
        return cls(n, n)

    @staticmethod
    def clamp(n):
        return n if n < 1000 else n - 1000

    def __add__(self, other):
        return Vector(self._x + other._x, self._y + other._y)

    def __eq__(self, other):
        return self._x == other._x and self._y == other._y

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return self._y if index else self._x


class Moving(Vector):
    __slots__ = ("speed",)

    def __init__(self, x, y, speed):
        super().__init__(x, y)
        self.speed = speed

    @property
    def x(self):
        return self._x + self.speed


def main():
    total = Vector(0, 0)
    checksum = 0
    for i in range(500000):
        v = Vector.diagonal(i)
        v.x = Vector.clamp(v.x)
        total = total + v
        checksum += v.x + v.y + len(v) + v[0] + (v == total)
        if i % 4 == 0:
            checksum += Moving(i, 1, 2).x
    print(checksum, total.x, total.y)


main()
