"""Generators: laziness, state, exhaustion, return values, attributes."""
log = []


def gen(n):
    log.append("start")
    for i in range(n):
        log.append(f"yield {i}")
        yield i
    log.append("end")
    return "result"


g = gen(2)
print(log, type(g).__name__, iter(g) is g)
print(next(g), log)
print(next(g), log)
try:
    next(g)
except StopIteration as stop:
    print(stop.value, log)
try:
    next(g)
except StopIteration as stop:
    print("again", stop.value)
print(list(gen(3)), sum(gen(4)), [*gen(2)], tuple(gen(0)), max(gen(3)))


def empty():
    return
    yield


print(list(empty()), next(empty(), "default"))


def expression():
    x = yield
    print("got", x)
    y = yield x
    print("got", y)
    z = (yield y) or "nothing"
    print("z", z)


g = expression()
print(next(g), g.send(1), g.send(2))
try:
    g.send(None)
except StopIteration:
    print("stopped")
g = expression()
try:
    g.send("early")
except TypeError as error:
    print(error)
print(g.gi_running, g.gi_frame is not None, g.gi_code.co_name, g.gi_yieldfrom, g.__name__, g.__qualname__)
list(gen(1))


def running():
    try:
        next(me)
    except ValueError as error:
        yield str(error)


me = running()
print(next(me))


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


import itertools
print(list(itertools.islice(fib(), 12)))
two = gen(3)
print(list(zip(two, two)))


def local_state():
    x = 1
    while x < 50:
        y = yield x
        x = x * 2 if y is None else y


g = local_state()
print(next(g), next(g), g.send(20), next(g), next(g, "end"))


def unpack():
    yield from "ab"
    yield 1, 2
    yield [3]


a, b, (c, d), [e] = unpack()
print(a, b, c, d, e)


def stop_inside():
    yield 1
    raise StopIteration("inner")


try:
    list(stop_inside())
except RuntimeError as error:
    print(error, repr(error.__cause__))
g = gen(5)
next(g)
del g
print(sum(1 for _ in gen(3)), any(x > 1 for x in gen(9)), all(x < 2 for x in gen(9)))
