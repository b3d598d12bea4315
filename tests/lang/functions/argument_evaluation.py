"""The order in which a call evaluates its function and its arguments."""
log = []


def note(name, value=None):
    log.append(name)
    return value


def target(*args, **kw):
    log.append("call")
    return args, kw


def flush():
    print(" ".join(log))
    log.clear()


note("f", target)(note("a"), note("b"), k=note("k"), l=note("l")); flush()
note("f", target)(*note("star", [1]), note("x"), *note("star2", [2])); flush()
note("f", target)(note("a"), *note("s", []), k=note("k"), **note("d", {})); flush()
note("f", target)(k=note("k"), *note("s", [])); flush()
note("f", target)(**note("d1", {}), k=note("k"), **note("d2", {})); flush()
{note("k1"): note("v1"), note("k2", 2): note("v2")}; flush()
[note("i", [10, 20])[note("j", 1)], note("z")]; flush()
note("a", 1) + note("b", 2) * note("c", 3); flush()
note("l", 1) < note("m", 2) < note("r", 3); flush()
note("c", True) and note("d", False) or note("e"); flush()
x = {}
x[note("key")] = note("value"); flush()
x[note("k", 5)] = y = note("v"); flush()
note("obj", x)[note("idx", 5)], z = note("r", (1, 2)); flush()
x[note("aug", 5)] += note("inc", 1); flush()
note("yes") if note("cond", 0) else note("no"); flush()
f"{note('f1')} {note('f2'):{note('spec', '>5')}}" if False else f"{note('f1')!s}{note('f2')!s:>{note('w', 5)}}"; flush()
[note(("n", i)[0]) for i in note("iter", range(2)) if note("if", True)]; flush()
print(*note("args", [1]), sep=note("sep", "-"), end=note("end", "\n")); flush()


def decorated(d=note("default")):
    pass


@note("deco", lambda f: f)
def g(a: note("annotation"), b=note("default b")) -> note("returns"):
    pass


flush()


@note("class deco", lambda c: c)
class K(note("base", object), metaclass=note("meta", type)):
    note("body")


flush()
del x[note("del", 5)]; flush()
assert note("assert", True), note("message"); flush()
for note("target", x)[note("sub", 1)] in note("for", [1]):
    pass
flush()
with note("ctx", __import__("contextlib").nullcontext({})) as note("as", {})["k"]:
    note("in with")
flush()
lambda a=note("lambda default"): note("never"); flush()
(note("w1", 1), (v := note("w2", 2)), v); flush()
x[note("s1", 1):note("s2", 2)] if False else "abc"[note("s1", 0):note("s2", 2):note("s3", 1)]; flush()
