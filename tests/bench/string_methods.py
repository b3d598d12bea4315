"""str: methods on many short strings, and a few on a long one."""


def main():
    words = ["alpha", "Beta", " gamma ", "DELTA-4", "x_y_z", "42", "caf\u00e9", "", "tail\n", "a,b;c"]
    checksum = 0
    for turn in range(40000):
        for word in words:
            checksum += len(word.strip()) + len(word.upper()) + word.find("a")
            checksum += word.startswith("a") + word.endswith(("4", "z")) + word.isdigit()
            checksum += len(word.replace("a", "bb")) + word.count("_")
            checksum += len(word.split("_")) + len(word.partition("-")[0])
            checksum += len(word.ljust(8)) + len(word.zfill(6))
    long_text = " ".join(words) * 2000
    for turn in range(160):
        checksum += long_text.count("alpha") + long_text.find("not there") + long_text.rfind("42")
        checksum += len(long_text.replace("DELTA", "d")) + len(long_text.split()) + len(long_text.lower())
        checksum += len(long_text.splitlines()) + ("zzz" in long_text) + len(long_text.encode())
    print(checksum)


main()
