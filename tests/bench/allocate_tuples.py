"""A million small tuples with floats and strings, kept and released, three times."""


def main():
    for turn in range(3):
        tuples = [(i, i * 0.5, "text") for i in range(1000000)]
    checksum = 0
    for number, half, text in tuples[::1000]:
        checksum += number + int(half) + len(text)
    nested = [(pair, None) for pair in tuples[:300000]]
    print(len(tuples), checksum, nested[-1][0][0])


main()
