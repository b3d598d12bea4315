"""vars, dir, globals, locals, getattr and setattr, eval and exec with namespaces, compile."""
x = "global"


def function(arg):
    local = 1
    before = sorted(locals())
    later = 2
    return before, sorted(locals()), "x" in globals(), globals()["x"]


print(function(0))
print(eval("x + '!'"), eval("y", {"y": 5}), eval("a + b", {"a": 1}, {"b": 2}), eval(" 1 + 1 "), eval("[i for i in range(3)]"), eval("(lambda: x)()"))
ns = {}
exec("a = 1\ndef f():\n    return a + 1\nb = f()", ns)
print(sorted(k for k in ns if k != "__builtins__"), ns["b"], "__builtins__" in ns)
loc = {}
exec("z = 1; w = z + 1", {}, loc)
print(loc)
exec("x = 'changed'")
print(x)


def inside():
    x = "local"
    exec("x = 'exec'")
    y = eval("x")
    return x, y


print(inside())
code = compile("p * 2", "<file>", "eval")
print(eval(code, {"p": 21}), code.co_filename, code.co_name)
code = compile("q = 1\nprint('q is', q)", "<f>", "exec")
exec(code)
exec(compile("1 + 2\n'text'\nNone", "<s>", "exec"))
exec(compile("1 + 2", "<s>", "single"))
exec(compile("for i in range(2): i * 10\n", "<s>", "single"))


class C:
    a = 1

    def __init__(self):
        self.b = 2


c = C()
print(vars(c), [n for n in dir(c) if not n.startswith("_")], sorted(n for n in vars(C) if not n.startswith("_")))
setattr(c, "d", 3)
print(getattr(c, "d"), getattr(c, "e", "none"), hasattr(c, "a"), hasattr(c, "z"))
delattr(c, "d")
print(vars(c), "append" in dir([]), "__init__" in dir(C), [n for n in dir() if n in ("C", "c", "x")])
for source in ("eval('1 +')", "eval('a = 1')", "eval('undefined')", "exec('1 +')", "compile('x', 'f', 'wrong')", "eval(5)", "eval('1', 5)", "vars(5)", "getattr(5, 'x')", "setattr(5, 'x', 1)", "delattr(c, 'zz')", "eval('')", "exec(5)", "eval('1\\n2')", "compile('', 'f', 'eval')", "exec('x', {}, 5)", "dir(1, 2)", "compile(5, 'f', 'exec')", "eval('x\\0')", "getattr(c, 5)", "hasattr(c, 5)", "compile('a b', 'f', 'exec')"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
import builtins
print(builtins.len is len, __builtins__ is builtins or isinstance(__builtins__, dict), __name__, __doc__[:4])
builtins.made_up = 5
print(made_up)
del builtins.made_up
len = lambda x: "shadowed"
print(len([]))
del len
print(len([]))
exec("print(sorted(k for k in globals() if k == 'own'))", {"own": 1})
print(eval("__builtins__ is not None", {}), eval("len", {"__builtins__": {"len": "mine"}}))
try:
    eval("print", {"__builtins__": {}})
except NameError as error:
    print(error)
