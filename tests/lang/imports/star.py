"""from module import *, with and without __all__, and what it may not do."""
from pack.sub.deep import *
print(CONSTANT, function()[0], value)
import string
names = {}
exec("from string import *", names)
print(sorted(n for n in names if n[0] != "_")[:3], "digits" in names)
for source in ("def f():\n    from string import *", "class C:\n    from string import digits\n    x = digits", "from string import digits as d, hexdigits as h, ", "from string import (digits,\n    hexdigits)", "import string as s, math as m", "import string.x", "from string import"):
    try:
        space = {}
        exec(source, space)
        print(repr(source), sorted(k for k in space if k != "__builtins__"))
    except SyntaxError as error:
        print(repr(source), "SyntaxError", error.msg)
    except ImportError as error:
        print(repr(source), type(error).__name__, error)
