"""pdb: commands that look, step, set breakpoints; breakpoint(); post mortem."""
import io
import os
import pdb
import sys


def inner(a, b=2):
    c = a + b
    for i in range(2):
        c += i
    return c


def outer():
    x = 1
    y = inner(x)
    z = y * 2
    return z


def failing():
    value = [1, 2]
    return value[5]


def session(title, commands, start):
    print("=====", title)
    out = io.StringIO()
    debugger = pdb.Pdb(stdin=io.StringIO(commands), stdout=out)
    try:
        start(debugger)
    finally:
        sys.settrace(None)
        text = out.getvalue().replace(os.path.abspath(__file__), "FILE").replace(__file__, "FILE")
        print(text)
        debugger.clear_all_breaks()
        pdb.bdb.Breakpoint.clearBreakpoints()


def from_outer(debugger):
    print("result", debugger.runcall(outer))


def stop_here(debugger):
    debugger.set_trace()
    seen = outer()
    print("result", seen)
    sys.settrace(None)


session("steps", "s\nn\ns\ns\na\np a, b\nn\nn\nl\nll\nu\np x\nd\nr\nrv\nn\nn\nc\n", from_outer)
session("breakpoints", "b 11\nb inner\nb 12, c > 3\nb\nc\nc\np c\ndisable 1 2\nb\nignore 3 1\ncondition 3\nb\n"
        "enable 9\ncl 1\ncl 7\ncl x\nc\np c\ntbreak 19\nc\nc\n", from_outer)
session("expressions", "n\nx = 5\np x\np nosuch\npp {'a': [1]}\nwhatis outer\nwhatis x\nwhatis 5 .real\n!print\nx +\n"
        "display x\nundisplay y\nargs\nuntil 19\np y, z\nj 17\nn\nc\n", from_outer)
session("alias", "n\nalias pp2 p (%1, %2)\npp2 x 7\nalias\nunalias pp2\npp2\np 1 ;; p 2\n\nj 900\nj x\nunt 1\nunt y\nb 5\nb nosuch\nb 1000\nd\nu x\nc\n",
        from_outer)


def post_mortem(debugger):
    try:
        failing()
    except IndexError as error:
        debugger.reset()
        debugger.interaction(None, error.__traceback__)


session("post mortem", "p value\nu\nl 24, 26\nd\nq\n", post_mortem)


def quits(debugger):
    try:
        debugger.runcall(outer)
        print("quit")
    except pdb.bdb.BdbQuit:
        print("BdbQuit")


session("quit", "n\nq\n", quits)

calls = []
sys.breakpointhook = lambda *args, **kw: calls.append((args, kw))
breakpoint(1, header="x")
print(calls)
del sys.breakpointhook
try:
    breakpoint()
except RuntimeError as error:
    print(error)
sys.breakpointhook = sys.__breakpointhook__
os.environ["PYTHONBREAKPOINT"] = "0"
print(breakpoint())
