"""Dicts made with a known number of items grow, shrink and copy as any other."""

pair = {"a": 1, "b": 2}
for i in range(20):
    pair[i] = i
print(list(pair)[:5], len(pair), pair["b"], 19 in pair)
one = {"only": None}
one.update(pair)
print(len(one), list(one)[:3])
copied = dict({"x": 1, "y": 2})
copied["z"] = 3
del copied["x"]
copied["x"] = 4
print(copied, copied.popitem(), {**copied, "w": 0}, copied | {"y": 9})
many = [{"k": i, "n": None} for i in range(1000)]
for item in many:
    item["more"] = item["k"]
    item.pop("n")
print(sum(item["more"] for item in many), many[7], {1: 2, True: 3}, {k: v for k, v in zip("ab", "cd")})
