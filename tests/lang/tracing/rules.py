"""What trace and profile functions return, set, raise and see."""
import sys

log = []


def local(frame, event, arg):
    log.append(("local", frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return local


def only_calls(frame, event, arg):
    log.append(("calls", frame.f_code.co_name, event))


def show(title):
    print(title)
    for entry in log:
        print("  ", *entry)
    log.clear()


def leaf(x):
    y = x + 1
    return y


def middle(x):
    z = leaf(x)
    return z


# None from the call event: the frame is not traced, its callees' calls are told
sys.settrace(only_calls)
middle(1)
sys.settrace(None)
show("only calls")


# the running frame has no trace function unless it is given one
def late():
    a = 1
    sys._getframe().f_trace = local
    sys.settrace(only_calls)
    b = 2
    for c in range(2):
        d = c
    sys.settrace(None)
    e = 3


late()
show("late")


# frames further out, too
def outermost():
    inner()
    x = 1
    return x


def inner():
    frame = sys._getframe()
    while frame.f_code.co_name != "<module>":
        frame.f_trace = local
        frame = frame.f_back
    sys.settrace(only_calls)


outermost()
sys.settrace(None)
show("outward")

# through a builtin that calls back
list(map(lambda v: outermost(), [1]))
sys.settrace(None)
show("through map")


# f_trace_lines and f_trace_opcodes
def no_lines(frame, event, arg):
    log.append((frame.f_code.co_name, event))
    frame.f_trace_lines = False
    return no_lines


sys.settrace(no_lines)
middle(2)
sys.settrace(None)
show("no lines")


def opcodes(frame, event, arg):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    log.append((event,))
    return opcodes


sys.settrace(opcodes)
leaf(3)
sys.settrace(None)
print("opcodes", sorted({e[0] for e in log}), sum(e[0] == "opcode" for e in log) > 3)
log.clear()


# a trace function that raises ends tracing
def broken(frame, event, arg):
    if event == "line" and frame.f_code.co_name == "leaf":
        raise ValueError("in trace")
    return broken


sys.settrace(broken)
try:
    middle(4)
except ValueError as error:
    print("raised", error, sys.gettrace())


def broken_call(frame, event, arg):
    raise KeyError(event)


sys.settrace(broken_call)
try:
    middle(4)
except KeyError as error:
    print("raised", error, sys.gettrace())


# variables can be changed
def change(frame, event, arg):
    if frame.f_code.co_name == "changed" and event == "line":
        values = frame.f_locals
        if values.get("x") == 1:
            values["x"] = 99
            values["cell"] = "new"
    return change


def changed():
    cell = "old"
    x = 1
    y = x

    def get():
        return cell
    return x, y, get()


sys.settrace(change)
print(changed())
sys.settrace(None)


# tracing is off inside the trace function
def nested(frame, event, arg):
    leaf(1)
    log.append((event, frame.f_code.co_name, sys.gettrace() is nested))
    return nested


sys.settrace(nested)
leaf(5)
sys.settrace(None)
show("nested")


# exceptions
def failing():
    try:
        int("x")
    except ValueError:
        pass
    raise KeyError(1)


def exceptions(frame, event, arg):
    if event in ("exception", "return"):
        log.append((frame.f_code.co_name, event, arg if event == "return" else arg[0].__name__,
                    frame.f_lineno - frame.f_code.co_firstlineno))
    return exceptions


def catching():
    try:
        failing()
    except KeyError:
        return "caught"


sys.settrace(exceptions)
catching()
sys.settrace(None)
show("exceptions")


# profile functions hear of builtins
def profile(frame, event, arg):
    name = getattr(arg, "__qualname__", arg) if event.startswith("c_") else arg
    if isinstance(name, type(None)) or isinstance(name, (int, str, list)):
        log.append((frame.f_code.co_name, event, name))


def busy():
    items = [3, 1, 2]
    items.sort()
    n = len(items)
    try:
        items.index(9)
    except ValueError:
        pass
    max(*items)
    return leaf(n)


sys.setprofile(profile)
busy()
sys.setprofile(None)
show("profile")
sys.setprofile(profile)
print(sys.getprofile() is profile, sys.gettrace())
sys.setprofile(None)
print(sys.getprofile())


# call_tracing
def inside(frame, event, arg):
    if frame.f_code.co_name == "leaf":
        log.append(("inside", event))
        return inside
    if frame.f_code.co_name == "middle" and event == "call":
        log.append(("result", sys.call_tracing(leaf, (7,))))
    return None


sys.settrace(inside)
middle(1)
sys.settrace(None)
show("call_tracing")


# coroutines and asynchronous generators
async def agen():
    yield 1
    yield 2


async def coroutine():
    total = 0
    async for v in agen():
        total += v
    return total


def everything(frame, event, arg):
    if event == "exception":
        return everything
    log.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return everything


c = coroutine()
sys.settrace(everything)
try:
    c.send(None)
except StopIteration as stop:
    sys.settrace(None)
    print(stop.value)
show("coroutine")
for bad in [(), (1, 2)]:
    try:
        sys.settrace(*bad)
    except TypeError as error:
        print(error)
