"""dict: methods, order, updates, merging, errors."""
d = {"a": 1, "b": 2}
print(d["a"], d.get("x"), d.get("x", 5), "a" in d, "x" not in d, len(d), list(d), d.setdefault("c", 3), d.setdefault("a", 9), d)
print(d.pop("a"), d.pop("x", "default"), d.popitem(), d)
d.update({"z": 26}, y=25); d.update([("x", 24)]); d.update(()); d.update(w=23); print(d)
print(list(d.keys()), list(d.values()), list(d.items()), list(reversed(d)), list(reversed(d.items()))[0])
del d["z"]; d["z"] = 0; print(d)
d["b"] = "kept place"; print(d)
print(dict(), dict(a=1), dict([("a", 1), ["b", 2]]), dict({"x": 1}, y=2), dict(zip("ab", range(2))), dict(["ab", "cd"]), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
c = d.copy(); c["new"] = 1; print("new" in d, c == d, d == dict(d), {"a": 1, "b": 2} == {"b": 2, "a": 1}, {} == {}, {1: 1} != {1: 2})
print({"a": 1} | {"b": 2, "a": 3}, {**{"a": 1}, "a": 2}, {1: "int", 1.0: "float", True: "bool"}, {None: 0, (): 1, "": 2, 0: 3, False: 4})
e = {"k": 1}; f = e; e |= {"l": 2}; print(f, f is e)
e.clear(); print(f, bool(e), bool({0: 0}))
k, v, i = {"a": 1, "b": 2}.keys(), {"a": 1, "b": 1}.values(), {"a": 1, "b": 2}.items()
print(k, v, i, len(k), "a" in k, 1 in v, ("a", 1) in i, ("a", 2) in i, sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), k == {"a", "b"}, i == {("a", 1), ("b", 2)}, k.isdisjoint({"q"}), k <= {"a", "b", "c"}, sorted(i & {("a", 1)}))
view = d.keys(); d["added"] = 1; print("added" in view, len(view) == len(d), view.mapping["added"])
r = {}; r["self"] = r; print(r)
big = {i: i * i for i in range(1000)}
for i in range(0, 1000, 3):
    del big[i]
print(len(big), sum(big), sum(big.values()), list(big)[:5], list(big)[-1], 3 in big, 4 in big)
for i in range(0, 1000, 3):
    big[i] = -1
print(len(big), list(big)[-2:], list(big)[:3])
while len(big) > 3:
    big.popitem()
print(big)
for source in ("{}['k']", "{}.pop('k')", "{}.popitem()", "{}[[]]", "{[]: 1}", "dict(5)", "dict([1])", "dict([(1, 2, 3)])", "dict(['a'])", "{} < {}", "{} + {}", "{} | []", "{}.get()", "{}.get([])", "{}.update(5)", "{}.update([1])", "dict.fromkeys(5)", "hash({})", "{}.keys()[0]", "{1: 2}.items() + 1", "{}.foo", "dict(a=1, **{'a': 2})", "{}.pop()", "{'a': 1}.setdefault()", "[] in {}", "{}[{}]", "{}.update(1, 2)"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
for method, change in ((lambda d: d, "add"), (lambda d: d.items(), "add"), (lambda d: d.values(), "del")):
    d = {1: 1, 2: 2, 3: 3}
    try:
        for x in method(d):
            if change == "add":
                d[len(d) + 1] = 0
            else:
                del d[next(iter(d))]
    except RuntimeError as error:
        print(error)
d = {1: 1, 2: 2}
for k in d:
    d[k] = "changed"
print(d)
d = {1: 1, 2: 2, 3: 3}
try:
    for k in d:
        del d[k]; d[k + 10] = 0
except RuntimeError as error:
    print(error)
