"""An uncaught exception ends the program with a traceback."""


def inner(n):
    return 10 / n


def outer(n):
    total = 1 + inner(n)
    return total


print("before")
outer(0)
print("never")
