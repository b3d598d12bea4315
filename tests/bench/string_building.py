"""Building long strings: +=, join, lists of characters, run lengths, and non-ASCII text."""


def run_lengths(text):
    result = ""
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        result += text[i] + str(j - i)
        i = j
    return result


def render(width, height):
    rows = []
    for y in range(height):
        row = ""
        for x in range(width):
            row += "#" if (x * y) % 7 < 3 else "."
        rows.append(row)
    return "\n".join(rows)


def escape(text):
    parts = []
    for c in text:
        if c == "<":
            parts.append("&lt;")
        elif c == "&":
            parts.append("&amp;")
        elif c > "~":
            parts.append("&#%d;" % ord(c))
        else:
            parts.append(c)
    return "".join(parts)


def main():
    text = ""
    for i in range(800000):
        text += "ab<&é"[i % 5]
    print(len(text), len(escape(text)))
    picture = render(400, 400)
    print(len(picture), picture.count("#"))
    print(len(run_lengths(picture)))
    line = "0"
    for _ in range(17):
        line = line + "".join("1" if c == "0" else "0" for c in line)
    print(len(line), line.count("110"))


main()
