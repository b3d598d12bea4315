"""Subclasses of int, float, str, list, dict, tuple, set, exceptions: types of results."""


class MyInt(int):
    def __add__(self, other):
        return MyInt(int(self) + int(other))

    def __repr__(self):
        return f"MyInt({int(self)})"


a = MyInt(5)
print(a, a + 1, type(a + 1).__name__, type(a - 1).__name__, 1 + a, type(1 + a).__name__, a == 5, hash(a) == hash(5))
print(str(a), f"{a}", f"{a:>4}|", "%d" % a, int(a), [0] * a, range(a), a.bit_length(), MyInt("12") * 2)
a.attr = "x"
print(a.attr, vars(a))


class MyStr(str):
    def __eq__(self, other):
        return "always"

    __hash__ = str.__hash__

    def __getitem__(self, i):
        return "item"


s = MyStr("abc")
print(s == "zzz", s[0], s.upper(), s + "d", len(s), list(s), "b" in s, s.join(["x", "y"]))


class MyList(list):
    def __getitem__(self, i):
        return ("got", i)

    def __len__(self):
        return 100


l = MyList([1, 2, 3])
print(l[0], len(l), list(l), l, l + [4], type(l + [4]).__name__, sorted(l), l[0:2], bool(MyList()))
l.append(4)
print(list.__len__(l), list.__getitem__(l, -1), [*l], l == [1, 2, 3, 4], l.copy(), type(l.copy()).__name__)


class MyDict(dict):
    def __setitem__(self, k, v):
        super().__setitem__(k, v * 2)

    def __getitem__(self, k):
        return ("wrapped", super().__getitem__(k))


d = MyDict(a=1)
d["b"] = 2
d.update(c=3)
print(d, d["b"], d.get("b"), dict(d), {**d}, list(d.items()), d | {"z": 0}, type(d | {}).__name__)


class MyTuple(tuple):
    def __repr__(self):
        return "MyTuple" + super().__repr__()


t = MyTuple((1, 2))
print(t, t + (3,), type(t + (3,)).__name__, t[0:1], t * 2, t == (1, 2), MyTuple())


class MySet(set):
    def add(self, x):
        super().add(x * 10)


ms = MySet([1])
ms.add(2)
print(sorted(ms), sorted(ms | {3}), type(ms).__name__, type(ms | {3}).__name__, type(ms.copy()).__name__, ms == {1, 20})


class MyFloat(float):
    def __mul__(self, other):
        return "times"


f = MyFloat(1.5)
print(f * 2, 2 * f, f + 1, f.is_integer(), repr(f), type(f.real).__name__, MyFloat("2.5"))


class MyError(ValueError):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


try:
    raise MyError(404, "not found")
except ValueError as error:
    print(error, error.args, error.code, repr(error))


class MyBytes(bytes):
    pass


print(MyBytes(b"ab"), MyBytes(b"ab") + b"c", type(MyBytes(b"x")[0:]).__name__, MyBytes([65, 66]).decode())


class MyComplex(complex):
    pass


print(MyComplex(1, 2), MyComplex(1) + 1j, abs(MyComplex(3, 4)))
