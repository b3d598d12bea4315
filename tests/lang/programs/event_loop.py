"""A scheduler of generator tasks with sleep, messages, results, errors and cancellation."""


class Task:
    ids = 0

    def __init__(self, loop, generator, name):
        Task.ids += 1
        self.id, self.loop, self.generator, self.name = Task.ids, loop, generator, name
        self.result = self.error = None
        self.done = False
        self.waiters = []

    def step(self, value=None, error=None):
        try:
            request = self.generator.throw(error) if error else self.generator.send(value)
        except StopIteration as stop:
            self.finish(result=stop.value)
        except Exception as problem:
            self.finish(error=problem)
        else:
            self.loop.handle(self, request)

    def finish(self, result=None, error=None):
        self.done, self.result, self.error = True, result, error
        self.loop.log(f"{self.name} {'failed: ' + repr(error) if error else 'returned ' + repr(result)}")
        for waiter in self.waiters:
            self.loop.ready.append((waiter, result, error))


class Loop:
    def __init__(self):
        self.time = 0
        self.ready = []
        self.sleeping = []
        self.queues = {}
        self.sequence = 0

    def log(self, text):
        print(f"[{self.time:>3}] {text}")

    def spawn(self, generator, name):
        task = Task(self, generator, name)
        self.ready.append((task, None, None))
        return task

    def handle(self, task, request):
        kind, *args = request
        if kind == "sleep":
            self.sequence += 1
            self.sleeping.append((self.time + args[0], self.sequence, task))
            self.sleeping.sort(key=lambda s: s[:2])
        elif kind == "spawn":
            self.ready.append((task, self.spawn(*args), None))
        elif kind == "join":
            if args[0].done:
                self.ready.append((task, args[0].result, args[0].error))
            else:
                args[0].waiters.append(task)
        elif kind == "put":
            waiting, items = self.queues.setdefault(args[0], ([], []))
            if waiting:
                self.ready.append((waiting.pop(0), args[1], None))
            else:
                items.append(args[1])
            self.ready.append((task, None, None))
        elif kind == "get":
            waiting, items = self.queues.setdefault(args[0], ([], []))
            if items:
                self.ready.append((task, items.pop(0), None))
            else:
                waiting.append(task)
        elif kind == "cancel":
            self.sleeping = [s for s in self.sleeping if s[2] is not args[0]]
            self.ready.append((args[0], None, RuntimeError("cancelled")))
            self.ready.append((task, None, None))

    def run(self):
        while self.ready or self.sleeping:
            if self.ready:
                task, value, error = self.ready.pop(0)
                if not task.done:
                    task.step(value, error)
            else:
                self.time, _, task = self.sleeping.pop(0)
                self.ready.append((task, None, None))


loop = Loop()


def producer(n):
    for i in range(n):
        yield "sleep", 2
        yield "put", "channel", i * i
    yield "put", "channel", None
    return "produced"


def consumer(name):
    total = 0
    while (item := (yield "get", "channel")) is not None:
        loop.log(f"{name} got {item}")
        total += item
    return total


def sleeper():
    try:
        yield "sleep", 1000
    except RuntimeError as error:
        loop.log(f"sleeper: {error}")
        yield "sleep", 1
        raise
    finally:
        loop.log("sleeper cleans up")


def nested(depth):
    if depth == 0:
        yield "sleep", 1
        raise ValueError("at the bottom")
    child = yield "spawn", nested(depth - 1), f"nested{depth - 1}"
    try:
        yield "join", child
    except ValueError as error:
        if depth < 3:
            raise
        return f"caught {error}"


def main():
    p = yield "spawn", producer(3), "producer"
    c = yield "spawn", consumer("consumer"), "consumer"
    s = yield "spawn", sleeper(), "sleeper"
    n = yield "spawn", nested(3), "nested3"
    print((yield "join", p), (yield "join", c), (yield "join", n))
    yield "cancel", s
    try:
        yield "join", s
    except RuntimeError as error:
        return f"main saw {error!r}"


loop.spawn(main(), "main")
loop.run()
