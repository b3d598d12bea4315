"""Decorators on functions, methods and classes, with arguments and in stacks."""
import functools

log = []


def note(label):
    log.append(f"expr {label}")

    def decorate(function):
        log.append(f"apply {label}")
        return function

    return decorate


@note("outer")
@note("inner")
def plain():
    pass


print(log)


def twice(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        """wrapper's own"""
        return function(*args, **kwargs), function(*args, **kwargs)
    return wrapper


@twice
def greet(name, mark="!"):
    """Greets."""
    return "hi " + name + mark


print(greet("a"), greet("b", mark="?"))
print(greet.__name__, greet.__doc__, greet.__wrapped__("c"), greet.__qualname__)


def register(registry):
    def add(cls):
        registry[cls.__name__] = cls
        return cls
    return add


registry = {}


@register(registry)
class One:
    pass


@register(registry)
class Two(One):
    pass


print(sorted(registry), registry["Two"] is Two)


@lambda f: f()
def value():
    return 42


print(value)


class CountCalls:
    def __init__(self, function):
        self.function = function
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)

    def __get__(self, obj, owner=None):
        return functools.partial(self, obj)


@CountCalls
def add(a, b):
    return a + b


print(add(1, 2), add(3, 4), add.calls)


class Service:
    @CountCalls
    def run(self, x):
        return x * 2

    @staticmethod
    @twice
    def static():
        return "s"

    @property
    @functools.lru_cache
    def cached(self):
        log.append("computed")
        return 7


s = Service()
print(s.run(4), Service.__dict__["run"].calls, Service.static())
log.clear()
print(s.cached, s.cached, log)
decorators = [twice]


@decorators[0]
def subscripted():
    return 1


@(d := twice)
def parenthesised():
    return 2


print(subscripted(), parenthesised(), d is twice)
try:
    @5
    def broken():
        pass
except TypeError as error:
    print(error)
