"""Graph algorithms: Dijkstra with a heap of our own, topological sort, components, spanning tree."""


class Heap:
    def __init__(self):
        self.items = []

    def push(self, item):
        items = self.items
        items.append(item)
        i = len(items) - 1
        while i and items[i] < items[(i - 1) // 2]:
            items[i], items[(i - 1) // 2] = items[(i - 1) // 2], items[i]
            i = (i - 1) // 2

    def pop(self):
        items = self.items
        top, last = items[0], items.pop()
        if items:
            items[0] = last
            i = 0
            while True:
                child = 2 * i + 1
                if child >= len(items):
                    break
                if child + 1 < len(items) and items[child + 1] < items[child]:
                    child += 1
                if items[i] <= items[child]:
                    break
                items[i], items[child] = items[child], items[i]
                i = child
        return top

    def __bool__(self):
        return bool(self.items)


def dijkstra(graph, start):
    distance = {start: 0}
    previous = {}
    heap = Heap()
    heap.push((0, start))
    done = set()
    while heap:
        d, node = heap.pop()
        if node in done:
            continue
        done.add(node)
        for other, weight in graph.get(node, {}).items():
            if other not in distance or d + weight < distance[other]:
                distance[other] = d + weight
                previous[other] = node
                heap.push((d + weight, other))
    return distance, previous


def path(previous, start, goal):
    nodes = [goal]
    while nodes[-1] != start:
        nodes.append(previous[nodes[-1]])
    return "".join(reversed(nodes))


graph = {"a": {"b": 7, "c": 9, "f": 14}, "b": {"c": 10, "d": 15}, "c": {"d": 11, "f": 2}, "d": {"e": 6}, "f": {"e": 9}}
for a, targets in list(graph.items()):
    for b, w in targets.items():
        graph.setdefault(b, {})[a] = w
distance, previous = dijkstra(graph, "a")
print(sorted(distance.items()), path(previous, "a", "e"))


def topological(graph):
    state = {}
    order = []

    def visit(node, trail):
        if state.get(node) == "done":
            return
        if state.get(node) == "open":
            raise ValueError("cycle " + " ".join(trail[trail.index(node):] + [node]))
        state[node] = "open"
        for other in graph.get(node, ()):
            visit(other, trail + [node])
        state[node] = "done"
        order.append(node)

    for node in sorted(graph):
        visit(node, [])
    return order[::-1]


print(topological({"shirt": ["tie", "belt"], "tie": ["jacket"], "trousers": ["shoes", "belt"], "belt": ["jacket"], "socks": ["shoes"]}))
try:
    topological({"x": ["y"], "y": ["z"], "z": ["x"]})
except ValueError as error:
    print(error)


class Sets:
    def __init__(self, items):
        self.parent = {i: i for i in items}

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = x = self.parent[self.parent[x]]
        return x

    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        self.parent[a] = b
        return a != b


edges = sorted((w, *sorted((a, b))) for a in graph for b, w in graph[a].items())
sets = Sets(graph)
tree = [(a, b, w) for w, a, b in edges if sets.union(a, b)]
print(tree, sum(w for _, _, w in tree))
heap = Heap()
seed = 5
for _ in range(300):
    seed = seed * 16807 % 2147483647
    heap.push(seed % 1000)
out = [heap.pop() for _ in range(300)]
print(out == sorted(out), out[:5], out[-3:])
