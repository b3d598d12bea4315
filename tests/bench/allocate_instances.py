"""A million small instances, kept and released."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def main():
    checksum = 0
    points = [Point(i, i + 1) for i in range(1000000)]
    for point in points[::1000]:
        checksum += point.x + point.y
    print(len(points), checksum)


main()
