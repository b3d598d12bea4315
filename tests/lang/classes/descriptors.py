"""Descriptors: data and non-data, priority, __set_name__, and use on classes."""


class Data:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return ("data", obj.__dict__.get(self.name))

    def __set__(self, obj, value):
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        print("delete", self.name)
        obj.__dict__.pop(self.name, None)


class NonData:
    def __get__(self, obj, owner=None):
        return ("nondata", obj is not None, owner.__name__)


class OnlySet:
    def __set__(self, obj, value):
        obj.__dict__["only"] = value * 2


class Owner:
    data = Data()
    nondata = NonData()
    only = OnlySet()


o = Owner()
print(o.data, o.nondata, type(o.only).__name__)
o.data = 1
o.__dict__["data"] = 2
print(o.data, vars(o))
o.__dict__["nondata"] = "instance wins"
print(o.nondata, Owner.nondata)
o.only = 5
print(o.only)
del o.data
print(o.data)
print(Owner.data is Owner.__dict__["data"])
late = Data()
Owner.late = late
try:
    o.late
except AttributeError as error:
    print(error)
for action in ("del o.nondata", "del o.nondata", "del o.only"):
    try:
        exec(action)
    except AttributeError as error:
        print(action, type(error).__name__, error)


class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, obj, owner):
        return self if obj is None else getattr(obj, self.slot)

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.slot[1:]} wants {self.kind.__name__}")
        setattr(obj, self.slot, value)


class Person:
    name = Typed(str)
    age = Typed(int)

    def __init__(self, name, age):
        self.name = name
        self.age = age


print(Person("Ann", 3).age)
try:
    Person("Bob", "old")
except TypeError as error:
    print(error)


class Method:
    def __init__(self, function):
        self.function = function

    def __get__(self, obj, owner):
        return lambda *args: ("bound", self.function(obj, *args))


class Uses:
    @Method
    def f(self, x):
        return x * 2

    def plain(self):
        return self


print(Uses().f(4))
u = Uses()
print(Uses.__dict__["plain"].__get__(u)() is u, Uses.plain.__get__(u, Uses)() is u)
print(classmethod(lambda c: c).__get__(None, int)() is int, staticmethod(len).__get__(1)("abc"))


class Failing:
    def __set_name__(self, owner, name):
        raise ValueError("no name")


try:
    class Broken:
        x = Failing()
except RuntimeError as error:
    print(error, repr(error.__cause__))
