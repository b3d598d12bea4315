"""Generators as pipelines, coroutines and state machines."""


def producer(text):
    for line in text.splitlines():
        yield line


def strip(lines):
    for line in lines:
        line = line.strip()
        if line:
            yield line


def numbered(lines, start=1):
    n = start
    for line in lines:
        reset = yield n, line
        n = reset if reset is not None else n + 1


text = """
 alpha
beta

  gamma  """
print(list(numbered(strip(producer(text)))))
g = numbered(strip(producer(text)))
print(next(g), g.send(10), next(g))


def coroutine(function):
    def start(*args):
        c = function(*args)
        next(c)
        return c
    return start


@coroutine
def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        if value is None:
            return (total, count)
        total += value
        count += 1
        average = total / count


a = averager()
print(a.send(10), a.send(20), a.send(60))
try:
    a.send(None)
except StopIteration as stop:
    print(stop.value)


@coroutine
def splitter(even, odd):
    while True:
        n = yield
        (odd if n % 2 else even).send(n)


@coroutine
def collector(out):
    try:
        while True:
            out.append((yield))
    finally:
        out.append("closed")


evens, odds = [], []
ce, co = collector(evens), collector(odds)
s = splitter(ce, co)
for n in range(7):
    s.send(n)
ce.close()
co.close()
print(evens, odds)


def light():
    while True:
        for colour, steps in (("green", 2), ("amber", 1), ("red", 2)):
            for _ in range(steps):
                command = yield colour
                if command == "reset":
                    break
            if command == "reset":
                break


l = light()
print([next(l) for _ in range(7)], l.send("reset"), next(l))


def scheduler(tasks):
    queue = list(tasks)
    while queue:
        name, task = queue.pop(0)
        try:
            step = next(task)
        except StopIteration as stop:
            yield name, "done", stop.value
        else:
            yield name, step, None
            queue.append((name, task))


def task(n):
    for i in range(n):
        yield i
    return n * 100


for event in scheduler([("a", task(2)), ("b", task(1)), ("c", task(0))]):
    print(event)


def primes():
    def drop(p, it):
        for n in it:
            if n % p:
                yield n

    def naturals(n):
        while True:
            yield n
            n += 1
    it = naturals(2)
    while True:
        p = next(it)
        yield p
        it = drop(p, it)


p = primes()
print([next(p) for _ in range(25)])


def permutations(items):
    if not items:
        yield []
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [item] + rest


print(["".join(p) for p in permutations(list("abc"))])
