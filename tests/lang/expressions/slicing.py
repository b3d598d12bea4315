"""Slices of every sequence, with negative and missing parts, and extended subscripts."""
for seq in ("abcdef", [0, 1, 2, 3, 4, 5], (0, 1, 2, 3, 4, 5), b"abcdef", range(6)):
    print(seq[1:3], seq[:2], seq[4:], seq[-2:], seq[:-4], seq[::2], seq[::-1], seq[4:1:-2], seq[10:],
          seq[-10:2], seq[2:2], seq[5:2])


class Probe:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)


p = Probe()
print(p[1], p[1:2], p[:], p[::], p[1:2:3], p[:, 1], p[..., 0], p[()], p[1:2, ::3], p["a":"b"])
p[1:2] = 3
p[0, 1] = 4
p[:] = p[...]


class Index:
    def __index__(self):
        return 2


print([10, 20, 30][Index()], "abcdef"[Index():], "abcdef"[:Index()], range(10)[Index()])
lst, text, number = [1], "abc", 5
for source in ("lst[1.0]", "lst['a']", "text[None]", "(1,)[5]", "[1][-2]", "'a'[3]", "[1][::0]",
               "[1]['a':]", "{}[1:2]", "number[0]", "range(3)[9]", "b'a'[7]", "[1][2**100]"):
    try:
        print(eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(slice(1, 2), slice(None), slice(1, 2, 3).indices(10), slice(None, None, -1).indices(5))
s = slice(1, 10, 2)
print(s.start, s.stop, s.step, s == slice(1, 10, 2), s != slice(1), slice(1) < slice(2))
print(slice(-100, 100).indices(7), slice(5, 1).indices(3), slice(Index(), None).indices(9))
a = list(range(6))
a[2:4] = []
print(a)
a[1:1] = [7, 8]
print(a)
a[-1:] = (9, 9, 9)
print(a)
a[::-1] = range(len(a))
print(a)
try:
    a[::2] = [1]
except ValueError as error:
    print(error)
try:
    a[0:1] = 5
except TypeError as error:
    print(error)
try:
    hash(s)
except TypeError as error:
    print(error)
