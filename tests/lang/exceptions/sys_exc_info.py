"""sys.exc_info and sys.exception in handlers, nested handlers, generators and after."""
import sys


def show(label):
    kind, value, tb = sys.exc_info()
    print(label, kind and kind.__name__, value, tb is not None, sys.exception() is value)


show("outside")
try:
    raise ValueError("one")
except ValueError:
    show("handler")
    try:
        raise KeyError("two")
    except KeyError:
        show("nested")
    show("back")
show("after")


def generator():
    show("generator before")
    try:
        raise TypeError("in generator")
    except TypeError:
        yield 1
        show("generator resumed")
    yield 2
    show("generator end")


g = generator()
try:
    raise ValueError("outer")
except ValueError:
    next(g)
    show("outer while generator handles")
    next(g)
    show("outer again")
next(g, None)
show("finished")


def in_finally():
    try:
        raise ValueError("f")
    finally:
        show("finally")


try:
    in_finally()
except ValueError as error:
    tb = error.__traceback__
    lines = []
    while tb:
        lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(lines)


def callee():
    show("callee sees caller's exception")


try:
    raise OSError("os")
except OSError:
    callee()
    print(sys.exc_info()[2].tb_frame.f_code.co_name)


class Manager:
    def __enter__(self):
        show("enter")

    def __exit__(self, kind, value, tb):
        show("exit")
        return True


with Manager():
    raise LookupError("in with")
show("end")
