"""throw and close, with finally, with, and what may go wrong."""


def gen():
    try:
        while True:
            try:
                x = yield "ready"
                print("received", x)
            except ValueError as error:
                print("handled", error)
                yield "after error"
    finally:
        print("finally")


g = gen()
print(next(g))
print(g.throw(ValueError("v")))
print(next(g))
try:
    g.throw(KeyError("k"))
except KeyError as error:
    print("passed through", error)
print(next(g, "finished"))
g = gen()
next(g)
g.close()
g.close()
print(next(g, "closed"))
g = gen()
g.close()
print("closed before the start")
g = gen()
try:
    g.throw(TypeError, "before the start")
except TypeError as error:
    print(error)


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("refusing")
        yield 2


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)


def cleanup():
    try:
        yield
    except GeneratorExit:
        print("exit seen")
        return "value"


g = cleanup()
next(g)
print(g.close())


def raises_on_close():
    try:
        yield
    finally:
        raise LookupError("while closing")


g = raises_on_close()
next(g)
try:
    g.close()
except LookupError as error:
    print(error, repr(error.__context__))


def in_with():
    class M:
        def __enter__(self):
            print("enter")

        def __exit__(self, kind, *rest):
            print("exit", kind and kind.__name__)
    with M():
        yield 1


g = in_with()
next(g)
del g
print("deleted")
for x in in_with():
    break
print("broke")
g = gen()
next(g)
for bad in ((5,), ("text",), (ValueError("a"), 1), (int,)):
    try:
        g.throw(*bad)
    except TypeError as error:
        print(error)


def tracebacks():
    try:
        yield
    except ValueError as error:
        tb = error.__traceback__
        names = []
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        yield names


g = tracebacks()
next(g)
print(g.throw(ValueError))


def stop():
    yield 1


g = stop()
try:
    g.throw(StopIteration("thrown"))
except RuntimeError as error:
    print("before the start:", error)
g = stop()
next(g)
try:
    g.throw(StopIteration("thrown"))
except RuntimeError as error:
    print(error)
