"""Priority queues kept in lists: the smallest item is always heap[0]."""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest',
           'heappushpop']

try:
    from _heapq import (heapify, heappop, heappush, heappushpop, heapreplace,
                        _heapify_max, _heappop_max, _heapreplace_max)
except ImportError:
    from _pyheapq import (heapify, heappop, heappush, heappushpop, heapreplace,
                          _heapify_max, _heappop_max, _heapreplace_max)


def merge(*iterables, key=None, reverse=False):
    """Merge sorted iterables into one sorted iterator, reading no more than it needs.

    Equal items keep the order of the iterables.
    """
    if reverse:
        build, pop, replace, direction = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        build, pop, replace, direction = heapify, heappop, heapreplace, 1

    # Entries are [key, number of the iterable, value, its __next__]; the number decides ties.
    heap = []
    for number, iterable in enumerate(iterables):
        advance = iter(iterable).__next__
        try:
            value = advance()
        except StopIteration:
            continue
        sort_key = value if key is None else key(value)
        heap.append([sort_key, number * direction, value, advance])
    build(heap)

    while len(heap) > 1:
        entry = heap[0]
        advance = entry[3]
        while True:
            yield entry[2]
            try:
                value = advance()
            except StopIteration:
                pop(heap)
                break
            entry[0] = value if key is None else key(value)
            entry[2] = value
            replace(heap, entry)
            if heap[0] is not entry:
                break
    if heap:
        _, _, value, advance = heap[0]
        yield value
        yield from advance.__self__


def nsmallest(n, iterable, key=None):
    """The n smallest items, in order; same as sorted(iterable, key=key)[:n]."""
    return _select(n, iterable, key, min, 1, _heapify_max, _heapreplace_max)


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first; same as sorted(iterable, key=key, reverse=True)[:n]."""
    return _select(n, iterable, key, max, -1, heapify, heapreplace)


def _select(n, iterable, key, extreme, direction, build, replace):
    """Keep the n best of the items seen so far in a heap whose first item is the worst of them.

    Entries are (key, order of arrival, item), so that of equal items the first ones stay.
    """
    reverse = direction < 0
    if n == 1:
        nothing = object()
        best = extreme(iter(iterable), default=nothing, key=key)
        return [] if best is nothing else [best]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=reverse)[:n]

    items = iter(iterable)
    kept = []
    for order, item in zip(range(n), items):
        kept.append((item if key is None else key(item), order * direction, item))
    if not kept:
        return kept
    build(kept)
    worst = kept[0][0]
    order = n
    for item in items:
        sort_key = item if key is None else key(item)
        if (worst < sort_key) if reverse else (sort_key < worst):
            replace(kept, (sort_key, order * direction, item))
            worst = kept[0][0]
            order += 1
    kept.sort(reverse=reverse)
    return [entry[2] for entry in kept]
