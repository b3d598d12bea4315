"""Mazes: carving by a seeded random walk, solving by breadth-first search, printing."""
from collections import deque


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) % 2147483648
        return self.state // 65536 % n


class Maze:
    sides = {"N": (0, -1), "S": (0, 1), "E": (1, 0), "W": (-1, 0)}
    opposite = dict(N="S", S="N", E="W", W="E")

    def __init__(self, width, height, seed=1):
        self.width, self.height = width, height
        self.open = {(x, y): set() for x in range(width) for y in range(height)}
        self.random = Random(seed)
        self.carve()

    def neighbours(self, cell):
        for side, (dx, dy) in self.sides.items():
            other = cell[0] + dx, cell[1] + dy
            if other in self.open:
                yield side, other

    def carve(self):
        stack = [(0, 0)]
        seen = {(0, 0)}
        while stack:
            here = stack[-1]
            choices = [(s, o) for s, o in self.neighbours(here) if o not in seen]
            if not choices:
                stack.pop()
                continue
            side, there = choices[self.random.below(len(choices))]
            self.open[here].add(side)
            self.open[there].add(self.opposite[side])
            seen.add(there)
            stack.append(there)

    def solve(self, start, goal):
        came = {start: None}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if here == goal:
                path = []
                while here is not None:
                    path.append(here)
                    here = came[here]
                return path[::-1]
            for side, there in self.neighbours(here):
                if side in self.open[here] and there not in came:
                    came[there] = here
                    queue.append(there)

    def show(self, path=()):
        path = set(path)
        lines = ["+" + "--+" * self.width]
        for y in range(self.height):
            middle, below = "|", "+"
            for x in range(self.width):
                cell = x, y
                middle += ("()" if cell in path else "  ") + (" " if "E" in self.open[cell] else "|")
                below += ("  " if "S" in self.open[cell] else "--") + "+"
            lines += [middle, below]
        return "\n".join(lines)


for size, seed in ((5, 1), (8, 42), (12, 7)):
    maze = Maze(size, size, seed)
    path = maze.solve((0, 0), (size - 1, size - 1))
    print(len(path), path[:4], sum(len(s) for s in maze.open.values()))
    print(maze.show(path))
