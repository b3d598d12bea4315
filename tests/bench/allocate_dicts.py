"""A million small dicts, kept and released, three times."""


def main():
    dicts = []
    for turn in range(3):
        dicts = [{"id": i, "next": None} for i in range(500000)]
        dicts += [{} for i in range(500000)]
    checksum = 0
    for item in dicts[:500000:500]:
        item["more"] = item["id"]
        checksum += item["more"] + len(item)
    print(len(dicts), checksum)


main()
