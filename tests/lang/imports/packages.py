"""import in every form, from the package folder beside this script."""
import sys
import pack
import pack.sub
import pack.sub.deep as deep
from pack import value, helper as h
from pack.sub import *
from pack.sub.deep import function, CONSTANT as C
import pack.sibling, pack.circular_a

print(pack.__name__, pack.__package__, pack.sub.__name__, pack.sub.__package__, deep.__name__, deep.__package__)
print(value, h(), exported, "_private" in globals(), "not_in_all" in globals(), function(), C)
print(pack.sibling.from_sibling(), pack.circular_a.get())
print(sorted(n for n in sys.modules if n.startswith("pack")))
print(sys.modules["pack"] is pack, pack.sub.deep is deep, hasattr(pack, "sub"), "__path__" in vars(pack), "__path__" in vars(deep))
import pack as again
print(again is pack, pack.loads)


def local_import():
    from pack import value as v
    import pack.sub.deep
    return v, pack.sub.deep.CONSTANT


print(local_import())
for source in ("import pack.missing", "from pack import missing", "import missing_module", "from missing_module import x", "from pack.sub import deep, nope", "import pack.value", "from . import x", "from .pack import y", "import pack.broken", "from pack.sibling.x import y", "import pack.raises"):
    try:
        exec(source)
        print(source, "fine")
    except Exception as error:
        print(source, "->", type(error).__name__, str(error).split(" (")[0])
print("pack.broken" in sys.modules, "pack.raises" in sys.modules)
m = __import__("pack.sub.deep")
print(m is pack, __import__("pack.sub", fromlist=["deep"]) is pack.sub, __import__("pack", globals(), locals(), [], 0) is pack)
import importlib
print(importlib.import_module("pack.sub.deep") is deep, importlib.import_module(".deep", "pack.sub") is deep)
del sys.modules["pack.sibling"]
import pack.sibling
print(pack.sibling.__name__)
sys.modules["made_up"] = "anything"
import made_up
print(made_up)
sys.modules["blocked"] = None
try:
    import blocked
except ImportError as error:
    print(type(error).__name__, error)
print(__name__, __package__, __spec__, "__file__" in globals())
import pack.lazy
print(pack.lazy.dynamic_name, pack.lazy.real)
try:
    pack.lazy.other
except AttributeError as error:
    print(error)
try:
    pack.nothing_here
except AttributeError as error:
    print(error)
from pack.lazy import dynamic_too
print(dynamic_too)
print(pack.relative_user.result if hasattr(pack, "relative_user") else "not imported yet")
from pack import relative_user
print(relative_user.result)
