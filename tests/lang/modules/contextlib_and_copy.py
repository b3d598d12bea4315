"""contextlib and copy."""
import contextlib
import copy


@contextlib.contextmanager
def managed(name):
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("swallowing", error)
    finally:
        print("exit", name)


with managed("a") as v:
    print(v)
with managed("b"):
    raise ValueError("inside")
try:
    with managed("c"):
        raise KeyError("out")
except KeyError as error:
    print("passed", error)


@managed("deco")
def decorated():
    print("body")


decorated()
with contextlib.suppress(ZeroDivisionError, KeyError):
    1 / 0
    print("never")
with contextlib.nullcontext(5) as n:
    print(n)


class Closer:
    def close(self):
        print("closed")


with contextlib.closing(Closer()):
    print("in closing")
with contextlib.ExitStack() as stack:
    for name in "xy":
        stack.enter_context(managed(name))
    stack.callback(print, "callback", 1)
    print("stacked")


class Own(contextlib.ContextDecorator):
    def __enter__(self):
        print("own enter")

    def __exit__(self, *a):
        print("own exit")


@Own()
def f():
    return "f"


print(f())


@contextlib.contextmanager
def no_yield():
    if False:
        yield


try:
    with no_yield():
        pass
except RuntimeError as error:
    print(error)


@contextlib.contextmanager
def two_yields():
    yield
    yield


try:
    with two_yields():
        pass
except RuntimeError as error:
    print(error)
import io
out = io.StringIO()
with contextlib.redirect_stdout(out):
    print("captured")
print(repr(out.getvalue()))
a = [1, [2, 3], {"k": [4]}]
b, c = copy.copy(a), copy.deepcopy(a)
a[1].append(5)
a[2]["k"].append(6)
print(b, c, b[1] is a[1], c[1] is a[1])
a.append(a)
d = copy.deepcopy(a)
print(d[3] is d, len(d))


class P:
    def __init__(self):
        self.data = [1]

    def __copy__(self):
        print("copy hook")
        return "copied"

    def __deepcopy__(self, memo):
        print("deepcopy hook", type(memo).__name__)
        return "deep"


print(copy.copy(P()), copy.deepcopy([P()]))


class Q:
    def __init__(self):
        self.data = [1]


q = Q()
r, s = copy.copy(q), copy.deepcopy(q)
q.data.append(2)
print(r.data, s.data, type(r).__name__, copy.copy(5), copy.copy("s"), copy.deepcopy((1, 2)) == (1, 2), copy.copy({1}) == {1}, copy.copy(len) is len, copy.deepcopy({"a": [1]}))
t = (1, [2])
print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy(t) == t)
