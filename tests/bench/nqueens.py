"""All placements of n queens: once with lists and generators, once with bit masks."""


def place(n, row, columns, up, down):
    if row == n:
        yield ()
        return
    for column in range(n):
        if not columns[column] and not up[row + column] and not down[row - column + n]:
            columns[column] = up[row + column] = down[row - column + n] = True
            for rest in place(n, row + 1, columns, up, down):
                yield (column,) + rest
            columns[column] = up[row + column] = down[row - column + n] = False


def count(full, columns, up, down):
    if columns == full:
        return 1
    found = 0
    free = full & ~(columns | up | down)
    while free:
        bit = free & -free
        free ^= bit
        found += count(full, columns | bit, (up | bit) << 1, (down | bit) >> 1)
    return found


def main():
    n = 10
    solutions = list(place(n, 0, [False] * n, [False] * (2 * n), [False] * (2 * n + 1)))
    print(len(solutions), solutions[0], solutions[-1])
    print([count((1 << n) - 1, 0, 0, 0) for n in range(1, 13)])


main()
