"""__new__ and __init__: order, returning other types, immutable subclasses, argument checks."""


class Both:
    def __new__(cls, *args, **kw):
        print("new", args, kw)
        self = super().__new__(cls)
        self.from_new = True
        return self

    def __init__(self, a, b=2):
        print("init", a, b)
        self.a = a


b = Both(1, b=3)
print(b.a, b.from_new)


class ReturnsOther:
    def __new__(cls):
        return "a string"

    def __init__(self):
        print("never called")


print(ReturnsOther())


class Cached:
    pool = {}

    def __new__(cls, key):
        if key not in cls.pool:
            cls.pool[key] = super().__new__(cls)
        return cls.pool[key]

    def __init__(self, key):
        self.key = key
        self.inits = getattr(self, "inits", 0) + 1


x = Cached("k")
y = Cached("k")
print(x is y, x.inits)


class Celsius(float):
    def __new__(cls, value, unit="C"):
        self = super().__new__(cls, value)
        self.unit = unit
        return self

    def __repr__(self):
        return f"{float(self)}°{self.unit}"


c = Celsius(36.6)
print(c, c + 1, type(c + 1).__name__, c == 36.6, c.unit)


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    @property
    def total(self):
        return sum(self)


p = Pair(1, 2)
print(p, p.total, p[0], len(p), isinstance(p, tuple), p == (1, 2), hash(p) == hash((1, 2)))


class Name(str):
    def __new__(cls, text):
        return super().__new__(cls, text.title())

    def greet(self):
        return "Hi " + self


n = Name("ann lee")
print(n, n.greet(), n.upper(), type(n.upper()).__name__, {n: 1}["Ann Lee"])


class NoInit:
    pass


class NewOnly:
    def __new__(cls, x):
        return super().__new__(cls)


class InitOnly:
    def __init__(self, x):
        pass


for source in ("NoInit(1)", "NewOnly()", "NewOnly(1)", "InitOnly()", "object(1)", "object.__new__(int)",
               "object.__new__()", "object.__new__(5)", "int.__new__(str)", "NoInit(a=1)", "NewOnly(1, 2)"):
    try:
        print(source, "->", type(eval(source)).__name__)
    except TypeError as error:
        print(source, "->", error)


class Abstract:
    def __init__(self):
        raise NotImplementedError


try:
    Abstract()
except NotImplementedError as error:
    print(repr(error))
obj = InitOnly.__new__(InitOnly)
print(type(obj).__name__, obj.__init__(5))
