from .. import value
from ..  import helper

CONSTANT = "deep constant"


def function():
    return "function in deep", value, helper()
