"""print and sys.stdout.write: many short lines of mixed values."""

import sys


def main():
    for i in range(300000):
        print(i, "value", i * 0.25)
    for i in range(300000):
        print("line", i, sep=": ", end=";\n")
    write = sys.stdout.write
    for i in range(500000):
        write("written\n")
    print([1, 2, 3], {"a": (None, True)}, flush=True)


main()
