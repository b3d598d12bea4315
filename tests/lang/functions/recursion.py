"""Recursion: deep, mutual, and the limit that ends in RecursionError."""
import sys


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(500))


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


print(even(100), odd(101), even(7))


def forever(n=0):
    return forever(n + 1)


try:
    forever()
except RecursionError as error:
    print(type(error).__name__, str(error).split(" in ")[0].split(" while")[0])


class Loop:
    def __getattr__(self, name):
        return getattr(self, name + "x")


try:
    Loop().y
except RecursionError:
    print("getattr recursion")


class ReprLoop:
    def __repr__(self):
        return repr(self)


try:
    repr(ReprLoop())
except RecursionError:
    print("repr recursion")


class EqLoop:
    def __eq__(self, other):
        return other == self


try:
    EqLoop() == EqLoop()
except RecursionError:
    print("eq recursion")
nested = []
for _ in range(100000):
    nested = [nested]
try:
    repr(nested)
    print("no error")
except RecursionError as error:
    print("deep repr:", str(error)[:32])
try:
    nested == nested[0]
    print("no error")
except RecursionError as error:
    print("deep compare:", str(error)[:32])
del nested
print("deep list freed")
old = sys.getrecursionlimit()
print(old)
sys.setrecursionlimit(3000)
print(depth(2500))
sys.setrecursionlimit(old)
for bad in (0, -1, "a"):
    try:
        sys.setrecursionlimit(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


print(hanoi(10, "A", "B", "C"))


def in_finally(n):
    try:
        return in_finally(n + 1)
    except RecursionError:
        return "caught inside"


print(in_finally(0))
