"""dict and set against a model of pair lists: random operations, order included."""
seed = 7


def rand(n):
    global seed
    seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
    return (seed >> 8) % n


def find(pairs, key):
    for i, (k, _) in enumerate(pairs):
        if k == key:
            return i
    return -1


makers = {"int": lambda i: i, "str": lambda i: f"key{i}", "tuple": lambda i: (i, str(i)), "mixed": lambda i: [i, float(i), str(i), (i,)][i % 4], "negative": lambda i: -i * 2 ** 40}
for name, make in makers.items():
    d, model, s = {}, [], set()
    for step in range(2500):
        key = make(rand(60))
        at = find(model, key)
        op = rand(8)
        if op < 3:
            d[key] = step
            s.add(key)
            if at < 0:
                model.append((key, step))
            else:
                model[at] = (model[at][0], step)
        elif op < 5:
            assert d.pop(key, "none") == (model[at][1] if at >= 0 else "none")
            s.discard(key)
            if at >= 0:
                del model[at]
        elif op == 5:
            assert d.get(key) == (model[at][1] if at >= 0 else None)
            assert (key in d) == (at >= 0) == (key in s)
        elif op == 6 and model:
            assert d.popitem() == model[-1]
            s.remove(model.pop()[0])
        elif op == 7:
            assert d.setdefault(key, step) == (model[at][1] if at >= 0 else step)
            s.add(key)
            if at < 0:
                model.append((key, step))
        assert list(d.items()) == model and len(d) == len(model) and s == set(d)
    print(name, len(d), list(d)[:2], sum(d.values()))
copy = dict(d)
copy.update({k: 0 for k in list(d)[::2]})
print(list(copy) == list(d), sum(v == 0 for v in copy.values()) >= len(d) // 2, {**d} == d, d | {} == d, dict(list(d.items())) == d)
