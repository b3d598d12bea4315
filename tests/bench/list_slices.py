"""Lists: slicing, slice assignment, reversal, insertion, searching, comparing, concatenating."""


def rotate(items, n):
    return items[n:] + items[:n]


def main():
    checksum = 0
    base = list(range(40))
    for i in range(170000):
        items = base[:]
        items[3:10] = items[9:2:-1]
        items[:5] = [i, i + 1]
        items.reverse()
        items.insert(7, -i)
        del items[1:4]
        checksum += items[0] + items[-1] + len(items)
        checksum += rotate(items, 11)[3]
        checksum += items[::2][2] + items[::-1][1]
        checksum += (items == base) + (base[1:] < items)
        checksum += items.index(30) + (12 in items) + items.count(-i)
        checksum += min(items) + max(items) + sum(items[:4])
    matrix = [list(range(i, i + 60)) for i in range(60)]
    for turn in range(400):
        matrix = [list(column) for column in zip(*matrix)]
        checksum += matrix[turn % 60][3]
    print(checksum)


main()
