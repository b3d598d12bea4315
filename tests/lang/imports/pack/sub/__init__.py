__all__ = ["exported", "deep"]
exported = "exported from sub"
not_in_all = 1
_private = 2
from . import deep
