"""Counting the words of a generated text and listing the most frequent."""

SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu".split()


def generate(count):
    seed = 2463534242
    lines = []
    line = []
    for i in range(count):
        word = ""
        for _ in range(1 + seed % 3):
            seed ^= seed << 13 & 0xFFFFFFFF
            seed ^= seed >> 17
            seed ^= seed << 5 & 0xFFFFFFFF
            word += SYLLABLES[seed % 11 * (seed >> 8) % 20]
        line.append(word.capitalize() if i % 12 == 0 else word)
        if len(line) == 12:
            lines.append(" ".join(line) + ".")
            line = []
    return "\n".join(lines)


def count_words(text):
    counts = {}
    for line in text.splitlines():
        for word in line.rstrip(".").lower().split():
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
    return counts


def main():
    text = generate(90000)
    for _ in range(30):
        counts = count_words(text)
    ranking = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    print(len(counts), sum(counts.values()))
    for word, count in ranking[:10]:
        print(f"{word:<10}{count:>6}")


main()
