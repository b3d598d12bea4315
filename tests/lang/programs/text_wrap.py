"""Word wrapping, justification, and a table printer."""


def words(text):
    return text.split()


def wrap(text, width):
    lines, line = [], []
    for word in words(text):
        if line and sum(map(len, line)) + len(line) + len(word) > width:
            lines.append(line)
            line = []
        line.append(word)
    if line:
        lines.append(line)
    return lines


def justify(line, width):
    if len(line) == 1:
        return line[0]
    gaps = len(line) - 1
    spaces = width - sum(map(len, line))
    each, extra = divmod(spaces, gaps)
    out = line[0]
    for i, word in enumerate(line[1:]):
        out += " " * (each + (i < extra)) + word
    return out


TEXT = """It is a truth universally acknowledged that a tool which explains itself needs no manual,
while a tool that does not will not be saved by one; and yet manuals are written, read by nobody, and
printed in great numbers."""
for width in (20, 33, 50):
    lines = wrap(TEXT, width)
    for line in lines[:-1]:
        print("|" + justify(line, width) + "|")
    print("|" + " ".join(lines[-1]).ljust(width) + "|")
    print("-" * (width + 2))


def table(rows, headers, align):
    cells = [headers] + [[f"{c:.2f}" if isinstance(c, float) else str(c) for c in row] for row in rows]
    widths = [max(len(r[i]) for r in cells) for i in range(len(headers))]
    rule = "+".join("-" * (w + 2) for w in widths).join("++")
    yield rule
    for n, row in enumerate(cells):
        yield "|" + "|".join(f" {c:{a}{w}} " for c, a, w in zip(row, align, widths)) + "|"
        if n == 0:
            yield rule
    yield rule


data = [("apple", 3, 1.5), ("banana", 12, 0.25), ("cherry", 150, 12.0), ("été", 0, -3.14159)]
print(*table(data, ["fruit", "count", "price"], "<>^"), sep="\n")
print(*table(sorted(data, key=lambda r: -r[1]), ["a", "b", "c"], ">^<"), sep="\n")
histogram = {}
for c in TEXT.lower():
    if c.isalpha():
        histogram[c] = histogram.get(c, 0) + 1
for c, n in sorted(histogram.items(), key=lambda p: (-p[1], p[0]))[:8]:
    print(c, "#" * n, n)
