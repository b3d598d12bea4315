"""Binding of arguments to parameters, and every complaint about them."""


def f(a, b, /, c, d=4, *args, e, g=7, **kwargs):
    return a, b, c, d, args, e, g, kwargs


print(f(1, 2, 3, e=5))
print(f(1, 2, c=3, e=5, d=0))
print(f(1, 2, 3, 4, 5, 6, e=7, g=8, h=9))
print(f(1, 2, 3, e=5, a="kw", b="kw"))
print(f(*[1, 2], **{"c": 3, "e": 4}))


def plain(a, b, c=3):
    return a, b, c


def kwonly(*, x, y=1):
    return x, y


def posonly(a, b=2, /):
    return a, b


def none():
    return "none"


def many(a, b, c, d):
    pass


calls = """
plain()
plain(1)
plain(1, 2, 3, 4)
plain(1, 2, d=4)
plain(1, a=2)
plain(1, 2, 3, c=4)
plain(b=1)
kwonly()
kwonly(1)
kwonly(1, x=2)
kwonly(z=1, x=1)
kwonly(x=1, y=2)
posonly()
posonly(a=1)
posonly(1, b=2)
posonly(1, 2, 3)
none(1)
none(x=1)
none(1, 2)
many()
many(1)
many(a=1, d=2)
many(1, 2, 3, 4, 5)
f(1, 2)
f(1, 2, 3)
f(a=1, b=2, c=3, e=4)
(lambda x, *, y: 0)(1, 2)
(lambda x=1, *, y, z: 0)(1)
""".split("\n")
for call in filter(None, calls):
    try:
        print(call, "->", eval(call))
    except TypeError as error:
        print(call, "->", error)


class K:
    def method(self, a):
        return a

    def no_self():
        return 1

    @staticmethod
    def static(a):
        return a

    @classmethod
    def klass(cls, a):
        return a


for call in ("K().method()", "K().method(1, 2)", "K.method()", "K().no_self()", "K.static()", "K.klass()",
             "K(1)", "K.klass(1, b=2)", "K().method(b=1)"):
    try:
        print(call, "->", eval(call))
    except TypeError as error:
        print(call, "->", error)
