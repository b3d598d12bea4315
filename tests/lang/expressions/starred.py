"""Starred items in displays and calls, and double stars."""
a = [1, 2]
b = (3,)
print([*a, *b, 4], (*a, 0, *b), {*a, *b, *a}, [*"xy", *range(2), *{}])
print({**{"x": 1}, "y": 2, **{"x": 3}})
print({"x": 0, **dict(y=1)}, {**{}})
t = *a, *b
print(t)
t = *a,
print(t)


def f(*args, **kwargs):
    return args, kwargs


print(f(*a, *b), f(0, *a, 9, *b, k=1, **{"l": 2}, **{"m": 3}))
print(f(*(), **{}), f(k=1, *a), f(*"ab", *[], **dict(z=1)))
for x in *a, *b:
    print(x, end=" ")
print()


def yields():
    yield *a, *b


def returns():
    return *a, "end"


print(next(yields()), returns())
for source in ("f(*5)", "f(**5)", "f(**{1: 2})", "f(k=1, **{'k': 2})", "[*5]", "{**[1]}", "f(*a, **None)",
               "(lambda x: x)(1, *a)", "(lambda k: k)(1, **{'k': 2})", "{*[[]]}"):
    try:
        eval(source)
    except TypeError as error:
        print(source, "->", error)
print(*a, *b, sep="-")
m = {"sep": "+", "end": "!\n"}
print(1, 2, **m)
sub = {(1, 2): "tuple key"}
print(sub[*a], sub[1, 2])


class Mapping:
    def keys(self):
        return ["p", "q"]

    def __getitem__(self, key):
        return key * 2


print(f(**Mapping()), {**Mapping(), "r": 1}, dict(Mapping()))
print([*(i for i in range(3) if i), *[*[1]]])
