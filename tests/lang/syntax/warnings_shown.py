"""Syntax warnings go to stderr once, and the program runs."""
x = 5
if x is 5:
    print("is with a literal")
assert (x, "always true")
print("\d" == "\\d", b"\q" == b"\\q")
if x is not "text":
    print("is not")
try:
    [1, 2](3)
except TypeError as error:
    print(error)
try:
    (1, 2)[1.5]
except TypeError as error:
    print(error)
try:
    "abc" (1)
except TypeError as error:
    print(error)
