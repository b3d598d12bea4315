"""throw() into what a generator delegates to: frames, context, errors of making the exception."""
import collections.abc
import sys


def names():
    frame, found = sys._getframe(1), []
    while frame.f_code.co_name not in ("call", "<module>"):
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


def inner():
    print(names())
    try:
        yield
    except RuntimeError:
        print("after throw", names())
    yield


def outer():
    yield from inner()


def call(g):
    g.throw(RuntimeError)


g = outer()
next(g)
call(g)


def handling():
    try:
        raise KeyError("a")
    except KeyError:
        yield


def delegating():
    try:
        raise KeyError("b")
    except KeyError:
        yield from plain()


def plain():
    yield


for make in (handling, delegating, plain):
    g = make()
    next(g)
    try:
        try:
            raise IndexError("caller's")
        except IndexError:
            g.throw(ValueError)
    except ValueError as error:
        print(make.__name__, repr(error.__context__))


class Wrong(Exception):
    def __new__(cls, *args):
        return cls


class Raises(Exception):
    def __init__(self):
        raise LookupError("init")


def catches():
    try:
        yield
    except (TypeError, LookupError) as error:
        print("inside", type(error).__name__, "BaseException" in str(error))
    yield "went on"


for kind in (Wrong, Raises):
    g = catches()
    next(g)
    print(g.throw(kind))

# clearing the frame of a generator closes it
done = []


def closing():
    try:
        yield
    finally:
        done.append(1)


g = closing()
next(g)
g.gi_frame.clear()
print(done, g.gi_frame, next(g, "ended"))

# patterns follow registration with collections.abc


class Registered:
    def __len__(self):
        return 2

    def __getitem__(self, i):
        return i


class Child(Registered):
    pass


def kind_of(o):
    match o:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"
    return None


print(kind_of(Child()))
collections.abc.Sequence.register(Registered)
print(kind_of(Child()), kind_of(Registered()), hasattr(collections.abc.Sequence, "__abc_tpflags__"))
try:
    class Both(metaclass=__import__("abc").ABCMeta):
        __abc_tpflags__ = 1 << 5 | 1 << 6
except TypeError as error:
    print(error)
match bytearray(b"x"):
    case bytearray(z):
        print(z)
