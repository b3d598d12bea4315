# Constants: folded, shared, and kept apart.
day = 24 * 60 * 60
pair = (1, 2) * 3
text = "xyz" * 4 + "!"
nested = ("a", (1 + 1, -3), not 1)
ones = 1, 1.0, True, 1j
zeros = 0.0, -0.0, 0, False
kept = 1 / 0 if day else 2 ** 100000
member = day in [1, 2, 3] or day in {4, 5}
item = "abc"[1]
shift = 1 << 10
