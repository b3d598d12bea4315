# Why two names are one object, or why they are two.
import gc

gc.disable()  # no collection but those asked for

import sys

import ouro

show = lambda a, b: print(ouro.why_same(a, b))

print("--- one object")
show(5, 2 + 3)
show(None, None)
show("", "".join([]))
show("x", "xyz"[0])
show((), tuple([]))
show(b"", bytes())
show(b"a", b"abc"[:1])
a = 1000
b = 1000
show(a, b)
seconds = 24 * 60 * 60
print(ouro.why_same(seconds, 86400))
text = "two words"
again = "two words"
show(text, again)
name = "identifier"
show(name, "identifier")
made = sys.intern("".join(["put ", "there"]))
show(made, sys.intern("put there"))


class Node:
    attribute = 1


show("attribute", list(vars(Node))[1])
first = second = [1]
show(first, second)
holder = Node()
holder.item = first
show(first, holder.item)

print("--- two objects")
show(1000, int("1000"))
show("hello world", " ".join(["hello", "world"]))
show([], [])
show(Node(), Node())
show(1, 1.0)
show(1, 2)
show("a", "b")
show(eval("12345"), eval("12345"))
show((1, [2]), (1, [2]))
show(float("nan"), float("nan"))


class Touchy:
    def __eq__(self, other):
        print("never called")
        return True

    __repr__ = __hash__ = None


show(Touchy(), Touchy())
answer = ouro.why_same(a, b)
print(isinstance(answer, dict), sorted(answer), answer["why"])
