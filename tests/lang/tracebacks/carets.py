"""Markers under the part of a line that failed, printed by the traceback module."""
import traceback


class Box:
    attr = None


box = Box()
data = {"a": [1, 2]}
name = "x"
zero = 0


def show(function):
    try:
        function()
    except Exception:
        text = traceback.format_exc()
        print("\n".join(text.splitlines()[3:]))
        print("--")


def binary():
    return (1 + 2) * 3 / zero + len(data)


def subscript():
    return data["a"][0] + data["b"][1]


def attribute():
    return box.attr.missing.other


def call():
    return len(len(5))


def nested_call():
    return str(int("12") + int("x1")) + "suffix"


def whole_line():
    raise ValueError("whole line")


def multi_line():
    return (1 +
            zero / zero +
            2)


def compare():
    return 1 < 2 < "a"


def unary():
    return -name


def unpack():
    a, b = 1, 2, 3


def non_ascii():
    return "é" + "ü" * len("ß") + undefined_thing


def store():
    box.attr["k"] = 1


def in_comprehension():
    return [1 / k for k in (1, 0)]


def method_call():
    return box.attr.append(1)


def assertion():
    assert data == {}, "message"


def iteration():
    for x in zero:
        pass


def delete():
    del data["nope"]


def augmented():
    global name
    name += 1


def importing():
    import no_such_module_at_all


for function in (binary, subscript, attribute, call, nested_call, whole_line, multi_line, compare, unary,
                 unpack, non_ascii, store, in_comprehension, method_call, assertion, iteration, delete,
                 augmented, importing):
    show(function)
