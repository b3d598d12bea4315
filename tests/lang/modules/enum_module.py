"""enum: members, values, aliases, flags, auto, iteration, errors."""
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Colour(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    def shout(self):
        return self.name + "!"

    @classmethod
    def default(cls):
        return cls.GREEN


print(Colour.RED, repr(Colour.RED), Colour.RED.name, Colour.RED.value, Colour(2), Colour["RED"], Colour.CRIMSON is Colour.RED, list(Colour), len(Colour), Colour.RED.shout(), Colour.default())
print(Colour.RED == 1, Colour.RED == Colour.RED, Colour.RED != Colour.GREEN, isinstance(Colour.RED, Colour), Colour.RED in Colour, {Colour.RED: "r"}[Colour.CRIMSON], list(Colour.__members__), type(Colour.RED).__name__, f"{Colour.RED}")
for source in ("Colour(9)", "Colour['BLUE']", "Colour.BLUE", "setattr(Colour, 'RED', 5)", "Colour.RED < Colour.GREEN", "delattr(Colour, 'RED')", "Colour()"):
    try:
        print(eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
try:
    class More(Colour):
        BLUE = 3
except TypeError as error:
    print(error)


class Level(IntEnum):
    LOW = 1
    HIGH = 10


print(Level.LOW < Level.HIGH, Level.LOW + 1, Level.HIGH == 10, sorted([Level.HIGH, Level.LOW]), f"{Level.LOW}", repr(Level.LOW), max(Level), [10, 20][Level.LOW], isinstance(Level.LOW, int), str(Level.HIGH))


class Auto(Enum):
    A = auto()
    B = auto()
    C = "c"


print([m.value for m in Auto])


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


print(Perm.R | Perm.W, Perm.RW, Perm.R & Perm.RW, Perm.RW ^ Perm.R, ~Perm.R, Perm.R in Perm.RW, Perm(0), bool(Perm(0)), Perm(7), Perm.X.value, list(Perm.RW), repr(Perm.R | Perm.X))


class Bits(IntFlag):
    ONE = 1
    TWO = 2


print(Bits.ONE | Bits.TWO, Bits.ONE | 8, Bits(3), Bits.ONE + 1, repr(Bits(3)))


class Text(StrEnum):
    HELLO = auto()
    OTHER = "x"


print(Text.HELLO, Text.HELLO == "hello", Text.OTHER.upper(), f"{Text.HELLO}")
try:
    @unique
    class Dup(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)


class Planet(Enum):
    EARTH = (1.0, 2)
    MARS = (0.5, 3)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def ratio(self):
        return self.mass / self.radius


print(Planet.EARTH.mass, Planet.MARS.ratio, Planet.MARS.value, Planet((1.0, 2)))
F = Enum("F", "X Y Z")
print(list(F), F.Y.value, Enum("G", {"P": 10, "Q": 20}).Q.value)


class Missing(Enum):
    A = 1

    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "default" else None


print(Missing("default"))


# Values that auto() gives inside tuples count; mixtures that cannot be sorted still work.
class Pairs(Enum):
    ONE = auto()
    TWO = auto(), auto()
    THREE = auto()


print([m.value for m in Pairs])


# Bits without a name are dropped by a Flag and kept by an IntFlag.
class Loose(Flag):
    b = 3
    c = 4


print(list(Loose), Loose(3), Loose(7), Loose(9), Loose(-1), ~Loose.c)


class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Point({self.x})"


class Points(Point, Enum):
    ORIGIN = 0


print(repr(Points.ORIGIN), Points.ORIGIN.x, sorted(n for n in dir(Loose.b) if n[0] != "_"))
