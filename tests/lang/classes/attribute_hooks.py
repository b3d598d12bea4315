"""__getattr__, __getattribute__, __setattr__, __delattr__, __dir__."""


class Hooked:
    known = 1

    def __init__(self):
        self.real = "real"

    def __getattr__(self, name):
        if name.startswith("auto_"):
            return name[5:]
        raise AttributeError(f"no {name}")

    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)


h = Hooked()
print(h.real, h.known, h.auto_value, hasattr(h, "nope"), getattr(h, "nope", 5))
h.new = [1]
del h.new
try:
    h.nope
except AttributeError as error:
    print(error)
try:
    del h.nope
except AttributeError as error:
    print(error)


class Everything:
    value = 1

    def __getattribute__(self, name):
        print("getattribute", name)
        if name == "fake":
            return "faked"
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        return "getattr " + name

    def method(self):
        return self.value


e = Everything()
print(e.fake, e.value, e.missing)
print(e.method())
print(len(str(type(e))) > 0)


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name):
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)


class Target:
    def hello(self):
        return "hello from target"


t = Target()
p = Proxy(t)
p.x = 5
print(t.x, p.x, p.hello(), vars(p) == {"_target": t})
try:
    len(Proxy([1]))
except TypeError as error:
    print(error)


class WithDir:
    def __dir__(self):
        return ["z", "a", "m"]


print(dir(WithDir()))


class Frozen:
    __slots__ = ("a",)

    def __setattr__(self, name, value):
        raise AttributeError("frozen")


try:
    Frozen().a = 1
except AttributeError as error:
    print(error)
f = Frozen()
object.__setattr__(f, "a", 1)
print(f.a)


class Meta(type):
    def __getattr__(cls, name):
        return f"class attribute {name}"

    def __setattr__(cls, name, value):
        print("meta set", name)
        super().__setattr__(name, value)


class M(metaclass=Meta):
    pass


print(M.anything)
M.x = 1
try:
    M().anything
except AttributeError as error:
    print(error)
for args in (("x",), (1, 2), (h, 5)):
    try:
        getattr(*args)
    except TypeError as error:
        print(error)
