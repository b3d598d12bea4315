"""Dictionaries with str keys: records, nested tables, merging, inverting, setdefault."""


def make_records(count):
    records = []
    for i in range(count):
        records.append({"id": i, "name": "user%d" % i, "group": "g%d" % (i % 37),
                        "score": i * 7919 % 1000, "active": i % 3 == 0})
    return records


def group_by(records, key):
    groups = {}
    for record in records:
        groups.setdefault(record[key], []).append(record)
    return groups


def summarise(groups):
    summary = {}
    for name, records in groups.items():
        entry = {"count": 0, "total": 0, "best": None}
        for record in records:
            entry["count"] += 1
            entry["total"] += record["score"]
            if entry["best"] is None or record["score"] > entry["best"]["score"]:
                entry["best"] = record
        summary[name] = entry
    return summary


def main():
    records = make_records(25000)
    checksum = 0
    for _ in range(35):
        groups = group_by(records, "group")
        summary = summarise(groups)
        for name in sorted(summary):
            entry = summary[name]
            checksum = (checksum * 31 + entry["count"] + entry["total"]) % 1000000007
            checksum += len(entry["best"]["name"])
        index = {record["name"]: record for record in records}
        for i in range(0, 25000, 3):
            key = "user" + str(i)
            if key in index:
                checksum += index[key]["score"]
        for i in range(5000):
            merged = {**records[i], "extra": i}
            merged.update(name="x", rank=2)
            checksum += len(merged)
        inverted = {value: key for key, value in index["user77"].items()}
        checksum += len(inverted)
    print(checksum)


main()
