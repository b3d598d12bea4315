from . import value
from .sub import exported
from .sub.deep import function as f


def from_sibling():
    return value, exported, f()
