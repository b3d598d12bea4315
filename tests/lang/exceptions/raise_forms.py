"""raise: classes, instances, from, re-raise, and what may not be raised."""


class MyError(Exception):
    pass


def attempt(function):
    try:
        function()
    except BaseException as error:
        return (type(error).__name__, error.args, repr(error.__cause__), repr(error.__context__),
                error.__suppress_context__)


def raise_class():
    raise MyError


def raise_instance():
    raise MyError("a", 1)


def raise_from():
    raise MyError("x") from KeyError("cause")


def raise_from_class():
    raise MyError from KeyError


def raise_from_none():
    try:
        1 / 0
    except ZeroDivisionError:
        raise MyError("hidden") from None


def raise_in_handler():
    try:
        1 / 0
    except ZeroDivisionError:
        raise MyError("context")


def reraise():
    try:
        raise MyError("again")
    except MyError:
        raise


def reraise_nothing():
    raise


def raise_from_bad():
    raise MyError from 5


def raise_int():
    raise 5


def raise_class_not_exception():
    raise int


def raise_string():
    raise "text"


def raise_needs_args():
    class Needs(Exception):
        def __init__(self, a):
            pass
    raise Needs


def raise_new_returns_other():
    class Strange(Exception):
        def __new__(cls):
            return 5
    raise Strange


for function in (raise_class, raise_instance, raise_from, raise_from_class, raise_from_none,
                 raise_in_handler, reraise, reraise_nothing, raise_from_bad, raise_int,
                 raise_class_not_exception, raise_string, raise_needs_args, raise_new_returns_other):
    print(function.__name__, attempt(function))


def reraise_later():
    try:
        raise ValueError("one")
    except ValueError as error:
        saved = error
    try:
        raise saved
    except ValueError as error:
        return error is saved


print(reraise_later())


def reraise_in_nested():
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise KeyError("inner")
        except KeyError:
            pass
        raise


print(attempt(reraise_in_nested))


def reraise_from_callee():
    def callee():
        raise
    try:
        raise MyError("seen by callee")
    except MyError:
        callee()


print(attempt(reraise_from_callee))
