"""if/elif/else, truth values, and the values of and, or, not."""


def classify(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"


print([classify(n) for n in (-5, 0, 7, 70)])


class Truthy:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("bool", self.value, end=" ")
        return self.value

    def __repr__(self):
        return f"Truthy({self.value})"


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for value in (0, 1, 0.0, -0.0, 0j, 1j, "", "0", b"", [], [0], (), {}, {0: 0}, set(), None, ...,
              range(0), range(1), Sized(0), Sized(2), object):
    print(bool(value), end=" ")
print()
print(Truthy(True) and Truthy(False))
print(Truthy(False) and Truthy(True))
print(Truthy(True) or Truthy(False))
print(Truthy(False) or Truthy(True))
print(not Truthy(True))
print(1 and 2 or 3, 0 and 2 or 3, 1 or undefined, 0 and undefined)
print("" or [] or 0 or None, 1 and "x" and [2])
print("yes" if Truthy(True) else "no", "yes" if Truthy(False) else "no")
print(1 if 0 else 2 if 0 else 3)
if Truthy(True) and not Truthy(False):
    print("and not")
if not (Truthy(False) or Truthy(False)):
    print("neither")


class BadBool:
    def __bool__(self):
        return 1


class BadLen:
    def __len__(self):
        return -1


class FloatLen:
    def __len__(self):
        return 1.5


for bad in (BadBool(), BadLen(), FloatLen()):
    try:
        if bad:
            pass
    except Exception as error:
        print(type(error).__name__, error)
x = 5
if x: print("one line")
if x > 3: x -= 1; print(x)
if x == 4:
    pass
else:
    print("no")
