"""Turning values into text: %, str.format, f-strings, repr, and format specifications."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __format__(self, spec):
        return format(self.cents / 100, spec or ".2f")

    def __repr__(self):
        return f"Money({self.cents})"


def main():
    total = 0
    for i in range(120000):
        x = i * 0.37
        total += len("%d items, %s left" % (i, "none"))
        total += len("%5.2f|%-8s|%08x" % (x, "ab", i))
        total += len(f"{i} {x:.3f} {i:>10,} {i:#x}")
        total += len(f"{i!r:>8}{'left':<8}{x:e}")
        total += len("{} and {}".format(i, x))
        total += len("{0:>6}{name:^10}{1:+}".format(i, i + 1, name="mid"))
        total += len(str(i)) + len(repr(x)) + len(str(i % 2 == 0))
    for i in range(30000):
        total += len(repr([i, x, "text", None, (i,), {"k": i}]))
        total += len(f"{Money(i)} {Money(i):>10.1f} {Money(i)!r}")
    print(total)


main()
