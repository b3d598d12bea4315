"""An exception passes through calls, loops, comprehensions, generators and builtin callbacks."""


def level3(n):
    return [10 // k for k in range(n, -1, -1)]


def level2(n):
    with_gen = (x for x in level3(n))
    return list(with_gen)


def level1(n):
    for i in range(3):
        try:
            return level2(n)
        finally:
            trace.append(i)


trace = []
try:
    level1(2)
except ZeroDivisionError as error:
    tb = error.__traceback__
    path = []
    while tb is not None:
        path.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print(path, trace)


class Key:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        if other.n == 3:
            raise ValueError("three")
        return self.n < other.n

    def __hash__(self):
        if self.n == 4:
            raise TypeError("four")
        return 1

    def __eq__(self, other):
        raise LookupError("eq")

    def __repr__(self):
        raise RuntimeError("repr")

    def __iter__(self):
        raise OSError("iter")

    def __len__(self):
        raise ArithmeticError("len")

    def __index__(self):
        raise EOFError("index")

    def __call__(self, *a):
        raise BufferError("call")

    def __bool__(self):
        raise AssertionError("bool")

    def __str__(self):
        raise NotImplementedError("str")

    def __next__(self):
        raise ReferenceError("next")

    def __getitem__(self, i):
        raise MemoryError("getitem")

    def __contains__(self, x):
        raise KeyError("contains")


k = Key(1)
tests = {
    "sorted": lambda: sorted([Key(3), Key(1), Key(3)]),
    "hash": lambda: {Key(4)},
    "dict": lambda: {Key(1): 1, Key(2): 2},
    "in list": lambda: Key(1) in [Key(2)],
    "repr": lambda: repr([k]),
    "list": lambda: list(k),
    "unpack": lambda: [*k],
    "len": lambda: len(k),
    "index": lambda: [1][k],
    "slice": lambda: "abc"[k:],
    "map": lambda: list(map(k, [1])),
    "filter": lambda: list(filter(k, [1])),
    "key": lambda: max([1, 2], key=k),
    "bool": lambda: not k,
    "any": lambda: any([k]),
    "str": lambda: str(k),
    "fstring": lambda: f"{k}",
    "join": lambda: "".join(k),
    "next": lambda: next(k),
    "contains": lambda: 1 in k,
    "sum": lambda: sum([1, 2], k),
    "range": lambda: range(k),
    "sort key": lambda: [1, 2].sort(key=k),
    "min": lambda: min([Key(1), Key(3), Key(2)]),
    "print": lambda: print(k),
    "percent": lambda: "%s" % k,
    "and": lambda: k and 1,
    "if": lambda: 1 if k else 2,
    "iter": lambda: dict(k),
    "multiply": lambda: [1] * k,
    "chr": lambda: chr(k),
}
for name, function in tests.items():
    try:
        print(name, "->", function())
    except BaseException as error:
        print(name, "->", type(error).__name__, error)
