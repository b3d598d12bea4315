"""Building strings: += aliasing, join, large ones, mixed widths."""
s = ""
for i in range(1000):
    s += chr(97 + i % 26)
print(len(s), s[:30], s[-5:])
a = "abc"
b = a
a += "d"
print(a, b)
parts = []
for i in range(5):
    parts.append(s[i * 3:i * 3 + 3])
print("".join(parts), "|".join(parts))
t = "x" * 10
u = t + "é"
v = u + "€"
w = v + "😀"
print(len(t), len(u), len(v), len(w), w[10], w[11], w[12], w[:10] == t)
print((w * 2)[13:23] == t, w.replace("😀", "").replace("€", "").replace("é", "") == t)


def grow(n):
    text = ""
    for i in range(n):
        text = text + "ab"
        if i == 2:
            kept = text
    return text, kept


text, kept = grow(10)
print(text, kept)


class Holder:
    text = ""


h = Holder()
for c in "hello":
    h.text += c
print(h.text, Holder.text == "")
d = {"k": ""}
for c in "dict":
    d["k"] += c
print(d)
lst = [""]
for c in "list":
    lst[0] += c
print(lst)
big = "0123456789" * 100000
print(len(big), big[999999], big.count("9"), big.find("90"), big.rfind("01"), hash(big) == hash("0123456789" * 100000))
print("".join(reversed("stressed")), "".join(sorted("banana")), "".join(map(chr, range(65, 75))), "".join({"a": 1, "b": 2}))
rows = ["%d:%s" % (i, "*" * i) for i in range(5)]
print("\n".join(rows))
s = "immutable"
try:
    s[0] = "x"
except TypeError as error:
    print(error)
try:
    "a" * 10 ** 20
except (OverflowError, MemoryError) as error:
    print(type(error).__name__)
