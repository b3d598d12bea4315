"""__del__ runs at once when the last reference goes, and in which order."""


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = Noisy("a")
a = Noisy("a2")
print("rebound")
del a
b = c = Noisy("bc")
del b
print("one left")
c = None
l = [Noisy("l0"), Noisy("l1"), Noisy("l2")]
del l[1]
l[0] = 0
l.clear()
print("cleared")
d = {"k": Noisy("dk")}
d["k"] = 1
d["j"] = Noisy("dj")
d.pop("j")
print("popped")


def scope():
    x = Noisy("x")
    y = Noisy("y")
    print("leaving")


scope()


def argument(n):
    n = None
    print("inside")


argument(Noisy("argument"))
Noisy("temporary")
print("statement done")
t = (Noisy("t0"), Noisy("t1"))
del t


class Holder:
    def __init__(self):
        self.first = Noisy("first")
        self.second = Noisy("second")

    def __del__(self):
        print("holder del sees", self.first.name)


h = Holder()
del h
for i in range(2):
    n = Noisy(f"loop{i}")
print("after loop")
del n


def gen():
    g = Noisy("in generator")
    yield 1
    print("never")


it = gen()
next(it)
it = None
print("generator gone")
x = Noisy("swap1")
y = Noisy("swap2")
x, y = y, x
del x
del y


class Resurrect:
    saved = None

    def __del__(self):
        print("resurrecting")
        Resurrect.saved = self


r = Resurrect()
r = None
print(Resurrect.saved is not None)
Resurrect.saved = None
print("gone for good")
s = {Noisy("in set")}
s.pop()
print([Noisy("in display")] and "evaluated")
f = lambda v=Noisy("default"): v
del f


def chain():
    return Noisy("c1"), Noisy("c2")


chain()[0]
print("chain done")
nested = [[[Noisy("deep")]]]
nested[0] = None


class Raises:
    def __init__(self):
        self.n = Noisy("member of failed")
        raise ValueError


try:
    Raises()
except ValueError:
    print("handler")
print("last line")
