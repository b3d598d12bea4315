"""Parts of the grammar that parse everywhere: soft keywords as names, type comments, future imports."""
from __future__ import annotations, division


def match(x):
    return ("match", x)


def case(x):
    return ("case", x)


print(match(1), case(2), match (3))
match = {"k": [1]}
print(match["k"], match ["k"])
_ = 5
print(_)


def annotated(x: undefined_name, y: also.undefined = 1) -> nothing[0]:
    return y


print(annotated.__annotations__, annotated(0))
type = 3
print(type)
