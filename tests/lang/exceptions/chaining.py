"""__context__, __cause__ and __suppress_context__, and cycles among them."""


def chain(error):
    names = []
    while error is not None:
        names.append(f"{type(error).__name__}({error})")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " <- ".join(names)


try:
    try:
        try:
            raise ValueError(1)
        except ValueError:
            raise KeyError(2)
    except KeyError:
        raise TypeError(3)
except TypeError as error:
    print(chain(error))
try:
    try:
        raise ValueError(1)
    except ValueError as e:
        raise KeyError(2) from e
except KeyError as error:
    print(chain(error), error.__cause__ is error.__context__, error.__suppress_context__)
try:
    try:
        raise ValueError(1)
    finally:
        raise KeyError("in finally")
except KeyError as error:
    print(chain(error))
e = ValueError("self")
try:
    try:
        raise e
    except ValueError:
        raise e
except ValueError as error:
    print(error.__context__)
a, b = ValueError("a"), KeyError("b")
try:
    try:
        raise a
    except ValueError:
        try:
            raise b
        except KeyError:
            raise a
except ValueError as error:
    print(repr(error), repr(error.__context__), repr(error.__context__.__context__))
error = ValueError("x")
error.__cause__ = KeyError("manual")
print(error.__suppress_context__, repr(error.__cause__))
error.__suppress_context__ = False
error.__cause__ = None
print(error.__suppress_context__)
for attribute, value in (("__cause__", 5), ("__context__", "x"), ("__traceback__", 5), ("args", 5)):
    try:
        setattr(error, attribute, value)
    except TypeError as problem:
        print(attribute, "->", problem)
error.args = [1, 2]
print(error.args, str(error), repr(error))


def generator():
    try:
        yield 1
    except ValueError:
        raise KeyError("from generator")


g = generator()
next(g)
try:
    g.throw(ValueError("thrown"))
except KeyError as problem:
    print(chain(problem))


class Manager:
    def __enter__(self):
        pass

    def __exit__(self, *details):
        raise RuntimeError("exit")


try:
    with Manager():
        raise ValueError("body")
except RuntimeError as problem:
    print(chain(problem))


class Del:
    def __eq__(self, other):
        raise TypeError("eq")


try:
    try:
        raise LookupError("first")
    except LookupError:
        Del() == 1
except TypeError as problem:
    print(chain(problem))
