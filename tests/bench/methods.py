"""Methods and attributes: inheritance, super, properties, class and static methods, slots,
bound methods kept in variables."""


class Shape:
    instances = 0

    def __init__(self, name):
        self.name = name
        Shape.instances += 1

    def area(self):
        return 0

    def scaled(self, factor):
        return self.area() * factor

    @classmethod
    def unit(cls):
        return cls(1)

    @staticmethod
    def clip(value):
        return value % 65536


class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self._side = side

    @property
    def side(self):
        return self._side

    @side.setter
    def side(self, value):
        self._side = Shape.clip(value)

    def area(self):
        return self.side * self.side


class Cube(Square):
    __slots__ = ()

    def area(self):
        return 6 * super().area()


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y


def main():
    total = 0
    shapes = [Square(3), Cube(2), Square.unit(), Cube.unit()]
    for i in range(220000):
        for shape in shapes:
            total += shape.scaled(2)
        shapes[i & 3].side += 1
    print(total, Shape.instances)
    point = Point(0, 0)
    step = Point(1, -1)
    for _ in range(500000):
        point = point.moved(2, 3) + step
    print(point.x, point.y, point == Point(1500000, 1000000))
    values = []
    append = values.append
    for i in range(2000000):
        append(i)
    print(len(values))


main()
