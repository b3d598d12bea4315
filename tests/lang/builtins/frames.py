"""Frames as seen from sys._getframe and tracebacks."""
import sys


def show():
    frame = sys._getframe()
    names = []
    while frame is not None:
        names.append((frame.f_code.co_name, frame.f_lineno))
        frame = frame.f_back
    return names


def caller():
    x = 1
    return show(), x


print(caller())


def variables(a, b=2):
    c = a + b
    frame = sys._getframe()
    return sorted(frame.f_locals), frame.f_globals is globals(), frame.f_locals["c"], frame.f_builtins["len"] is len


print(variables(1))


def nested():
    def inner():
        return sys._getframe(1).f_code.co_name
    return inner()


print(nested(), [sys._getframe().f_code.co_name for _ in range(1)], (lambda: sys._getframe().f_code.co_name)())


class C:
    name = sys._getframe().f_code.co_name

    def __init__(self):
        self.frame_name = sys._getframe().f_code.co_qualname


print(C.name, C().frame_name)


def gen():
    yield sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name


print(next(gen()))
try:
    1 / 0
except ZeroDivisionError as error:
    tb = error.__traceback__
    print(tb.tb_lineno, tb.tb_frame.f_lineno, tb.tb_next, tb.tb_frame is sys._getframe())
g = gen()
print(g.gi_frame.f_code.co_name, g.gi_frame.f_lineno, g.gi_frame.f_locals)
list(g)
print(g.gi_frame)


def kept():
    local = "kept alive"
    return sys._getframe()


frame = kept()
print(frame.f_locals, frame.f_code.co_name, type(frame).__name__)
frame.clear()
print(frame.f_locals)
