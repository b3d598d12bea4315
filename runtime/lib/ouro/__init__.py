"""What the interpreter knows: why two names are one object, what holds an object, what the
collector does, where memory lies.

Every function takes any object and gives a plain list or dict that prints as a readable page:

    why_same(a, b)      why two names are one object, or why they are two
    holders(x)          every slot that holds x; they add up to its reference count
    why_alive(x)        the chain of references that keeps x alive
    generation(x)       where the collector has x
    gc_steps()          a collection, step by step
    pools()             arenas, pools and blocks of the allocator
    heap(root)          objects and references as a graph; .save("FILE.svg|.html|.dot|.json")
    life(x)             where x was made, how its count changed, what freed it (-X track)
    snapshot(name)      the graph of all variables now, for the page of --heap

The references and frames of this module are not part of any answer.
"""

import _ouro
from ouro import report as _report
from ouro.graph import Heap
from ouro.report import Alive, Generation, Holders, Life, Pools, Same, Steps

__all__ = ["why_same", "holders", "why_alive", "generation", "gc_steps", "pools", "heap",
           "snapshot", "snapshots", "life", "show"]

_snapshots = []


def holders(x, limit=1000):
    """Every slot that holds x: a list of dicts whose counts add up to x's reference count."""
    return Holders(*_ouro.holders(x, limit))


def why_alive(x):
    """The shortest chain of references from a root of the program to x."""
    return Alive(_ouro.alive(x))


def why_same(a, b):
    """Why a and b are the same object, or why they are two."""
    first = _ouro.facts(a)
    second = _ouro.facts(b)
    same = a is b
    equal = same or _report.safely_equal(a, b)
    answer = _report.explain(same, equal, first, second)
    if answer["why"] == "aliasing":
        answer["places"] = _report.aliases(_ouro.holders(a, 20)[0])
    return Same(answer)


def generation(x):
    """Where the collector has x."""
    return Generation(_ouro.generation(x))


def gc_steps(generation=2, limit=100):
    """Collects a generation and the younger ones; what happened at each step."""
    return Steps(_ouro.steps(generation, limit))


def pools():
    """The allocator: arenas, pools and blocks by size, and how full they are."""
    return Pools(_ouro.pools())


_all = object()


def heap(root=_all, depth=20, limit=2000):
    """The objects that root reaches (without it: those of all variables) as a graph."""
    if root is _all:
        graph = _ouro.graph(None, depth, limit, True)
    else:
        graph = _ouro.graph(root, depth, limit)
    return Heap(graph)


def snapshot(name=None):
    """Keeps the graph of all variables under a name; the page of --heap steps through them."""
    graph = heap()
    graph["name"] = "snapshot %d" % (len(_snapshots) + 1) if name is None else str(name)
    _snapshots.append(graph)
    return graph


def snapshots():
    """The graphs that snapshot() kept, the oldest first."""
    return list(_snapshots)


def life(x):
    """What happened to x, or to the object whose id x is or was; needs ouro -X track."""
    return Life(_ouro.life(x) or {"events": []})


def show(answer):
    """Prints an answer of this module."""
    print(answer)
