"""classmethod and staticmethod: binding, inheritance, and reaching them from everywhere."""


class A:
    registry = []

    @classmethod
    def make(cls, *args):
        cls.registry.append(cls.__name__)
        return cls, args

    @staticmethod
    def add(a, b=1):
        return a + b

    def instance(self):
        return self.make(1), self.add(1), A.add(1, 2)


class B(A):
    @classmethod
    def make(cls, *args):
        return "B", super().make(*args)


print(A.make(1)[0].__name__, A().make(2)[1], B.make(3)[0], B().make()[1][0].__name__)
print(A.registry, B.registry is A.registry)
print(A.add(1), A().add(1, 5), B.add(2), A().instance()[1:])
print(A.make.__self__ is A, A.make.__func__ is A.__dict__["make"].__func__, B.make.__self__ is B)
print(type(A.__dict__["make"]).__name__, type(A.__dict__["add"]).__name__, type(A.add).__name__)
print(A.__dict__["add"](5), A.__dict__["add"].__func__(1, 1))
try:
    A.__dict__["make"](5)
except TypeError as error:
    print(error)
print(A.__dict__["make"].__wrapped__.__name__, A.__dict__["add"].__name__)


class Alt:
    def __init__(self, y, m, d):
        self.parts = (y, m, d)

    @classmethod
    def parse(cls, text):
        return cls(*map(int, text.split("-")))

    def __repr__(self):
        return f"{type(self).__name__}{self.parts}"


class SubAlt(Alt):
    pass


print(Alt.parse("2020-01-02"), SubAlt.parse("1999-12-31"))


class Meta(type):
    @classmethod
    def on_meta(mcs):
        return mcs.__name__

    def on_class(cls):
        return cls.__name__


class WithMeta(metaclass=Meta):
    pass


print(WithMeta.on_meta(), WithMeta.on_class(), Meta.on_meta())
try:
    WithMeta().on_class()
except AttributeError as error:
    print(error)
f = staticmethod(lambda: "callable")
print(f())
class Num:
    val = classmethod(lambda cls: cls)
    lam = staticmethod(lambda *a: a)
print(Num().val() is Num, Num().lam(1))
