"""super() in its forms: in methods, class methods, nested functions, properties, and by hand."""


class Base:
    name = "base"

    def __init__(self, tag):
        self.tag = tag

    def hello(self):
        return "Base.hello " + self.tag

    @classmethod
    def make(cls, tag):
        return cls(tag)

    @staticmethod
    def util():
        return "Base.util"

    @property
    def prop(self):
        return "Base.prop"


class Child(Base):
    name = "child"

    def __init__(self, tag, extra):
        super().__init__(tag)
        self.extra = extra

    def hello(self):
        return super().hello() + "/" + super(Child, self).hello() + "/" + Base.hello(self)

    @classmethod
    def make(cls, tag):
        obj = cls(tag, "made")
        return obj, super().name, super().make

    @staticmethod
    def util():
        return "Child.util " + super(Child, Child).util()

    @property
    def prop(self):
        return "Child.prop " + super().prop

    def base_name(self):
        return super().name

    def nested(self):
        def inner():
            return super(Child, self).hello()
        return inner()

    def in_list(self):
        return [super(Child, self).name for _ in range(2)]

    def set_through(self):
        try:
            super().tag = 1
        except AttributeError as error:
            return str(error)

    def missing(self):
        try:
            super().nothing
        except AttributeError as error:
            return str(error)


c = Child("t", "x")
print(c.hello(), c.util(), c.prop, c.base_name(), c.nested(), c.in_list())
print(c.missing())
obj, name, maker = Child.make("z")
print(obj.extra, name, maker.__self__ is Child)
print(super(Child, c).hello(), super(Child, Child).name)
s = super(Child, c)
print(s.__thisclass__ is Child, s.__self__ is c, s.__self_class__ is Child, type(s).__name__)
for args in ((Child, 5), (5, c), (Child, Base), ()):
    try:
        super(*args)
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)


def free():
    return super().x


try:
    free()
except RuntimeError as error:
    print(error)


class Grand(Child):
    def hello(self):
        return "Grand " + super().hello()


print(Grand("g", 1).hello())


class WithClassCell:
    def f(self):
        return __class__

    g = lambda self: __class__


print(WithClassCell().f() is WithClassCell, WithClassCell().g() is WithClassCell)


class Cooperative:
    def __init__(self, **kw):
        print("Cooperative", kw)
        super().__init__(**kw)


class Left(Cooperative):
    def __init__(self, left=None, **kw):
        print("Left", left)
        super().__init__(**kw)


class Right(Cooperative):
    def __init__(self, right=None, **kw):
        print("Right", right)
        super().__init__(**kw)


class Both(Left, Right):
    pass


Both(left=1, right=2)
