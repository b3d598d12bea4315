"""Functions, globals and builtins change after the caches of the sites that use them are warm."""
import builtins

factor = 3


def scaled(x, by=2, *, plus=0):
    return x * by + plus


def call_default(x):
    return scaled(x)


def call_keywords(x):
    return scaled(by=x, x=1, plus=5)


def call_method_object(f, x):
    return f(x)


def use_global(x):
    return x * factor


def use_len(x):
    return len(x)


def use_types(x):
    return bool(x), int(x), float(x)


class Box:
    def __init__(self, n):
        self.n = n

    def add(self, x):
        return self.n + x


def star(*args):
    return args


def call_star(a, b):
    return star(a, b)


box = Box(10)
bound = box.add
for i in range(100):
    assert call_default(i) == 2 * i and call_keywords(i) == i + 5
    assert use_global(i) == 3 * i and use_len("abc") == 3
    assert call_method_object(bound, i) == 10 + i
    assert use_types(i) == (i != 0, i, float(i)) and call_star(i, 2) == (i, 2)

scaled.__defaults__ = (7,)
print(call_default(2), call_keywords(2))
scaled.__kwdefaults__ = {"plus": 100}
print(call_default(2), call_keywords(2))
scaled.__kwdefaults__ = None
try:
    call_default(2)
except TypeError as e:
    print(e)
scaled.__kwdefaults__ = {"plus": 1}
scaled.__defaults__ = None
try:
    call_default(2)
except TypeError as e:
    print(e)


def replacement(x, *, by=1, plus=2):
    return ("replacement", x, by, plus)


scaled.__code__ = replacement.__code__
scaled.__kwdefaults__ = replacement.__kwdefaults__
print(call_default(2), call_keywords(2))
scaled = lambda *args, **kwargs: (args, sorted(kwargs.items()))
print(call_default(2), call_keywords(2))
star = lambda a, b=1: ("two", a, b)
print(call_star(1, 2))
scaled = 5
try:
    call_default(2)
except TypeError as e:
    print(e)

print(call_method_object(len, "four"), call_method_object(Box(1).add, 1))
Box.add = lambda self, x: "new"
print(call_method_object(bound, 1), call_method_object(box.add, 1))

factor = 1.5
print(use_global(2))
del factor
try:
    use_global(2)
except NameError as e:
    print(e)
factor = "ab"
print(use_global(2))
exec("factor = 10", globals())
print(use_global(2))

builtins.len = lambda x: "builtin replaced"
print(use_len("abc"))
len = lambda x: "global"
print(use_len("abc"))
del len
print(use_len("abc"))
del builtins.len
try:
    use_len("abc")
except NameError as e:
    print(e)
builtins.len = "".__len__.__class__ and (lambda x: x.__len__())
print(use_len("abc"))
bool = int = float = str
print(use_types(1))


# Strings that grow in place in globals and closures.
text = ""
kept = []
for i in range(20):
    if i % 7 == 3:
        kept.append(text)
    text += chr(97 + i)
print(text, kept)


def grow_global():
    global text
    for i in range(5):
        held = text
        text += "-"
        text = text + "+"
    return held


print(grow_global(), text)


def closure():
    inner = "q" * 3

    def grow(part):
        nonlocal inner
        before = inner
        for _ in range(4):
            inner += part
        return before

    return grow("x"), grow("é"), grow("\u4e00"), inner


print(closure())


# Unpacking, slices and iteration of other things than the first.
def unpack(pairs):
    out = []
    for a, b in pairs:
        out.append((b, a))
    return out


def middle(s):
    return s[1:3], s[::-1], s[2:]


def tail(s, values):
    s[1:3] = values
    return s


for i in range(50):
    unpack(zip([1, 2], [3, 4])), middle([1, 2, 3, 4]), tail([1, 2, 3], (7, 8))
print(unpack({1: 2}.items()), unpack(["ab", [3, 4]]), unpack(iter([(5, 6)])))
for bad in ([(1, 2, 3)], [(1,)], [5], 5):
    try:
        unpack(zip(*bad) if bad == 5 else bad)
    except (TypeError, ValueError) as e:
        print(e)


class Index:
    def __index__(self):
        return 2

    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)


print(middle("abcdef"), middle((1, 2, 3)), middle(b"wxyz"), middle(Index()))
print([1, 2, 3, 4][Index() :], [0, 1, 2, 3][True:], tail([1, 2, 3], "xyz"))
tail(Index(), 1)
try:
    middle(5)
except TypeError as e:
    print(e)
try:
    [1, 2]["a":]
except TypeError as e:
    print(e)
try:
    [1, 2][::0]
except ValueError as e:
    print(e)
