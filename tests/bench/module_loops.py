"""Loops at module level, where every variable is a global."""

total = 0
for i in range(2400000):
    total += i & 7
print(total)

values = []
for i in range(700000):
    if i % 3 == 0:
        values.append(i)
    elif i % 5 == 0:
        values.append(-i)
print(len(values), sum(values))

a, b = 0, 1
n = 0
while n < 1500000:
    a, b = b, (a + b) % 1000007
    n += 1
print(a, b)

table = {}
for i in range(500000):
    key = i % 101
    table[key] = table.get(key, 0) + i
print(len(table), table[7])

text = ""
for i in range(200000):
    text = text + "x" if i % 4 else ""
print(len(text))
