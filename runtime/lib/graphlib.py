"""The order of things that depend on each other."""

from types import GenericAlias

__all__ = ["TopologicalSorter", "CycleError"]

_OUT, _DONE = -1, -2


class CycleError(ValueError):
    """The graph has a cycle, which args[1] lists."""


class _Node:
    """An item, how many of its predecessors are not done (or _OUT, _DONE), and its successors."""

    __slots__ = 'item', 'waiting', 'successors'

    def __init__(self, item):
        self.item = item
        self.waiting = 0
        self.successors = []


class TopologicalSorter:
    """Gives the nodes of a graph, predecessors first; graph maps nodes to their predecessors."""

    def __init__(self, graph=None):
        self._nodes = {}
        self._ready = None
        self._given_out = 0
        self._done = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _node(self, item):
        node = self._nodes.get(item)
        if node is None:
            node = self._nodes[item] = _Node(item)
        return node

    def add(self, node, *predecessors):
        """Adds a node and what must come before it."""
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        entry = self._node(node)
        entry.waiting += len(predecessors)
        for item in predecessors:
            self._node(item).successors.append(node)

    def prepare(self):
        """Ends the adding; CycleError when there is a cycle."""
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [node.item for node in self._nodes.values() if node.waiting == 0]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        """The nodes that can be dealt with now, as a tuple."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        result = tuple(self._ready)
        for item in result:
            self._nodes[item].waiting = _OUT
        self._ready.clear()
        self._given_out += len(result)
        return result

    def is_active(self):
        """Whether there is more to come."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return self._done < self._given_out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """Nodes that get_ready gave are dealt with."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        for item in nodes:
            node = self._nodes.get(item)
            if node is None:
                raise ValueError(f"node {item!r} was not added using add()")
            if node.waiting >= 0:
                raise ValueError(f"node {item!r} was not passed out (still not ready)")
            if node.waiting == _DONE:
                raise ValueError(f"node {item!r} was already marked done")
            node.waiting = _DONE
            for successor in node.successors:
                entry = self._nodes[successor]
                entry.waiting -= 1
                if entry.waiting == 0:
                    self._ready.append(successor)
            self._done += 1

    def _find_cycle(self):
        """A list of nodes that begins and ends with the same one, or None."""
        finished, path, position, iterators = set(), [], {}, []
        for start in self._nodes:
            item = start
            while True:
                if item in position:
                    return path[position[item]:] + [item]
                if item not in finished:
                    finished.add(item)
                    position[item] = len(path)
                    path.append(item)
                    iterators.append(iter(self._nodes[item].successors))
                while path:
                    following = next(iterators[-1], iterators)
                    if following is not iterators:
                        item = following
                        break
                    del position[path.pop()]
                    iterators.pop()
                else:
                    break
        return None

    def static_order(self):
        """All nodes, each after its predecessors."""
        self.prepare()
        while self.is_active():
            ready = self.get_ready()
            yield from ready
            self.done(*ready)

    __class_getitem__ = classmethod(GenericAlias)
