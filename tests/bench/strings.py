"""Methods of str: searching, splitting, joining, replacing, slicing, case, and character loops."""

WORDS = ("lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do")


def caesar(text, shift):
    result = []
    for c in text:
        if "a" <= c <= "z":
            result.append(chr((ord(c) - 97 + shift) % 26 + 97))
        else:
            result.append(c)
    return "".join(result)


def is_palindrome(text):
    return text == text[::-1]


def main():
    text = ""
    seed = 1
    for _ in range(10000):
        seed = seed * 16807 % 2147483647
        text += WORDS[seed % 10] + (", " if seed % 7 == 0 else " ")
    checksum = 0
    for turn in range(30):
        secret = caesar(text, turn)
        checksum += secret.count("a") + secret.find("xyz") + len(secret.split())
        parts = secret.replace("e", "**").upper().split(" ")
        checksum += sum(len(part.strip("*,")) for part in parts)
        checksum += sum(1 for part in parts if part.startswith("S") or part.endswith("T"))
        line = "-".join(parts).title()
        checksum += len(line) + line.rfind("A")
        for i in range(0, len(line) - 5, 7):
            if is_palindrome(line[i:i + 3]):
                checksum += i
    table = str.maketrans("aeiou", "AEIOU", "xyz")
    for _ in range(300):
        vowels = text.translate(table)
        checksum += vowels.count("A") + hash(vowels == text)
    print(checksum, text[:40])


main()
