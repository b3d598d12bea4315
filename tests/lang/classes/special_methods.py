"""__call__, __format__, __str__/__repr__ fallbacks, __bytes__, __sizeof__-free conversions, __hash__."""


class Callable:
    def __call__(self, *args, **kw):
        return args, kw


c = Callable()
print(c(1, a=2), callable(c), callable(5), callable(Callable), c.__call__(3))


class NotCallable:
    pass


try:
    NotCallable()()
except TypeError as error:
    print(error)
n = NotCallable()
n.__call__ = lambda: "instance attribute is not looked at"
try:
    n()
except TypeError as error:
    print(error)


class OnlyRepr:
    def __repr__(self):
        return "R"


class OnlyStr:
    def __str__(self):
        return "S"


print(str(OnlyRepr()), repr(OnlyRepr()), f"{OnlyRepr()}", str(OnlyStr()), "OnlyStr object at" in repr(OnlyStr()))
print([OnlyRepr(), OnlyStr()][0], f"{OnlyStr()!s} {OnlyRepr()!r}", "%s %r" % (OnlyStr(), OnlyRepr()))


class BadStr:
    def __str__(self):
        return 5

    def __repr__(self):
        return None

    def __format__(self, spec):
        return 1

    def __bytes__(self):
        return "x"

    def __int__(self):
        return "1"

    def __index__(self):
        return 1.5

    def __float__(self):
        return 1

    def __bool__(self):
        return None

    def __hash__(self):
        return None

    def __len__(self):
        return "1"

    def __complex__(self):
        return 1


b = BadStr()
for function in (str, repr, format, bytes, int, float, bool, hash, len, complex, hex, [1].__getitem__):
    try:
        function(b)
    except TypeError as error:
        print(function.__name__, "->", error)


class Formatted:
    def __format__(self, spec):
        return f"<{spec}>"


print(f"{Formatted():abc}", "{:>10}".format(Formatted()), format(Formatted()), f"{Formatted()!s:.3}"[:3])
try:
    f"{OnlyStr():>10}"
    print("ok")
except TypeError as error:
    print(error)
try:
    f"{NotCallable():x}"
except TypeError as error:
    print(error)


class Bytes:
    def __bytes__(self):
        return b"made"


print(bytes(Bytes()))


class Reversed:
    def __reversed__(self):
        return iter("fine")


print("".join(reversed(Reversed())))


class Dir:
    attribute = 1

    def __sizeof__(self):
        return 1000


import sys
print(sys.getsizeof(Dir()) >= 1000)


class Enter:
    __enter__ = lambda self: "entered"
    __exit__ = lambda self, *a: True


with Enter() as e:
    print(e)
    raise KeyError


class Ctx:
    def __init__(self):
        self.__enter__ = lambda: 1
        self.__exit__ = lambda *a: None


try:
    with Ctx():
        pass
except TypeError as error:
    print(error)
print(int.__add__(1, 2), "abc".__len__(), [1].__contains__(1), (1).__class__, object.__repr__(c)[:10])
