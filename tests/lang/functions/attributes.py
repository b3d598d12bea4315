"""Attributes of functions and code objects."""


def sample(a, b=2, *args, c, d: int = 4, **kw) -> str:
    """The docstring."""
    local = a
    return local


print(sample.__name__, sample.__qualname__, sample.__doc__, sample.__module__)
print(sample.__defaults__, sample.__kwdefaults__, sample.__annotations__)
sample.custom = [1]
print(sample.custom, sample.__dict__, vars(sample))
sample.__name__ = "renamed"
sample.__qualname__ = "q.renamed"
sample.__doc__ = None
print(sample.__name__, sample.__qualname__, sample.__doc__, "q.renamed" in repr(sample))
code = sample.__code__
print(code.co_name, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_nlocals)
print(code.co_varnames, code.co_freevars, code.co_cellvars, code.co_firstlineno)
print(bool(code.co_flags & 4), bool(code.co_flags & 8), bool(code.co_flags & 32))
print(code.co_qualname, code.co_filename.endswith("attributes.py"))


def generator():
    yield


print(bool(generator.__code__.co_flags & 0x20), bool(sample.__code__.co_flags & 0x20))
print(sample.__globals__ is globals(), sample.__builtins__["len"] is len)


def one():
    return 1


def two():
    return 2


one.__code__ = two.__code__
print(one(), one.__name__)
try:
    one.__code__ = 5
except TypeError as error:
    print(error)
try:
    one.__name__ = 5
except TypeError as error:
    print(error)
try:
    one.missing
except AttributeError as error:
    print(error)
try:
    one.__closure__ = ()
except AttributeError as error:
    print(error)


class C:
    def method(self):
        """m"""


bound = C().method
print(bound.__name__, bound.__doc__, bound.__func__ is C.method, bound.__self__.__class__.__name__)
try:
    bound.attribute = 1
except AttributeError as error:
    print(error)
c = C()
print(c.method == c.method, c.method is c.method, c.method == C().method, hash(c.method) == hash(c.method))
print(len.__name__, len.__qualname__, [].append.__qualname__, [].append.__self__, str.upper.__name__)
f = type(one)(two.__code__, {"x": 1}, "made", (), ())
print(f(), f.__name__, f.__globals__.get("x"))
print(sample.__get__(7).__self__, type(sample.__get__(7)).__name__)
