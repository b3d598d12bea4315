"""with: order of calls, several items, suppression, exceptions in enter and exit, targets."""


class Manager:
    def __init__(self, name, suppress=False, fail_enter=False, fail_exit=False):
        self.name = name
        self.suppress = suppress
        self.fail_enter = fail_enter
        self.fail_exit = fail_exit

    def __enter__(self):
        print("enter", self.name)
        if self.fail_enter:
            raise RuntimeError("enter " + self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        if self.fail_exit:
            raise KeyError("exit " + self.name)
        return self.suppress


with Manager("a") as a:
    print("body", a)
with Manager("a") as a, Manager("b") as b:
    print("body", a, b)
with (
    Manager("c") as c,
    Manager("d"),
):
    print("body", c)
with Manager("s", suppress=True):
    raise ValueError("swallowed")
print("after suppression")
try:
    with Manager("outer"), Manager("inner"):
        raise ValueError("through both")
except ValueError as error:
    print("caught", error)
with Manager("outer", suppress=True), Manager("inner", fail_exit=True):
    1 / 0
try:
    with Manager("x"), Manager("y", fail_enter=True):
        print("never")
except RuntimeError as error:
    print("caught", error)
try:
    with Manager("z", fail_exit=True):
        1 / 0
except KeyError as error:
    print(repr(error), "context:", repr(error.__context__))


def returning():
    with Manager("r"):
        return "value"


print(returning())


def breaking():
    for i in range(3):
        with Manager(str(i)):
            if i == 0:
                continue
            break
    return i


print(breaking())
holder = {}
with Manager("t") as holder["key"]:
    pass
print(holder)
with Manager("pq") as (p, q):
    print(p, q)
for thing in (object(), 5):
    try:
        with thing:
            pass
    except TypeError as error:
        print(error)


class OnlyEnter:
    def __enter__(self):
        return self


try:
    with OnlyEnter():
        pass
except TypeError as error:
    print(error)
