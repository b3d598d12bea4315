"""A million small lists, kept and released."""


def main():
    lists = []
    for i in range(1000000):
        lists.append([i, None])
    checksum = 0
    for item in lists[::1000]:
        item.append(item[0])
        checksum += sum(item[2:])
    print(len(lists), checksum)


main()
