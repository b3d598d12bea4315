"""Sudoku by constraint propagation and search, with peers as sets."""
digits = "123456789"
rows = "ABCDEFGHI"
squares = [r + c for r in rows for c in digits]
units = ([[r + c for c in digits] for r in rows] + [[r + c for r in rows] for c in digits]
         + [[r + c for r in rs for c in cs] for rs in ("ABC", "DEF", "GHI") for cs in ("123", "456", "789")])
units_of = {s: [u for u in units if s in u] for s in squares}
peers = {s: set(sum(units_of[s], [])) - {s} for s in squares}
assert all(len(p) == 20 for p in peers.values())
steps = 0


def assign(values, square, digit):
    return all(eliminate(values, square, other) for other in values[square].replace(digit, "")) and values


def eliminate(values, square, digit):
    global steps
    steps += 1
    if digit not in values[square]:
        return True
    values[square] = values[square].replace(digit, "")
    if not values[square]:
        return False
    if len(values[square]) == 1 and not all(eliminate(values, p, values[square]) for p in sorted(peers[square])):
        return False
    for unit in units_of[square]:
        places = [s for s in unit if digit in values[s]]
        if not places or len(places) == 1 and not assign(values, places[0], digit):
            return False
    return True


def parse(grid):
    values = dict.fromkeys(squares, digits)
    for square, digit in zip(squares, grid):
        if digit in digits and not assign(values, square, digit):
            return None
    return values


def search(values):
    if not values:
        return None
    if all(len(values[s]) == 1 for s in squares):
        return values
    square = min((s for s in squares if len(values[s]) > 1), key=lambda s: (len(values[s]), s))
    for digit in values[square]:
        result = search(assign(values.copy(), square, digit))
        if result:
            return result
    return None


for grid in ("..3.2.6..9..3.5..1..18.64....81.29..7.......8..67.82....26.95..8..2.3..9..5.1.3..",
             "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
             "11......." + "." * 72):
    solved = search(parse(grid))
    if solved is None:
        print("no solution", steps)
        continue
    for i, r in enumerate(rows):
        print(" ".join("".join(solved[r + c] for c in part) for part in ("123", "456", "789")))
    assert all(sorted(solved[s] for s in u) == sorted(digits) for u in units)
    print(steps)
