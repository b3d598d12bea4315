"""Regular expressions: splitting source text into tokens, searching a log, replacing, case, Unicode."""

import re

TOKENS = re.compile(r"""
    (?P<number>\d+(?:\.\d+)?) | (?P<name>[A-Za-z_]\w*) | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<comment>\#.*) | (?P<space>\s+) | (?P<operator>[-+*/=<>!]=?|[()\[\]{},.:])
    """, re.VERBOSE)

LINE = 'total = total + price[item] * 1.25 - "a \\"quoted\\" text".count(x)  # see below\n'
SOURCE = LINE * 300


def tokenize(text):
    counts = {}
    position = 0
    while position < len(text):
        found = TOKENS.match(text, position)
        kind = found.lastgroup
        counts[kind] = counts.get(kind, 0) + 1
        position = found.end()
    return sorted(counts.items())


LOG = "".join(
    "2024-03-%02d 12:%02d:%02d host%d app[%d]: user%d@example.com GET /index/%d?page=%d %d\n"
    % (i % 28 + 1, i % 60, i * 7 % 60, i % 9, i, i % 50, i, i % 5, 200 + i % 3 * 100)
    for i in range(3000))


def search():
    addresses = re.findall(r"[\w.]+@[\w.]+\w", LOG)
    failures = sum(1 for _ in re.finditer(r"^(\d+-\d+-\d+) .* (\S+) 400$", LOG, re.MULTILINE))
    hosts = set(re.findall(r"(?i)HOST([0-8])", LOG))
    return len(addresses), failures, sorted(hosts)


def replace():
    text = re.sub(r"\b(\d+)-(\d+)-(\d+)\b", r"\3.\2.\1", LOG)
    text = re.sub(r"user(\d+)", lambda found: "u%d" % (int(found.group(1)) + 1), text)
    return len(text), len(re.split(r"[\s,;:]+", text))


GREEK = "Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν, 17 λέξεις. " * 400


def unicode_words():
    return len(re.findall(r"\w+", GREEK)), len(re.findall(r"ΛΌΓΟΣ", GREEK, re.IGNORECASE))


def main():
    for _ in range(4):
        results = tokenize(SOURCE), search(), replace(), unicode_words()
    print(results)


main()
