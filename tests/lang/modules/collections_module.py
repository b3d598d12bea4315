"""collections: deque, defaultdict, OrderedDict, Counter, namedtuple, ChainMap."""
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple

d = deque([1, 2, 3], maxlen=4)
d.append(4); d.append(5); d.appendleft(0)
print(d, d.maxlen, len(d), d[0], d[-1], 2 in d, d.count(2), d.index(3), list(reversed(d)))
d.rotate(1); print(d); d.rotate(-2); print(d)
print(d.pop(), d.popleft(), d); d.extend("xyz"); print(d); d.extendleft("ab"); print(d)
e = deque("hello"); e.remove("l"); e.reverse(); e.insert(1, "!"); del e[0]; e[0] = "?"; print(e, e.copy() == e, e == deque("x"), deque([1]) + deque([2]), deque([1]) * 2, deque([1, 2]) < deque([1, 3]))
for source in ("deque().pop()", "deque().popleft()", "deque([1])[5]", "deque([1]).remove(2)", "deque(5)", "deque([1], -1)", "deque([1]).index(2)", "deque(maxlen='a')", "hash(deque())", "deque([1], maxlen=1).insert(0, 2)"):
    try:
        print(eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
try:
    for x in e:
        e.append(x)
except RuntimeError as error:
    print(error)
dd = defaultdict(list)
for word in "the cat sat on the mat".split():
    dd[len(word)].append(word)
print(dict(dd), dd, dd.get(9), 9 in dd, dd[9], 9 in dd, defaultdict(int, a=1)["b"], dd.default_factory is list, defaultdict(None, {1: 2}))
try:
    defaultdict()["k"]
except KeyError as error:
    print(repr(error))
try:
    defaultdict(5)
except TypeError as error:
    print(error)
od = OrderedDict(a=1, b=2, c=3)
od.move_to_end("a"); print(od, list(od)); od.move_to_end("c", last=False); print(od, od.popitem(), od.popitem(last=False), od)
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), list(reversed(OrderedDict(a=1, b=2))))
c = Counter("abracadabra")
print(c, c.most_common(2), c["z"], sorted(c.elements())[:6], c.total(), c + Counter("abc"), c - Counter("aaaaab"), c & Counter("aab"), c | Counter("zz"), +Counter(a=-1, b=2), -Counter(a=-1))
c.update("aaa"); c.subtract({"a": 10}); print(c["a"], c.most_common()[0], Counter(a=1) == Counter(a=1, b=0), Counter([1, 1, 2]) <= Counter([1, 1, 2, 3]), Counter(), Counter({"x": 2}))
P = namedtuple("P", "x y z", defaults=[0])
p = P(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, P._field_defaults, P._make([7, 8, 9]), p == (1, 2, 0), isinstance(p, tuple), P.__doc__, hash(p) == hash((1, 2, 0)), [*p])
a, b, z = p
print(a, b, z, P.__name__, p._fields, namedtuple("Q", ["a", "def", "a"], rename=True)._fields, P.x.__doc__)
for source in ("P()", "P(1)", "P(1, 2, 3, 4)", "P(1, 2, w=3)", "p.nope", "p._replace(q=1)", "namedtuple('A', 'a a')", "namedtuple('A', 'class')", "namedtuple('1', 'a')", "namedtuple('A', '_a')", "P._make([1])", "setattr(p, 'x', 5)"):
    try:
        print(eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(m["a"], m["b"], len(m), dict(m), sorted(m), m.maps, m.new_child({"c": 4})["c"], m.parents["a"], "b" in m)
m["b"] = 9
print(m, m.maps[1]["b"])
