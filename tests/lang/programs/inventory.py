"""Descriptors, class registries and events: an inventory with validation and undo."""


class Validated:
    def __set_name__(self, owner, name):
        self.name = name
        self.key = f"_{name}"

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        try:
            return obj.__dict__[self.key]
        except KeyError:
            raise AttributeError(f"{self.name} is not set") from None

    def __set__(self, obj, value):
        value = self.validate(value)
        old = obj.__dict__.get(self.key)
        obj.__dict__[self.key] = value
        if hasattr(obj, "changed"):
            obj.changed(self.name, old, value)

    def validate(self, value):
        return value


class Positive(Validated):
    def validate(self, value):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise TypeError(f"{self.name} must be a number, not {type(value).__name__}")
        if value < 0:
            raise ValueError(f"{self.name} must not be negative")
        return value


class Text(Validated):
    def __init__(self, longest=10):
        self.longest = longest

    def validate(self, value):
        if not isinstance(value, str) or not value.strip():
            raise TypeError(f"{self.name} must be text")
        return value.strip()[:self.longest]


class Registered:
    registry = {}

    def __init_subclass__(cls, kind=None, **rest):
        super().__init_subclass__(**rest)
        if kind:
            cls.kind = kind
            Registered.registry[kind] = cls

    @classmethod
    def make(cls, kind, *args, **kw):
        return cls.registry[kind](*args, **kw)


class Item(Registered, kind="item"):
    name = Text()
    price = Positive()
    count = Positive()

    def __init__(self, name, price, count=0):
        self.log = []
        self.name, self.price, self.count = name, price, count
        self.log.clear()

    def changed(self, name, old, new):
        self.log.append((name, old))

    def undo(self):
        name, old = self.log.pop()
        setattr(self, name, old)
        self.log.pop()

    @property
    def total(self):
        return self.price * self.count

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r}, {self.price}, {self.count})"

    def __eq__(self, other):
        return isinstance(other, Item) and vars(self) == vars(other)


class Perishable(Item, kind="perishable"):
    days = Positive()

    def __init__(self, *args, days, **kw):
        super().__init__(*args, **kw)
        self.days = days

    @property
    def total(self):
        return super().total * min(self.days, 10) / 10


stock = [Item.make("item", "hammer", 12.5, 4), Item.make("perishable", "  milk  ", 1.5, count=20, days=4), Item("screwdriver set", 30)]
for item in stock:
    print(item, item.total, item.kind)
hammer = stock[0]
hammer.count = 3
hammer.price = 11
print(hammer, hammer.log)
hammer.undo()
hammer.undo()
print(hammer, hammer.log, hammer == Item("hammer", 12.5, 4), hammer != stock[1])
for action in ("hammer.count = -1", "hammer.price = 'x'", "hammer.name = '  '", "Item('x', True)", "Item.make('none')", "Perishable('a', 1)", "Item.__new__(Item).name"):
    try:
        exec(action)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        print(action, "->", type(error).__name__, error)
print(sorted(Registered.registry), Item.price.name, sum(i.total for i in stock))
