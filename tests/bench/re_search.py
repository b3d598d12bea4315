"""re: searching, matching, substituting and splitting with compiled patterns."""

import re

LINE = '192.168.%d.%d - user%d [10/Oct/2023:13:55:%02d +0000] "GET /page/%d?x=%d HTTP/1.1" 200 %d'
LOG = re.compile(
    r'(?P<host>\d+\.\d+\.\d+\.\d+) - (?P<user>\w+) \[(?P<time>[^\]]+)\] '
    r'"(?P<method>[A-Z]+) (?P<path>[^ ?]+)(?:\?(?P<query>[^ ]*))? [^"]*" (?P<status>\d{3}) (?P<size>\d+)')
WORD = re.compile(r"[A-Za-z_]\w*")
NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
TOKEN = re.compile(r"\s*(?:(\d+)|([a-z]+)|(.))", re.IGNORECASE)


def main():
    lines = []
    seed = 42
    for i in range(4000):
        seed = seed * 16807 % 2147483647
        lines.append(LINE % (seed % 256, i % 256, seed % 100, i % 60, seed % 1000, i, seed % 5000))
    total = 0
    paths = {}
    for turn in range(9):
        for line in lines:
            match = LOG.match(line)
            total += int(match["size"]) + len(match.group("user"))
            paths[match["path"]] = paths.get(match["path"], 0) + 1
        text = "\n".join(lines)
        words = WORD.findall(text)
        total += len(words) + sum(len(w) for w in words[:1000])
        total += sum(float(n) for n in NUMBER.findall(text)[:20000]) // 1
        swapped = re.sub(r"(\d+)/(\w+)/(\d+)", r"\3-\2-\1", text)
        total += swapped.count("2023-Oct-10")
        shouted = re.sub(r"user\d+", lambda m: m.group().upper(), text)
        total += shouted.count("USER")
        total += len(re.split(r"[\s\[\]\"]+", text))
        for match in TOKEN.finditer(text[:30000]):
            total += match.lastindex
        total += sum(1 for line in lines if re.search(r"(?:aaa|bbb|/9\d\d)\?", line))
    print(total, len(paths), max(paths.values()))


main()
