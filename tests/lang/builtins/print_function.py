"""print: separators, ends, files, flush, and errors."""
import sys

print()
print(1, 2, 3)
print("a", "b", sep="")
print("a", "b", sep=", ", end="!\n")
print(*range(5), sep="\n")
print("x", end="")
print("y", end=None)
print("s", "t", sep=None)
print("to stdout", file=sys.stdout, flush=True)
print("to stderr", file=sys.stderr)


class Writer:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)


w = Writer()
print("a", 1, [2], file=w, sep="-", end="END")
print(w.parts)
print(None, True, 1.5, 1j, (), {}, "é€😀")
print("multi\nline\ttab")
print(file=w)
print(w.parts[-1:])


class Str:
    def __str__(self):
        return "str!"


print(Str(), [1, "a", None], {"k": Str}["k"] is Str)
for kw in ({"sep": 5}, {"end": 5}, {"nope": 1}, {"file": 5}):
    try:
        print("x", **kw)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
old = sys.stdout
sys.stdout = w
print("captured")
sys.stdout = old
print(w.parts[-2:])
print(print("inner"))
sys.stdout.write("written\n")
print(sys.stdout.write("count\n"))
sys.stderr.write("err written\n")
print("done", flush=True)
