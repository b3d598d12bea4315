"""Import time: modules of the library, loaded again and again."""

import sys

NAMES = ("string", "textwrap", "functools", "enum", "collections", "copy", "random", "contextlib", "heapq",
         "bisect", "types", "keyword", "reprlib", "operator", "abc", "dataclasses", "json", "fractions")


def main():
    before = set(sys.modules)
    loaded = 0
    for turn in range(50):
        for name in NAMES:
            __import__(name)
        loaded += sum(1 for name in NAMES if name in sys.modules)
        for name in list(sys.modules):
            if name in NAMES and name not in before and name not in ("abc", "types", "copy"):
                del sys.modules[name]
    print(loaded)


main()
