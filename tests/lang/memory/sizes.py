"""sys.getsizeof grows as the contents grow."""
import sys

size = sys.getsizeof
print(size([]) > 0, size([1] * 100) >= size([]) + 800, size((1,)) < size((1, 2)), size("a" * 100) >= 100, size("é" * 100) > size(""), size(10 ** 100) > size(1), size({i: i for i in range(100)}) > size({}), size(set(range(100))) > size(set()))
print(size("a" * 1000) < size("€" * 1000) < size("😀" * 1000))


class C:
    def __sizeof__(self):
        return 10


print(size(C()) >= 10)


class Bad:
    def __sizeof__(self):
        return -1


class Worse:
    def __sizeof__(self):
        return "x"


for bad in (Bad(), Worse()):
    try:
        size(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(size(5, "default") > 0, [].__sizeof__() > 0)
try:
    size()
except TypeError as error:
    print("TypeError")
