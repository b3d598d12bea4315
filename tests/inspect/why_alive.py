# The shortest chain of references from a root.
import gc

gc.disable()  # no collection but those asked for

import functools
import weakref

import ouro


class Calculator:
    @functools.lru_cache
    def calculate(self, n):
        return n


calculator = Calculator()
calculator.calculate(3)
seen = weakref.ref(calculator)
print(ouro.why_alive(calculator))
del calculator
print(ouro.why_alive(seen()))
Calculator.calculate.cache_clear()
print(seen())


class Node:
    pass


root = {"nodes": [Node()]}
root["nodes"][0].deep = ([], {"x": Node()})
print(ouro.why_alive(root["nodes"][0].deep[1]["x"]))


def outer():
    kept = Node()

    def inner():
        return kept

    return inner


f = outer()
print(ouro.why_alive(f()))


def running(argument):
    print(ouro.why_alive(argument))


running(Node())
p, q = Node(), Node()
p.q, q.p = q, p
seen = weakref.ref(p)
del p, q
print(ouro.why_alive(seen()))
answer = ouro.why_alive(root)
print(type(answer).__mro__[1].__name__, answer["by"], [sorted(step) for step in answer["path"]][:1])
top = deep = []
for _ in range(20000):
    deep.append([])
    deep = deep[0]
deep.append(Node())
seen = weakref.ref(deep[0])
del deep
print(len(ouro.why_alive(seen())["path"]))
