"""Locals go when their frame is left already: __del__ sees the caller."""
import sys
class A:
    def __del__(s):
        f = sys._getframe(1); print(f.f_code.co_name, f.f_lineno)
def f():
    x = A()
    return 1
def g():
    f()
g()
def h():
    x = A()
    sys._getframe()
    return 1
h()
def i():
    x = A()
    raise ValueError
try: i()
except ValueError: pass


class Items:
    def __init__(self): self.left = 2
    def __iter__(self): return self
    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left
    def __del__(self):
        frame = sys._getframe(1)
        print("iterator gone in", frame.f_code.co_name, [frame.f_locals.get("n") for n in [1]])


def lists(n):
    print([x for x in Items()], {x for x in Items()}, n)


lists(3)


def many(a, b, c):
    """What runs while slots are released must not overwrite those that are left."""
    d, e = A(), [A(), A()]
    def deep(n): return n if n == 0 else deep(n - 1)
    class B:
        def __del__(self): print(deep(50), sys._getframe(1).f_code.co_name)
    a = B()
    return a is b, len(c)


print(many(1, A(), [A(), A()]))
