"""sorted and list.sort: random, ordered, reversed and mixed data of several types, with and without keys."""

from operator import itemgetter


def numbers(count, seed):
    result = []
    for _ in range(count):
        seed = seed * 16807 % 2147483647
        result.append(seed)
    return result


def main():
    checksum = 0
    ints = numbers(40000, 1)
    for _ in range(3):
        checksum += sorted(ints)[777] + sorted(ints, reverse=True)[777]
        floats = [i / 7 for i in ints]
        floats.sort()
        checksum += int(floats[1234])
        texts = [str(i) for i in ints]
        texts.sort()
        checksum += int(texts[4321])
        checksum += sum(sorted(floats)[:100]) // 1
        pairs = list(zip([i % 100 for i in ints], texts))
        pairs.sort()
        checksum += pairs[5000][0] + int(pairs[5000][1])
        pairs.sort(key=itemgetter(1), reverse=True)
        checksum += pairs[100][0]
        mostly = sorted(ints)
        for i in range(0, len(mostly), 500):
            mostly[i] = -i
        mostly.sort()
        checksum += mostly[90]
        checksum += sorted(ints, key=lambda i: (i % 10, i))[3000]
    print(checksum)


main()
