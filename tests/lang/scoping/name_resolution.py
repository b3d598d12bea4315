"""How names are found: local, enclosing, global, builtin, in functions, classes, exec and del."""
x = "global"
len_before = len("abc")


def f():
    return x


def g():
    x = "local"
    return f(), x


def h():
    global x
    x = "reassigned"
    return x


print(f(), g(), h(), x)


def conditional(flag):
    if flag:
        y = "bound"
    try:
        return y
    except UnboundLocalError as error:
        return str(error)


print(conditional(True), conditional(False))


def loop_variable():
    for i in range(3):
        pass
    return i


def except_variable():
    try:
        raise ValueError("v")
    except ValueError as e:
        pass
    try:
        return e
    except UnboundLocalError as error:
        return str(error)


def with_variable():
    class M:
        def __enter__(self):
            return "entered"

        def __exit__(self, *a):
            pass
    with M() as m:
        pass
    return m


def import_variable():
    import math
    return math.__name__


def nested_def():
    def inner():
        return inner.__name__
    return inner()


def del_then_use():
    v = 1
    del v
    try:
        v
    except UnboundLocalError as error:
        return str(error)


print(loop_variable(), except_variable(), with_variable(), import_variable(), nested_def(), del_then_use())


def outer():
    a, b = 1, 2

    def middle(b):
        c = 3

        def inner(c):
            d = 4
            return a, b, c, d
        return inner(30)
    return middle(20)


print(outer())


def late_global():
    return defined_after


defined_after = "now defined"
print(late_global())
del defined_after
try:
    late_global()
except NameError as error:
    print(error)


def builtin_shadow():
    len = 5
    return len


print(builtin_shadow(), len("ab"))


class K:
    x = "class"

    def direct(self):
        return x

    def through(self):
        return self.x

    y = [x for x in "inner"]
    z = x


print(K().direct(), K().through(), K.y[:2], K.z)


def param_and_closure(a, b=lambda: "default"):
    def use():
        return a, b()
    a = a + 1
    return use()


print(param_and_closure(1))


def star_names(*args, **kwargs):
    def inner():
        return args, kwargs
    args += (9,)
    return inner()


print(star_names(1, k=2))
for name in ("a", "inner", "y"):
    print(name in globals(), end=" ")
print()


def many_locals():
    a = b = c = d = e = f = g = h = i = j = k = l = m = n = o = p = 1
    exec("q = 5")
    return sum(v for v in locals().values() if isinstance(v, int)), "q" in locals()


print(many_locals())
if True:
    inside_if = 1
while not inside_if == 2:
    inside_if = 2
print(inside_if)
try:
    inside_try = 1
finally:
    inside_finally = 2
print(inside_try, inside_finally)
