"""NameError, AttributeError and ImportError say what may have been meant."""
import sys
import traceback


def shown(function):
    try:
        function()
    except Exception as error:
        return traceback.format_exception_only(type(error), error)[-1].strip()


class Thing:
    def __init__(self):
        self.colour = 1
        self.blech = 2

    def method_name(self):
        pass


length = 5
some_long_name = 1
print(shown(lambda: lenght))
print(shown(lambda: some_long_nam))
print(shown(lambda: prnt("x")))
print(shown(lambda: completely_different))
print(shown(lambda: Thing().color))
print(shown(lambda: Thing().method_nam()))
print(shown(lambda: [].apend(1)))
print(shown(lambda: "".uper()))
print(shown(lambda: sys.exot))
print(shown(lambda: Thing().nothing_like_it))
print(shown(lambda: Thing.methodname))


def local_names():
    variable = 1
    return varaible


print(shown(local_names))


def unbound():
    print(value)
    value = 1


print(shown(unbound))


def enclosing():
    def inner():
        return x
    inner()
    x = 1


print(shown(enclosing))
print(shown(lambda: exec("from math import squrt")))
print(shown(lambda: exec("import no_such_module_here")))
print(shown(lambda: getattr(Thing(), "color")))
print(str(AttributeError("plain")), shown(lambda: exec("raise NameError('custom lenght')")))
