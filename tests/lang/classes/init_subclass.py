"""__init_subclass__, __class_getitem__, __set_name__ order, and class keywords."""


class Plugin:
    plugins = {}

    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        print("init_subclass", cls.__name__, key)
        Plugin.plugins[key or cls.__name__.lower()] = cls


class A(Plugin):
    pass


class B(Plugin, key="bee"):
    pass


class C(B, key="sea"):
    pass


print(list(Plugin.plugins), Plugin.plugins["sea"] is C)
try:
    class D(Plugin, wrong=1):
        pass
except TypeError as error:
    print(error)
try:
    class E(wrong=1):
        pass
except TypeError as error:
    print(error)


class Field:
    def __set_name__(self, owner, name):
        print("set_name", name, "before init_subclass")


class Recorder:
    def __init_subclass__(cls):
        print("subclass", cls.__name__)


class Model(Recorder):
    first = Field()
    second = Field()


class Generic:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


class Sub(Generic):
    pass


print(Generic[int], Sub["x"], Generic[1, 2])
try:
    Generic()[0]
except TypeError as error:
    print(error)
try:
    A[int]
except TypeError as error:
    print(error)
print(list[int], dict[str, int], tuple[int, ...], type[int])
alias = list[int]
print(alias.__origin__, alias.__args__, alias([1, 2]), alias == list[int], isinstance([], list))


class Implicit:
    def __new__(cls, *args):
        print("new", cls.__name__, args)
        return super().__new__(cls)

    def __class_getitem__(cls, k):
        return k


print(isinstance(Implicit.__dict__["__new__"], staticmethod),
      isinstance(Implicit.__dict__["__class_getitem__"], classmethod), Implicit(1)[:0] if False else Implicit[5])
Implicit(1, 2)


class Exploding:
    def __init_subclass__(cls):
        raise ValueError("not allowed")


try:
    class Boom(Exploding):
        pass
except ValueError as error:
    print(error)
