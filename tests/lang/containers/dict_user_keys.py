"""Dict and set with keys whose hash and equality are written in Python, and act up."""


class Key:
    def __init__(self, name, h=1):
        self.name, self.h = name, h

    def __hash__(self):
        log.append(f"hash {self.name}")
        return self.h

    def __eq__(self, other):
        log.append(f"eq {self.name} {getattr(other, 'name', other)}")
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return self.name


log = []
a, b, c = Key("a"), Key("b"), Key("c", 2)
d = {a: 1}
print(log); log.clear()
d[b] = 2; print(log); log.clear()
d[c] = 3; print(log); log.clear()
print(d[a], log); log.clear()
print(d[Key("b")], log); log.clear()
print(Key("z") in d, log); log.clear()
print(d.get(Key("c", 2)), log); log.clear()
del d[b]; print(log, d); log.clear()
s = {a, b}; print(len(s), log); log.clear()


class Mutating:
    def __init__(self, target):
        self.target = target

    def __hash__(self):
        return 5

    def __eq__(self, other):
        self.target.clear()
        return False


d = {}
m = Mutating(d)
d[m] = 1
d[Mutating(d)] = 2
print(len(d))


class Unstable:
    count = 0

    def __hash__(self):
        Unstable.count += 1
        return Unstable.count


u = Unstable()
d = {u: 1}
print(u in d, list(d) == [u], len(d))


class Raises:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        raise ValueError(f"eq {self.n}")


d = {Raises(1): 1}
try:
    d[Raises(2)] = 2
except ValueError as error:
    print(error)
print(len(d))
try:
    {Raises(1), Raises(2)}
except ValueError as error:
    print(error)
try:
    Raises(3) in d
except ValueError as error:
    print(error)


class StrKey(str):
    def __hash__(self):
        return hash("other")

    def __eq__(self, other):
        return str.__eq__(self, other)


d = {"other": 1, StrKey("mine"): 2}
print(d.get("mine"), d.get(StrKey("mine")), d["other"], len(d))
print({1: "a", 1.0: "b", 1 + 0j: "c", True: "d"}, {0: 1, 0.0: 2, False: 3}, {"1": 1, 1: 2})
nan = float("nan")
print({nan: 1}.get(nan), {nan: 1}.get(float("nan")), len({nan, nan, float("nan")}))
d = {}
for i in range(200):
    d[i << 32] = i
    d[-i] = i
print(len(d), d[5 << 32], d[-199], sum(d.values()))
tuples = {(i, j): i * j for i in range(20) for j in range(20)}
print(tuples[7, 8], (20, 0) in tuples, sum(tuples.values()))
