"""Default values: evaluated once, shared, changeable, and seen in attributes."""


def appending(item, items=[]):
    items.append(item)
    return items


print(appending(1), appending(2), appending(3, []), appending(4))
print(appending.__defaults__)


def log(name):
    print("default of", name)
    return name


def ordered(a=log("a"), *, k=log("k"), **rest):
    return a, k


print(ordered(), ordered(1, k=2))
n = 1


def captured(x=n):
    return x


n = 2
print(captured())
captured.__defaults__ = (99,)
print(captured())
captured.__defaults__ = None
try:
    captured()
except TypeError as error:
    print(error)
ordered.__kwdefaults__ = {"k": "new"}
print(ordered())
ordered.__kwdefaults__["k"] = "newer"
print(ordered())
del ordered.__kwdefaults__
try:
    ordered()
except TypeError as error:
    print(error)


def expression(a, b=lambda: "inner", c=(1, 2), d={"k": []}):
    return b(), c, d


print(expression(0))


def uses_class():
    class D:
        x = 5

        def m(self, y=x):
            return y

    return D().m()


print(uses_class())


def recursive(n, path=()):
    if n == 0:
        return path
    return recursive(n - 1, path + (n,))


print(recursive(4))
for bad in (1, [1]):
    try:
        captured.__defaults__ = bad
    except TypeError as error:
        print(error)
