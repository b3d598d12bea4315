"""A least-recently-used cache on a doubly linked list, checked against a slow model."""


class Link:
    __slots__ = ("key", "value", "before", "after")

    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.before = self.after = self


class LRU:
    def __init__(self, capacity):
        self.capacity = capacity
        self.links = {}
        self.root = Link()
        self.hits = self.misses = 0

    def _unlink(self, link):
        link.before.after, link.after.before = link.after, link.before

    def _push(self, link):
        last = self.root.before
        last.after = self.root.before = link
        link.before, link.after = last, self.root

    def get(self, key, default=None):
        link = self.links.get(key)
        if link is None:
            self.misses += 1
            return default
        self.hits += 1
        self._unlink(link)
        self._push(link)
        return link.value

    def put(self, key, value):
        link = self.links.get(key)
        if link is not None:
            link.value = value
            self._unlink(link)
        else:
            if len(self.links) == self.capacity:
                oldest = self.root.after
                self._unlink(oldest)
                del self.links[oldest.key]
            link = self.links[key] = Link(key, value)
        self._push(link)

    def __iter__(self):
        link = self.root.after
        while link is not self.root:
            yield link.key, link.value
            link = link.after

    def __len__(self):
        return len(self.links)

    def __contains__(self, key):
        return key in self.links


cache = LRU(3)
for k in "abcad":
    cache.put(k, k.upper())
print(list(cache), cache.get("b"), cache.get("a"), list(cache), len(cache), "c" in cache)
model = []
cache = LRU(8)
seed = 99
checks = 0
for step in range(5000):
    seed = seed * 16807 % 2147483647
    key = seed % 20
    if seed % 3:
        cache.put(key, step)
        model = [p for p in model if p[0] != key][-7 if key not in [p[0] for p in model] else None:]
        model.append((key, step))
    else:
        found = [p for p in model if p[0] == key]
        assert cache.get(key) == (found[0][1] if found else None)
        if found:
            model.remove(found[0])
            model.append(found[0])
    assert list(cache) == model, (step, list(cache), model)
    checks += 1
print(checks, cache.hits, cache.misses, list(cache))
