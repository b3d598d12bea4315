"""Comprehensions of the four kinds, with conditions and nesting."""


def pythagorean(limit):
    return [(a, b, c)
            for c in range(1, limit)
            for b in range(1, c)
            for a in range(1, b)
            if a * a + b * b == c * c]


def main():
    total = 0
    for turn in range(330):
        squares = [i * i for i in range(5000)]
        even = [s for s in squares if s % 2 == 0]
        table = {i: s for i, s in enumerate(squares) if i % 3}
        residues = {s % 97 for s in squares}
        total += sum(s + turn for s in even) + len(table) + len(residues)
        grid = [[row * column for column in range(40)] for row in range(40)]
        total += sum([cell for row in grid for cell in row if cell & 1])
        total += len([x + y for x in "abcdefgh" for y in "ijklmnop" if x != y])
    print(total, pythagorean(220)[-3:])


main()
