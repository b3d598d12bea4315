"""Sorting: ints, strings, tuples, by key functions, by rich comparison, and partly sorted input."""


class Version:
    def __init__(self, major, minor):
        self.major = major
        self.minor = minor

    def __lt__(self, other):
        return (self.major, self.minor) < (other.major, other.minor)


def numbers(count, seed):
    result = []
    for _ in range(count):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        result.append(seed >> 40)
    return result


def digest(items):
    value = 0
    for item in items[::97]:
        value = (value * 131 + item) % 998244353
    return value


def main():
    data = numbers(180000, 3)
    print(digest(sorted(data)), digest(sorted(data, reverse=True)))
    print(digest(sorted(data, key=lambda x: x % 1000)), digest(sorted(data, key=lambda x: -x)))
    texts = [str(x) for x in data]
    texts.sort()
    texts.sort(key=len)
    print(texts[0], texts[1000], texts[-1])
    pairs = [(x % 100, x % 7, i) for i, x in enumerate(data)]
    pairs.sort()
    print(pairs[0], pairs[-1])
    pairs.sort(key=lambda p: (p[1], p[0]))
    print(pairs[0], pairs[-1])
    nearly = sorted(data)
    for i in range(0, len(nearly), 500):
        nearly[i] = 0
    nearly.sort()
    print(digest(nearly))
    versions = [Version(x % 10, x % 91) for x in data[:30000]]
    versions.sort()
    print([(v.major, v.minor) for v in versions[::7999]])


main()
