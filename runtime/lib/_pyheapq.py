"""The functions of heapq in Python, for where _heapq is not to be had; also for reading."""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'heappushpop', '_heappop_max',
           '_heapify_max', '_heapreplace_max']


def _sift_down(heap, top, at, before):
    """Move the item at `at` towards `top` until its parent goes before it."""
    item = heap[at]
    while at > top:
        parent = (at - 1) >> 1
        if not before(item, heap[parent]):
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


def _sift_up(heap, at, before):
    """Move the item at `at` to a leaf, along the children that go first, then back to its place."""
    top, end = at, len(heap)
    item = heap[at]
    child = 2 * at + 1
    while child < end:
        if child + 1 < end and not before(heap[child], heap[child + 1]):
            child += 1
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _sift_down(heap, top, at, before)


def _smaller(a, b):
    return a < b


def _larger(a, b):
    return b < a


def _pop(heap, before):
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    heap[0] = last
    _sift_up(heap, 0, before)
    return first


def _replace(heap, item, before):
    first = heap[0]
    heap[0] = item
    _sift_up(heap, 0, before)
    return first


def _build(heap, before):
    for at in reversed(range(len(heap) // 2)):
        _sift_up(heap, at, before)


def heappush(heap, item):
    """Add an item to the heap."""
    heap.append(item)
    _sift_down(heap, 0, len(heap) - 1, _smaller)


def heappop(heap):
    """Remove the smallest item and return it."""
    return _pop(heap, _smaller)


def heapreplace(heap, item):
    """Remove the smallest item, then add item."""
    return _replace(heap, item, _smaller)


def heappushpop(heap, item):
    """Add an item, then remove the smallest one."""
    if heap and heap[0] < item:
        return _replace(heap, item, _smaller)
    return item


def heapify(x):
    """Make a list a heap, in linear time."""
    _build(x, _smaller)


def _heappop_max(heap):
    """heappop for a heap with its largest item first."""
    return _pop(heap, _larger)


def _heapreplace_max(heap, item):
    """heapreplace for a heap with its largest item first."""
    return _replace(heap, item, _larger)


def _heapify_max(x):
    """heapify for a heap with its largest item first."""
    _build(x, _larger)


for _name in __all__:
    globals()[_name].__module__ = 'heapq'
del _name
