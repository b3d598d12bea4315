"""The name shown for an exception class of a module, of a function and with a strange str."""


class Outer:
    class Inner(Exception):
        pass


class BadStr(Exception):
    def __str__(self):
        raise RuntimeError("no str")


class Empty(Exception):
    pass


import traceback

for error in (Outer.Inner("text"), Empty(), Empty(""), BadStr(), Empty("two\nlines"), KeyError("key"), OSError(2, "m", "f")):
    print("".join(traceback.format_exception_only(type(error), error)), end="")
raise Outer.Inner("uncaught")
