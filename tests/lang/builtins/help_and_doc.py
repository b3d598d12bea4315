"""Docstrings: where they come from, and help on objects of one's own."""


def documented(a, b=1):
    """One line.

    More text.
        Indented.
    """


class K:
    """Class doc."""

    attribute = 1
    """not kept"""

    def method(self):
        "method doc"

    @property
    def prop(self):
        "prop doc"

    @staticmethod
    def static():
        "static doc"


def computed():
    f"not a docstring {1}"


def bytes_first():
    b"not a docstring"


def second():
    1
    "not first"


def concatenated():
    "a " "b"


print(documented.__doc__)
print(repr(K.__doc__), repr(K.method.__doc__), repr(K.prop.__doc__), repr(K.static.__doc__), repr(K().__doc__), repr(K().method.__doc__))
print(computed.__doc__, bytes_first.__doc__, second.__doc__, concatenated.__doc__, (lambda: 0).__doc__, __doc__[:11])
for thing in (len, int, str.upper, [].append, print, ValueError, dict):
    print(isinstance(thing.__doc__, str) and len(thing.__doc__) > 10, end=" ")
print()
documented.__doc__ = "new"
K.__doc__ = "changed"
print(documented.__doc__, K.__doc__)
try:
    int.__doc__ = "x"
except TypeError as error:
    print(error)


class Sub(K):
    pass


print(Sub.__doc__, Sub.method.__doc__)
