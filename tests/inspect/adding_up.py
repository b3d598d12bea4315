# Random heaps: the slots of every object of the process add up to its reference count.  What the
# command line itself holds of the program that it runs is native code's.

import collections
import functools
import itertools
import random
import types
import weakref

import _ouro


def audit(when, native=False):
    count, texts = _ouro.audit()
    if native:  # C code that is running holds some: none may have more slots than references
        texts = [text for text in texts if more_slots(text)]
    else:
        texts = [text for text in texts if name_of(text) not in at_start]
    print(when, texts)


def name_of(text):
    return text.rsplit(": ", 1)[0]


def more_slots(text):
    slots, count = text.rsplit(": ", 1)[1].split(" slots, count ")
    return int(slots) > int(count)


class Plain:
    def __init__(self, value=None):
        self.value = value

    def method(self):
        return self.value


class Slots:
    __slots__ = "a", "b"


class List(list):
    pass


class Dict(dict):
    pass


class Tuple(tuple):
    pass


Named = collections.namedtuple("Named", "first second")


def closure(value):
    return lambda: value


def generator(*values):
    for value in values:
        yield value


def suspended(*values):
    g = generator(*values)
    next(g, None)
    return g


def slots(a, b):
    s = Slots()
    s.a, s.b = a, b
    return s


def raised(value):
    try:
        raise KeyError(value)
    except KeyError as error:
        return error


def opened(value):
    p = Plain(value)
    p.__dict__["more"] = value
    return p


MAKERS = [
    lambda a, b: [a, b, a], lambda a, b: (a, b), lambda a, b: {1: a, "k": b}, lambda a, b: Plain(a),
    lambda a, b: opened(a), slots, lambda a, b: List([a]), lambda a, b: Dict(x=b),
    lambda a, b: Tuple((a, b)), Named, lambda a, b: closure(a), suspended,
    lambda a, b: Plain(a).method, lambda a, b: functools.partial(max, a, key=b),
    lambda a, b: collections.deque([a, b]), lambda a, b: collections.OrderedDict(a=a, b=b),
    lambda a, b: collections.defaultdict(list, a=a), lambda a, b: iter([a, b]),
    lambda a, b: zip([a], [b]), lambda a, b: enumerate([a]), lambda a, b: map(str, [a, b]),
    lambda a, b: filter(None, [b]), lambda a, b: reversed([a]), lambda a, b: itertools.chain([a], [b]),
    lambda a, b: itertools.cycle([a]), lambda a, b: itertools.tee([a, b])[0],
    lambda a, b: itertools.product([a], [b]), lambda a, b: types.SimpleNamespace(a=a, b=b),
    lambda a, b: raised(a), lambda a, b: property(closure(a)), lambda a, b: slice(a, b),
    lambda a, b: classmethod(closure(b)), lambda a, b: type("Made", (), {"a": a}),
    lambda a, b: weakref.ref(Plain(a)), lambda a, b: random.random(), lambda a, b: str(random.random()),
    lambda a, b: {random.random(), str(id(a))}, lambda a, b: range(10 ** 30), lambda a, b: [a].append,
    lambda a, b: types.MappingProxyType({"a": a}), lambda a, b: iter({"a": a}.items()),
    lambda a, b: memoryview(bytes(5)), lambda a, b: super(List, List()), lambda a, b: frozenset([1.5]),
    lambda a, b: Exception(a, b), lambda a, b: dict.fromkeys([str(id(a))], b).values(),
]


def grow(seed, size):
    random.seed(seed)
    heap = [None, 1, "text"]
    for _ in range(size):
        maker = random.choice(MAKERS)
        heap.append(maker(random.choice(heap), random.choice(heap)))
        thing = random.choice(heap)
        if type(thing) in (list, List):
            thing.append(random.choice(heap))
        elif type(thing) is Plain:
            setattr(thing, random.choice("abcdefgh"), random.choice(heap))
        if random.random() < 0.2:
            del heap[random.randrange(3, len(heap))]
    return heap


def deep(n, heap):
    if n:
        return deep(n - 1, heap)
    audit("inside of calls")
    return heap


at_start = {name_of(text) for text in _ouro.audit()[1]}
print(len(at_start) < 20, any(map(more_slots, _ouro.audit()[1])))
for seed in range(6):
    kept = grow(seed, 400)
    audit("heap %d" % seed)
    deep(20, kept)


def pausing(heap):
    for item in heap:
        audit("in a generator", True)
        yield item


next(pausing(kept))
sorted([kept, kept], key=lambda heap: audit("in a sort", True) or 1)
del kept
audit("at the end")
