"""The exception classes, their bases, and their attributes."""
import builtins

names = sorted(n for n, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, BaseException))
for name in names:
    cls = getattr(builtins, name)
    if name != cls.__name__:
        print(name, "is", cls.__name__)
    else:
        print(name, "<", ", ".join(b.__name__ for b in cls.__bases__))
print(repr(Exception()), repr(Exception(1)), repr(Exception(1, "a")), str(Exception()), str(Exception(1, 2)))
print(str(KeyError("k")), str(KeyError("a", "b")), str(KeyError()), repr(KeyError("k")))
e = OSError(2, "No such file", "name.txt")
print(e, e.errno, e.strerror, e.filename, e.args, type(e).__name__)
print(OSError(2, "x", "a", None, "b"), type(OSError(13, "p")).__name__, type(OSError(17, "e")).__name__)
print(OSError("just text"), OSError("a").errno, OSError(1, "two").args, OSError().args)
print(type(OSError(11, "")).__name__, type(OSError(32, "")).__name__, type(OSError(4, "")).__name__)
s = StopIteration("value")
print(s.value, StopIteration().value, StopIteration(1, 2).value)
x = SystemExit(3)
print(x.code, SystemExit().code, SystemExit(1, 2).code)
n = NameError("msg", name="nm")
print(n.name, n.args, NameError("m").name)
a = AttributeError("msg", name="at", obj=[1])
print(a.name, a.obj, a.args)
i = ImportError("msg", name="mod", path="p")
print(i.name, i.path, i.msg, i)
sy = SyntaxError("bad", ("file", 3, 5, "the text", 3, 8))
print(sy.msg, sy.filename, sy.lineno, sy.offset, sy.text, sy.end_lineno, sy.end_offset, sy.args)
print(sy)
u = UnicodeDecodeError("utf-8", b"a\xffb", 1, 2, "reason")
print(u, u.encoding, u.object, u.start, u.end, u.reason)
u = UnicodeEncodeError("ascii", "aéb", 1, 2, "reason")
print(u)
print(UnicodeEncodeError("ascii", "aéüb", 1, 3, "two"), UnicodeTranslateError("x", 0, 1, "r"))
for source in ("NameError(nme=1)", "UnicodeDecodeError(1)", "ImportError(x=1)", "Exception(a=1)", "KeyError(k=1)"):
    try:
        eval(source)
    except TypeError as error:
        print(source, "->", error)
print(IOError is OSError, EnvironmentError is OSError)
err = ValueError("note")
err.add_note("first")
err.add_note("second")
print(err.__notes__, hasattr(ValueError(), "__notes__"))
try:
    err.add_note(5)
except TypeError as error:
    print(error)
print(ValueError("a") == ValueError("a"), err.with_traceback(None) is err)
g = ExceptionGroup("group", [ValueError(1), TypeError("t"), ExceptionGroup("in", [KeyError("k")])])
print(g, repr(g), g.message, len(g.exceptions), isinstance(g, Exception))
m, r = g.split(ValueError)
print(repr(m), repr(r))
print(repr(g.subgroup(lambda e: isinstance(e, (KeyError, TypeError)))), g.subgroup(OSError))
print(type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, type(BaseExceptionGroup("b", [OSError()])).__name__)
for args in ((), ("m",), ("m", []), ("m", [1]), (1, [OSError()]), ("m", 5), ("m", [KeyboardInterrupt()])):
    try:
        ExceptionGroup(*args)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
