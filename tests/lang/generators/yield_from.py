"""yield from: values, send, throw, close and return pass through, for generators and others."""


def inner():
    try:
        x = yield 1
        print("inner got", x)
        y = yield 2
        print("inner got", y)
        return "inner result"
    except ValueError as error:
        print("inner caught", error)
        yield "recovered"
        return "after error"
    finally:
        print("inner finally")


def outer():
    result = yield from inner()
    print("result", result)
    yield result


g = outer()
print(next(g), g.send("a"), g.send("b"))
print(next(g, "end"))
g = outer()
print(next(g), g.throw(ValueError("thrown")), next(g))
g = outer()
next(g)
print(g.gi_yieldfrom.__name__)
g.close()
g = outer()
next(g)
try:
    g.throw(KeyError("x"))
except KeyError as error:
    print("out", error)


def others():
    yield from [1, 2]
    yield from "ab"
    yield from {"k": 1}
    yield from range(2)
    yield from (x * x for x in (2, 3))
    return "done"


print(list(others()))


def chain(*its):
    for it in its:
        yield from it


print(list(chain([1], (), "x", {2: 3})))


def delegating(n):
    if n:
        yield n
        yield from delegating(n - 1)


print(list(delegating(50))[-3:])


class Custom:
    def __iter__(self):
        return self

    def __init__(self):
        self.n = 0

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("custom value")
        return self.n

    def send(self, value):
        print("send", value)
        return self.__next__()

    def throw(self, *args):
        print("throw", args[0] if isinstance(args[0], type) else type(args[0]).__name__)
        return "from throw"

    def close(self):
        print("close")


def use():
    result = yield from Custom()
    yield result


g = use()
print(next(g), g.send("v"), g.throw(ValueError), next(g), next(g))
g = use()
next(g)
g.close()


def no_send():
    yield from [1, 2, 3]


g = no_send()
next(g)
try:
    g.send(1)
except AttributeError as error:
    print(error)
g = no_send()
next(g)
try:
    g.throw(LookupError("plain iterator"))
except LookupError as error:
    print(error)
try:
    list((lambda: (yield from 5))())
except TypeError as error:
    print(error)


def tree(t):
    if isinstance(t, list):
        total = 0
        for sub in t:
            total += yield from tree(sub)
        return total
    yield t
    return t


def total(t):
    result = yield from tree(t)
    yield ("total", result)


print(list(total([1, [2, [3, 4]], 5])))
