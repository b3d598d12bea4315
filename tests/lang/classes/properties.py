"""property: getter, setter, deleter, inheritance, documentation, and errors."""


class Temperature:
    def __init__(self):
        self._c = 0

    @property
    def celsius(self):
        """Degrees."""
        return self._c

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("too cold")
        self._c = value

    @celsius.deleter
    def celsius(self):
        print("deleted")
        self._c = None

    @property
    def fahrenheit(self):
        return self._c * 9 / 5 + 32

    old_style = property(lambda self: "got", lambda self, v: print("set", v), None, "doc text")


t = Temperature()
t.celsius = 100
print(t.celsius, t.fahrenheit, Temperature.celsius.__doc__)
try:
    t.celsius = -300
except ValueError as error:
    print(error)
del t.celsius
print(t.celsius)
for action in ("t.fahrenheit = 1", "del t.fahrenheit", "del t.old_style"):
    try:
        exec(action)
    except AttributeError as error:
        print(error)
t.old_style = 5
print(t.old_style, Temperature.old_style.__doc__)
p = Temperature.celsius
print(type(p).__name__, p.fget.__name__, p.fset.__name__, p.fdel.__name__)


class Kelvin(Temperature):
    @property
    def celsius(self):
        return super().celsius + 273

    @Temperature.fahrenheit.getter
    def fahrenheit(self):
        return "hidden"


k = Kelvin()
print(k.celsius, k.fahrenheit)
try:
    k.celsius = 5
except AttributeError as error:
    print(error)
k.__dict__["celsius"] = "instance value loses"
print(k.celsius)


class WriteOnly:
    value = property(None, lambda self, v: print("stored", v))


w = WriteOnly()
w.value = 3
try:
    w.value
except AttributeError as error:
    print(error)


class Raising:
    @property
    def bad(self):
        raise AttributeError("inner")

    def __getattr__(self, name):
        return "fallback " + name


print(Raising().bad)


class Class:
    @classmethod
    @property
    def both(cls):
        return cls.__name__


print(Class.both)
