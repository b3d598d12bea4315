"""Small classics: a quine, roman numerals, towers, permutations, change, knapsack, edit distance."""
s = 's = %r\nprint(s %% s)'
out = []
exec(s % s, {"print": lambda t: out.append(t)})
print(out[0] == s % s)


def roman(n):
    text = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            text += sign
            n -= value
    return text


def arabic(text):
    values = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000)))
    numbers = [values[c] for c in text] + [0]
    return sum(-a if a < b else a for a, b in zip(numbers, numbers[1:]))


print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 3999)], all(arabic(roman(n)) == n for n in range(1, 4000)))


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)


print(" ".join(hanoi(4)))


def change(amount, coins):
    ways = [1] + [0] * amount
    for coin in coins:
        for k in range(coin, amount + 1):
            ways[k] += ways[k - coin]
    return ways[amount]


print(change(100, (1, 2, 5, 10, 20, 50)), change(1000, (1, 2, 5, 10, 20, 50, 100, 200)))


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (x != y)))
    return row[-1]


print(distance("kitten", "sitting"), distance("", "abc"), distance("flaw", "lawn"), distance("intention", "execution"))


def longest_common(a, b):
    table = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + x if x == y else max(table[i][j + 1], table[i + 1][j], key=len)
    return table[-1][-1]


print(longest_common("AGGTABXYZZY", "GXTXAYBZY"))


def knapsack(items, capacity):
    best = {0: (0, ())}
    for name, weight, value in items:
        for used, (worth, names) in list(best.items()):
            total = used + weight
            if total <= capacity and (total not in best or best[total][0] < worth + value):
                best[total] = worth + value, names + (name,)
    return max(best.values())


print(knapsack([("a", 12, 4), ("b", 2, 2), ("c", 1, 1), ("d", 4, 10), ("e", 1, 2)], 15))


def look_and_say(n):
    text = "1"
    for _ in range(n):
        yield text
        out, i = "", 0
        while i < len(text):
            j = i
            while j < len(text) and text[j] == text[i]:
                j += 1
            out += str(j - i) + text[i]
            i = j
        text = out


print(list(look_and_say(9)))
print([n for n in range(1, 10000) if sum(d for d in range(1, n // 2 + 1) if n % d == 0) == n][:3])
send = [(s, e, n, d, m, o, r, y) for s, m in [(9, 1)] for o in (0,) for e in range(2, 9) for n in (e + 1,) for r in (8,) for d in range(2, 8) for y in range(2, 8)
        if len({s, e, n, d, m, o, r, y}) == 8 and 1000 * s + 100 * e + 10 * n + d + 1000 * m + 100 * o + 10 * r + e == 10000 * m + 1000 * o + 100 * n + 10 * e + y]
print(send)
a, digits = 10 ** 52, ""
pi = 0
for k in range(40):
    pi += a * 4 // (8 * k + 1) // 16 ** k - a * 2 // (8 * k + 4) // 16 ** k - a // (8 * k + 5) // 16 ** k - a // (8 * k + 6) // 16 ** k
print(str(pi)[:45])
