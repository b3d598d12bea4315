"""The functions of gc."""
import gc

print(gc.get_threshold(), gc.isenabled(), gc.garbage, gc.callbacks)
gc.disable()
print(gc.isenabled())
gc.enable()
gc.set_threshold(500, 5)
print(gc.get_threshold())
gc.set_threshold(700, 10, 10)
print(gc.collect(0) >= 0, gc.collect(1) >= 0, gc.collect(2) >= 0, gc.collect())
for bad in ((3,), (-1,), ("a",)):
    try:
        gc.collect(*bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


class C:
    pass


class S:
    __slots__ = ("x",)


o = C()
print(gc.is_tracked([]), gc.is_tracked({}), gc.is_tracked({"a": []}), gc.is_tracked(o), gc.is_tracked(1), gc.is_tracked("s"), gc.is_tracked(1.5), gc.is_tracked(None), gc.is_tracked(C), gc.is_tracked(lambda: 0), gc.is_tracked(()), gc.is_tracked({1: 2}), gc.is_tracked(set()))
t = (1, "a")
u = ([],)
gc.collect()
print(gc.is_tracked(t), gc.is_tracked(u))
inner = [1]
outer = [inner, "s"]
print(gc.get_referents(outer) == [[1], "s"] or gc.get_referents(outer) == ["s", [1]], any(r is outer for r in gc.get_referrers(inner)), gc.get_referents(5, "x"))
d = {"k": inner}
print(any(r is d for r in gc.get_referrers(inner)), sorted(map(str, gc.get_referents({"a": 1}))))
objects = gc.get_objects()
print(type(objects).__name__, any(x is outer for x in objects), any(x is objects for x in objects), len(objects) > 100)
print(len(gc.get_count()), all(isinstance(n, int) for n in gc.get_count()))
stats = gc.get_stats()
print(len(stats), sorted(stats[0]), all(isinstance(v, int) for v in stats[2].values()))
events = []


def callback(phase, info):
    events.append((phase, sorted(info)))


gc.callbacks.append(callback)
gc.collect()
gc.callbacks.remove(callback)
print(events)
gc.freeze()
print(gc.get_freeze_count() > 0)
gc.unfreeze()
print(gc.get_freeze_count())
before = gc.get_stats()[0]["collections"]
lists = [[] for _ in range(3000)]
print(gc.get_stats()[0]["collections"] > before)


class D:
    def __del__(self):
        pass


x = D()
print(gc.is_finalized(x), gc.get_debug())
