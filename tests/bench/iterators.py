"""zip, enumerate, map, filter, reversed, and itertools in loops."""

from itertools import accumulate, chain, count, cycle, groupby, islice, product, repeat, takewhile


def main():
    numbers = list(range(2000))
    letters = "abcdefghij" * 200
    checksum = 0
    for turn in range(420):
        for a, b in zip(numbers, letters):
            checksum += a
        for i, letter in enumerate(letters, turn):
            checksum += i
        for item in chain(numbers, reversed(numbers)):
            checksum += item
        for item in islice(count(turn), 0, 2000, 2):
            checksum += item
        checksum += sum(map(abs, numbers)) + len(list(filter(None, numbers)))
        for item in takewhile(lambda n: n < 1000, numbers):
            checksum += 1
        for a, b in product(range(30), repeat=2):
            checksum += a * b
        for value in islice(cycle(numbers), 3000):
            checksum += value
        checksum += sum(accumulate(numbers)) % 1000 + sum(repeat(turn, 100))
        for key, group in groupby(numbers, lambda n: n // 100):
            checksum += key + len(list(group))
        checksum += max(numbers) - min(numbers) + len(list(zip(numbers, numbers, letters)))
        checksum += any(numbers[:1]) + all(numbers[1:])
    print(checksum)


main()
