"""Metaclasses: creation order, __prepare__, __call__, derivation, conflicts, keywords."""


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw)
        return {"injected": 1}

    def __new__(mcs, name, bases, namespace, **kw):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")), kw)
        return super().__new__(mcs, name, bases, dict(namespace))

    def __init__(cls, name, bases, namespace, **kw):
        print("init", name, kw)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kw):
        print("call", cls.__name__, args)
        return super().__call__(*args, **kw)

    def __len__(cls):
        return 99

    def __iter__(cls):
        return iter("class")

    def __contains__(cls, x):
        return x == cls.injected

    def __getitem__(cls, key):
        return cls.__name__, key

    def __instancecheck__(cls, obj):
        return obj == "instance" or type.__instancecheck__(cls, obj)

    def __subclasscheck__(cls, sub):
        return sub is int or type.__subclasscheck__(cls, sub)

    def __repr__(cls):
        return f"<meta class {cls.__name__}>"


class Base(metaclass=Meta, flag=True):
    x = injected + 1

    def __init__(self, v=None):
        self.v = v


class Derived(Base):
    pass


print(Base.x, Base.injected, len(Base), list(Base), 1 in Base, Base["k"], Base)
print(Base(5).v, type(Derived) is Meta, isinstance("instance", Base), issubclass(int, Base))
print(isinstance(Derived(), Base), issubclass(Base, Derived))


class OtherMeta(type):
    pass


class Other(metaclass=OtherMeta):
    pass


try:
    class Conflict(Base, Other):
        pass
except TypeError as error:
    print(error)


class BothMeta(Meta, OtherMeta):
    pass


class Both(Base, Other, metaclass=BothMeta):
    pass


print(type(Both).__name__)


def function_meta(name, bases, namespace, **kw):
    return (name, bases, sorted(k for k in namespace if k[0] != "_"), kw)


class Made(5 .__class__, metaclass=function_meta, option=1):
    a = 1

    def f(self):
        pass


print(Made)


class Singleton(type):
    instances = {}

    def __call__(cls, *args):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*args)
        return cls.instances[cls]


class Config(metaclass=Singleton):
    pass


print(Config() is Config())
T = type("T", (Other,), {"y": 3, "m": lambda self: self.y})
print(T().m(), type(T).__name__, T.__mro__[1].__name__, T.__module__)
print(type(type) is type, isinstance(type, object), isinstance(object, type), type.__mro__)
for args in ((), (1, 2), ("a", (), 5), ("a", 5, {}), (5, (), {}), ("a\0b", (), {})):
    try:
        print(type(*args))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Ordered(type):
    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        cls.order = [k for k in namespace if not k.startswith("__")]
        return cls


class Fields(metaclass=Ordered):
    z = 1
    a = 2
    m = 3


print(Fields.order)


class BadPrepare(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return 5


try:
    class X(metaclass=BadPrepare):
        pass
except TypeError as error:
    print(error)
