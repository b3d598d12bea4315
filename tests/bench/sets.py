"""Sets: membership, algebra, breadth-first search on a grid, Conway's Life, anagram groups."""


def life(cells, rounds):
    for _ in range(rounds):
        counts = {}
        for x, y in cells:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy:
                        key = (x + dx, y + dy)
                        counts[key] = counts.get(key, 0) + 1
        cells = {cell for cell, n in counts.items() if n == 3 or (n == 2 and cell in cells)}
    return cells


def search(size, start, goal):
    walls = {(x, y) for x in range(size) for y in range(size) if x * y % 5 == 3}
    seen = {start}
    border = [start]
    steps = 0
    while border:
        if goal in seen:
            return steps
        following = []
        for x, y in border:
            for cell in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if (cell not in seen and cell not in walls
                        and 0 <= cell[0] < size and 0 <= cell[1] < size):
                    seen.add(cell)
                    following.append(cell)
        border = following
        steps += 1
    return None


def main():
    glider_gun = {(0, 4), (0, 5), (1, 4), (1, 5), (10, 4), (10, 5), (10, 6), (11, 3), (11, 7),
                  (12, 2), (12, 8), (13, 2), (13, 8), (14, 5), (15, 3), (15, 7), (16, 4), (16, 5),
                  (16, 6), (17, 5), (20, 2), (20, 3), (20, 4), (21, 2), (21, 3), (21, 4), (22, 1),
                  (22, 5), (24, 0), (24, 1), (24, 5), (24, 6), (34, 2), (34, 3), (35, 2), (35, 3)}
    print(len(life(glider_gun, 550)))
    print(search(400, (0, 0), (399, 399)))
    multiples = [set(range(0, 100000, k)) for k in range(2, 40)]
    union = set()
    common = multiples[0]
    for s in multiples:
        union |= s
        common = common & s if len(common) > 1 else set(s)
    print(len(union), len(common), len(multiples[0] - multiples[1]), len(multiples[1] ^ multiples[3]))
    found = 0
    for i in range(2000000):
        if i % 20011 in union:
            found += 1
    print(found)


main()
