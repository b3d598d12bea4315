"""json: encoding and decoding of nested documents."""

import json


def document(n):
    return {
        "id": n,
        "name": "item %d" % n,
        "price": n * 1.25,
        "tags": ["a", "bc", "d\u00e9f", "line\nbreak"],
        "active": n % 2 == 0,
        "parent": None,
        "size": {"width": n % 7, "height": n % 11, "depth": [n, n + 1, n + 2]},
    }


def main():
    documents = [document(i) for i in range(1000)]
    checksum = 0
    for turn in range(80):
        text = json.dumps(documents)
        checksum += len(text)
        back = json.loads(text)
        checksum += sum(d["id"] + d["size"]["depth"][2] for d in back)
        assert back == documents
        checksum += len(json.dumps(back[turn * 7], indent=2, sort_keys=True))
    compact = json.dumps(documents, separators=(",", ":"), ensure_ascii=False)
    print(checksum, len(compact))


main()
