"""input and sys.stdin read what is given."""
import sys

name = input("Name? ")
print(repr(name))
print(repr(input()), repr(input("prompt without newline: ")))
print(repr(sys.stdin.readline()))
for line in sys.stdin:
    print("line", repr(line))
    if line.startswith("stop"):
        break
print(repr(sys.stdin.read()))
try:
    input("at the end: ")
except EOFError as error:
    print(type(error).__name__, error)
print(repr(sys.stdin.read()), repr(sys.stdin.readline()), sys.stdin.readlines())
