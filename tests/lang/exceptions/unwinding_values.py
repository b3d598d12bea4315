"""Values on the stack are dropped when an exception passes through half-evaluated expressions."""


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def __add__(self, other):
        return self


def fail():
    raise ValueError("fail")


def in_call(*args):
    pass


for expression in (lambda: in_call(Noisy("a"), Noisy("b"), fail()),
                   lambda: [Noisy("c"), fail()],
                   lambda: (Noisy("d"), {1: Noisy("e"), fail(): 2}),
                   lambda: Noisy("f") + fail(),
                   lambda: {"k": Noisy("g"), **fail()},
                   lambda: f"{Noisy('h') and 1} {fail()}",
                   lambda: [x for x in (Noisy("i"),) if fail()],
                   lambda: in_call(*[Noisy("j")], k=fail()),
                   lambda: Noisy("k") < fail() < 1):
    try:
        expression()
    except ValueError as error:
        print("caught", error)
for item in [Noisy("loop1"), Noisy("loop2")]:
    try:
        for inner in [1, 2]:
            fail()
    except ValueError:
        print("in loop", item.name)
del item


def with_locals():
    local = Noisy("local")
    fail()


try:
    with_locals()
except ValueError:
    print("handler: the traceback keeps the frame")
print("done")


def swap_fail():
    a, b = Noisy("p"), Noisy("q")
    a, b = b, fail()


try:
    swap_fail()
except ValueError:
    pass
print("end")
