"""Very deep structures are freed without harm."""
l = None
for i in range(200000):
    l = [l]
del l
t = ()
for i in range(200000):
    t = (t,)
del t
d = {}
for i in range(100000):
    d = {"k": d}
del d


class Node:
    def __init__(self, next):
        self.next = next


n = None
for i in range(100000):
    n = Node(n)
count = 0
m = n
while m is not None:
    count += 1
    m = m.next
print(count)
del n


class Counted:
    freed = 0

    def __init__(self, next):
        self.next = next

    def __del__(self):
        Counted.freed += 1


c = None
for i in range(50000):
    c = Counted(c)
c = None
print(Counted.freed)


def gen(inner):
    yield from inner


g = iter(())
for i in range(400):
    g = gen(g)
print(list(g))
f = lambda: 0
for i in range(50000):
    f = (lambda inner: lambda: inner)(f)
del f
e = None
for i in range(50000):
    new = ValueError()
    new.__context__ = e
    e = new
del e, new
mixed = None
for i in range(50000):
    mixed = [(mixed, {"k": mixed})] if i % 2 else {i: (mixed,)}
del mixed
print("all freed")
