"""exec, eval and class bodies with namespaces of every kind."""


class Spy(dict):
    def __getitem__(self, key):
        if key in ("probe", "x"):
            print("get", key, end="; ")
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print("set", key, end="; ")
        super().__setitem__(key, value)

    def __missing__(self, key):
        if key == "probe":
            return "made up"
        raise KeyError(key)


spy = Spy()
exec("x = 1\ny = x + 1\ndel x\nz = probe", {}, spy)
print()
print(dict(spy))
g = {}
exec("a = 1\ndef f(): return a", g)
print(g["f"](), sorted(k for k in g if not k.startswith("__")))
g["a"] = 2
print(g["f"]())
exec("""
global top
top = 5
def f():
    global made
    made = 6
f()
""", g, loc := {})
print(g["top"], g["made"], sorted(loc))
exec("class C:\n    attr = value\n    def m(self): return value", {"value": 10}, out := {})
print(out["C"].attr)
try:
    exec("class C:\n    attr = value", {}, {})
except NameError as error:
    print(error)
try:
    exec("class C:\n    attr = val", {}, {"val": "a class body does not see it"})
except NameError as error:
    print(error)


def function():
    a = 1
    exec("a = 2; b = 3")
    try:
        return a, eval("a"), b
    except NameError as error:
        return a, eval("a"), str(error)


print(function())


def reads_locals():
    v = 1
    l = locals()
    v = 2
    return l["v"], locals()["v"], l is locals()


print(reads_locals())
print(eval("[n for n in names]", {"names": [1, 2]}), eval("lambda: k", {"k": 9})())
try:
    eval("[n for n in names]", {}, {"names": [1]})
    print("first iterable is found in locals")
    eval("[m for n in [1]]", {}, {"m": 2})
except NameError as error:
    print(error)
code = compile("result = inp * 2", "<c>", "exec")
for n in range(3):
    ns = {"inp": n}
    exec(code, ns)
    print(ns["result"], end=" ")
print()
