"""The heap as a graph: what ouro.heap() and ouro.snapshot() return.

A plain dict of "nodes", "edges" and "roots" (vm/inspect/graph.c says of what), to which this module
adds for each node whether it is in a cycle and what it retains: the bytes that would be free
without it.
"""

from ouro.report import plural

DRAWN_MAX = 300


class Heap(dict):
    """Objects and references; print() shows a tree, save() writes .svg, .html, .dot or .json."""

    def __init__(self, graph):
        dict.__init__(self, graph)
        self.setdefault("name", "heap")
        mark_cycles(self)
        measure(self)

    def __str__(self):
        return "\n".join(_tree(self))

    def svg(self):
        """The picture as SVG text; ValueError above DRAWN_MAX objects."""
        from ouro.svg import draw
        if drawn(self) > DRAWN_MAX:
            raise ValueError("%d objects are too many for a picture (%d at most): bound depth or "
                             "limit, or save as .dot" % (drawn(self), DRAWN_MAX))
        return draw(self)

    def dot(self):
        """The graph in the language of Graphviz."""
        return _dot(self)

    def html(self, before=()):
        """A page with this graph and the snapshots before it."""
        from ouro.page import make
        return make(list(before) + [self])

    def save(self, path, before=()):
        """Writes the file that the ending asks for; above 300 objects an .svg gets its .dot."""
        from ouro import files
        ending = files.ending_of(path, files.ENDINGS)
        if ending == ".svg" and drawn(self) > DRAWN_MAX:
            path = path[:-len(ending)] + ".dot"
            import sys
            print("ouro: %d objects are too many for an SVG picture: written to %s for Graphviz"
                  % (drawn(self), path), file=sys.stderr)
        files.write(path, {".svg": self.svg, ".html": lambda: self.html(before),
                           ".dot": self.dot,
                           ".json": lambda: files.as_json(list(before) + [self])}, self)


INLINE_ABOVE = 30   # nodes from which atoms stand in the rows of boxes, not in boxes of their own


def drawn(graph):
    """The number of objects that have a box in the picture."""
    nodes = graph["nodes"]
    if len(nodes) <= INLINE_ABOVE:
        return len(nodes)
    return sum(not node["atom"] for node in nodes)


def nearest(graph, limit):
    """The graph with the nearest objects alone, so many that `limit` of them have boxes."""
    if drawn(graph) <= limit:
        return graph
    kept = boxed = 0
    for node in graph["nodes"]:
        boxed += not node["atom"]
        if boxed > limit:
            break
        kept += 1
    nodes = [dict(node) for node in graph["nodes"][:kept]]
    edges = []
    for edge in graph["edges"]:
        if edge["from"] < kept and edge["to"] < kept:
            edges.append(edge)
        elif edge["from"] < kept:
            nodes[edge["from"]]["more"] += 1
    roots = [{"name": root["name"],
              "variables": [variable for variable in root["variables"] if variable["to"] < kept]}
             for root in graph["roots"]]
    cut = graph["cut"] + len(graph["edges"]) - len(edges)
    return {"name": graph["name"], "nodes": nodes, "edges": edges, "roots": roots, "cut": cut}


# ---- what is worked out


def neighbours(graph):
    """For each node the nodes that it refers to; weak references are none."""
    out = [[] for _ in graph["nodes"]]
    for edge in graph["edges"]:
        if edge["kind"] != "weak":
            out[edge["from"]].append(edge["to"])
    return out


def mark_cycles(graph):
    """node["cycle"]: the number of the cycle (strongly connected component) it is in, or 0.

    Tarjan's algorithm (1972) without recursion.
    """
    out = neighbours(graph)
    count = len(out)
    order = [0] * count
    low = [0] * count
    on_stack = [False] * count
    stack = []
    clock = components = 0
    for node in graph["nodes"]:
        node["cycle"] = 0
    for start in range(count):
        if order[start]:
            continue
        clock += 1
        order[start] = low[start] = clock
        stack.append(start)
        on_stack[start] = True
        work = [(start, iter(out[start]))]
        while work:
            at, rest = work[-1]
            for to in rest:
                if not order[to]:
                    clock += 1
                    order[to] = low[to] = clock
                    stack.append(to)
                    on_stack[to] = True
                    work.append((to, iter(out[to])))
                    break
                if on_stack[to]:
                    low[at] = min(low[at], order[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == order[at]:
                    members = []
                    while not members or members[-1] != at:
                        members.append(stack.pop())
                        on_stack[members[-1]] = False
                    if len(members) > 1 or at in out[at]:
                        components += 1
                        for member in members:
                            graph["nodes"][member]["cycle"] = components


def measure(graph):
    """node["retained"]: bytes that only this node keeps, its own included.

    The nodes that a node dominates, as seen from all variables at once.  What something outside of
    the graph refers to counts as held by that.  Cooper, Harvey and Kennedy, "A Simple, Fast
    Dominance Algorithm" (2001).
    """
    out = neighbours(graph)
    count = len(out)
    starts = {variable["to"] for root in graph["roots"] for variable in root["variables"]}
    starts.update(i for i, node in enumerate(graph["nodes"]) if node["outside"])
    order = _postorder(out, sorted(starts))
    number = {node: i for i, node in enumerate(order)}
    top = len(order)
    into = [[] for _ in range(count)]
    for at, targets in enumerate(out):
        for to in targets:
            into[to].append(at)
    dominator = {}
    changed = True
    while changed:
        changed = False
        for node in reversed(order):
            new = top if node in starts else None
            for at in into[node]:
                if at in dominator:
                    new = number[at] if new is None else _meet(dominator, order, number, top,
                                                               number[at], new)
            if new is not None and dominator.get(node) != new:
                dominator[node] = new
                changed = True
    for node in graph["nodes"]:
        node["retained"] = node["size"]
    for node in order:
        above = dominator.get(node, top)
        if above != top:
            graph["nodes"][order[above]]["retained"] += graph["nodes"][node]["retained"]


def _postorder(out, starts):
    order = []
    seen = set()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        work = [(start, iter(out[start]))]
        while work:
            at, rest = work[-1]
            for to in rest:
                if to not in seen:
                    seen.add(to)
                    work.append((to, iter(out[to])))
                    break
            else:
                work.pop()
                order.append(at)
    return order


def _meet(dominator, order, number, top, a, b):
    while a != b:
        while a < b:
            a = top if a == top else dominator[order[a]]
        while b < a:
            b = top if b == top else dominator[order[b]]
    return a


# ---- text


def _tree(graph):
    """Lines: roots, variables and below each object what it refers to, each object once."""
    nodes = graph["nodes"]
    rows = [[] for _ in nodes]
    for edge in graph["edges"]:
        rows[edge["from"]].append(edge)
    shown = set()
    lines = []
    for root in graph["roots"]:
        lines.append(root["name"])
        work = [(1, variable["name"], variable["to"]) for variable in
                reversed(root["variables"])]
        while work:
            depth, slot, at = work.pop()
            node = nodes[at]
            line = "%s%s: %s" % ("  " * depth, slot, node["text"])
            if node["atom"] or node["leaf"]:
                lines.append(line)
                continue
            line += "  (%#x, count %d%s, %d bytes, keeps %d%s)" % (
                node["id"], node["count"],
                "" if node["generation"] is None else ", generation %d" % node["generation"],
                node["size"], node["retained"], ", in a cycle" if node["cycle"] else "")
            if at in shown:
                lines.append("%s%s: %s  (%#x, above)" % ("  " * depth, slot, node["text"],
                                                         node["id"]))
                continue
            lines.append(line)
            shown.add(at)
            if depth < 40:
                work += [(depth + 1, edge["slot"], edge["to"]) for edge in reversed(rows[at])]
    total = plural(len(nodes), "object")
    if graph["cut"]:
        total += "; %d references lead further" % graph["cut"]
    lines.append(total)
    return lines


# ---- Graphviz

GENERATION_COLORS = {0: "#d5f0d8", 1: "#fbeec2", 2: "#cfe2f7", None: "#f1f1f4"}


def _quote(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _dot(graph):
    lines = ["digraph heap {", "  rankdir=LR;",
             '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11];',
             '  edge [fontname="sans-serif", fontsize=9];']
    for i, root in enumerate(graph["roots"]):
        lines.append("  r%d [label=%s, shape=folder, fillcolor=white];" % (i,
                                                                           _quote(root["name"])))
        for variable in root["variables"]:
            lines.append("  r%d -> n%d [label=%s];" % (i, variable["to"],
                                                       _quote(variable["name"])))
    for i, node in enumerate(graph["nodes"]):
        label = node["text"]
        if not node["atom"]:
            label += "\n%#x  count %d\n%d bytes, keeps %d" % (node["id"], node["count"],
                                                              node["size"], node["retained"])
        lines.append("  n%d [label=%s, fillcolor=%s%s];" % (
            i, _quote(label), _quote(GENERATION_COLORS[node["generation"]]),
            ', color="#c0392b", penwidth=2' if node["cycle"] else ""))
    for edge in graph["edges"]:
        lines.append("  n%d -> n%d [label=%s%s];" % (
            edge["from"], edge["to"], _quote(edge["slot"]),
            ", style=dashed" if edge["kind"] == "weak" else ""))
    lines.append("}\n")
    return "\n".join(lines)
