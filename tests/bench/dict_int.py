"""Dictionaries with int keys: filling, counting, looking up, deleting, memoised recursion."""


def collatz_lengths(limit):
    lengths = {1: 1}
    best = (1, 1)
    for start in range(2, limit):
        n = start
        path = []
        while n not in lengths:
            path.append(n)
            n = n // 2 if n % 2 == 0 else 3 * n + 1
        length = lengths[n]
        for n in reversed(path):
            length += 1
            lengths[n] = length
        if lengths[start] > best[1]:
            best = (start, lengths[start])
    return best, len(lengths)


def histogram(count):
    buckets = {}
    value = 12345
    for _ in range(count):
        value = (value * 1103515245 + 12345) & 0x7FFFFFFF
        key = value >> 20
        buckets[key] = buckets.get(key, 0) + 1
    return len(buckets), max(buckets.values()), sum(k * v for k, v in buckets.items())


def churn(rounds):
    table = {}
    for i in range(rounds):
        table[i] = i * i
        if i >= 100:
            del table[i - 100]
    return len(table), sum(table)


print(collatz_lengths(150000), histogram(1200000), churn(1000000))
