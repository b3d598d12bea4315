"""Single and multiple inheritance, C3 order, and conflicts."""


class A:
    def who(self):
        return "A"

    def only_a(self):
        return "only A sees " + self.who()


class B(A):
    def who(self):
        return "B>" + super().who()


class C(A):
    def who(self):
        return "C>" + super().who()


class D(B, C):
    def who(self):
        return "D>" + super().who()


print(D().who(), D().only_a())
print([k.__name__ for k in D.__mro__], [k.__name__ for k in D.mro()])
print(D.__base__.__name__, D.__bases__ == (B, C), A.__subclasses__() == [B, C])


class E(C, B):
    pass


print(E().who())
try:
    class Bad(D, E):
        pass
except TypeError as error:
    print(error)
try:
    class Bad2(A, B):
        pass
except TypeError as error:
    print(error)
try:
    class Twice(A, A):
        pass
except TypeError as error:
    print(error)
for base in ("5", "'text'", "None", "lambda: 0"):
    try:
        exec(f"class X({base}): pass")
    except TypeError as error:
        print(base, "->", error)
for base in (bool, type(None), range, slice, type(lambda: 0)):
    try:
        type("X", (base,), {})
    except TypeError as error:
        print(error)
try:
    class Layout(int, str):
        pass
except TypeError as error:
    print(error)


class X: pass
class Y: pass
class Z: pass
class AB(X, Y): pass
class BC(Y, Z): pass
class All(AB, BC, Z): pass


print([k.__name__ for k in All.__mro__])


class Mixin:
    def describe(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in vars(self).items())})"


class Base:
    def __init__(self, **kw):
        self.__dict__.update(kw)


class Derived(Mixin, Base):
    pass


print(Derived(a=1, b=2).describe())


class OldRoot:
    pass


class Leaf(OldRoot):
    pass


class UnderLeaf(Leaf):
    pass


Leaf.__bases__ = (Base, OldRoot)
print(issubclass(UnderLeaf, Base), [k.__name__ for k in UnderLeaf.__mro__])


class Init:
    def __init__(self):
        return 5


try:
    Init()
except TypeError as error:
    print(error)


class Override(list):
    def append(self, item):
        super().append(item * 2)


o = Override([1])
o.append(2)
o.extend([3])
print(o, len(o), isinstance(o, list))
