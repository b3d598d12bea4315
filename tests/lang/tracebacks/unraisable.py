"""Errors where nobody can catch them are reported on stderr and do not stop the program."""
import sys


def hook(args):
    print("unraisable:", args.exc_type.__name__, args.exc_value, args.err_msg)


sys.unraisablehook = hook


class Del:
    def __del__(self):
        raise ValueError("in del")


d = Del()
del d
print("goes on")
try:
    raise KeyError("pending")
except KeyError as error:
    Del()
    print(repr(error))


def generator():
    try:
        yield
    finally:
        raise OSError("closing")


g = generator()
next(g)
del g
print("end")
