"""Conway's Life on a torus, shown as text, with still lifes and oscillators found by their period."""


class Life:
    def __init__(self, width, height, cells=()):
        self.width, self.height = width, height
        self.cells = frozenset(cells)

    @classmethod
    def from_text(cls, text, width=None, height=None):
        lines = text.strip("\n").split("\n")
        cells = {(x, y) for y, line in enumerate(lines) for x, c in enumerate(line) if c == "#"}
        return cls(width or max(map(len, lines)), height or len(lines), cells)

    def neighbours(self, cell):
        x, y = cell
        return (((x + dx) % self.width, (y + dy) % self.height) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0))

    def step(self):
        counts = {}
        for cell in self.cells:
            for n in self.neighbours(cell):
                counts[n] = counts.get(n, 0) + 1
        return Life(self.width, self.height, (c for c, n in counts.items() if n == 3 or n == 2 and c in self.cells))

    def __iter__(self):
        life = self
        while True:
            yield life
            life = life.step()

    def __str__(self):
        return "\n".join("".join(".#"[(x, y) in self.cells] for x in range(self.width)) for y in range(self.height))

    def __eq__(self, other):
        return self.cells == other.cells

    def __hash__(self):
        return hash(self.cells)

    def __len__(self):
        return len(self.cells)


glider = Life.from_text(".#.\n..#\n###", 8, 6)
for n, life in enumerate(glider):
    if n % 4 == 0:
        print(n, len(life), life, sep="\n")
    if n == 12:
        break
for name, text in {"block": "....\n.##.\n.##.\n....", "blinker": ".....\n..#..\n..#..\n..#..\n.....", "toad": "......\n......\n..###.\n.###..\n......\n......", "beacon": "......\n.##...\n.##...\n...##.\n...##.\n......",
                   "r-pentomino": "..........\n..........\n....##....\n...##.....\n....#.....\n..........\n..........\n.........."}.items():
    seen = {}
    for n, life in enumerate(Life.from_text(text)):
        if life in seen:
            print(name, "period", n - seen[life], "after", seen[life], "cells", len(life))
            break
        seen[life] = n
