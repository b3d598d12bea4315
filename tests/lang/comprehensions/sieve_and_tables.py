"""Small computations by comprehensions."""
N = 60
primes = [n for n in range(2, N) if all(n % d for d in range(2, int(n ** 0.5) + 1))]
print(primes)
print([(a, b, c) for a in range(1, 20) for b in range(a, 20) for c in range(b, 30) if a * a + b * b == c * c])
print({n: [d for d in range(1, n + 1) if n % d == 0] for n in range(1, 13)})
words = "the quick brown fox jumps over the lazy dog the end".split()
print({w: words.count(w) for w in sorted(set(words))})
print({length: sorted(w for w in set(words) if len(w) == length) for length in sorted({len(w) for w in words})})
table = [[i * j for j in range(1, 6)] for i in range(1, 6)]
print("\n".join(" ".join(f"{cell:2}" for cell in row) for row in table))
identity = [[int(i == j) for j in range(3)] for i in range(3)]
m = [[1, 2, 0], [0, 1, 4], [5, 6, 0]]


def mul(a, b):
    return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]


print(mul(m, identity) == m, mul(m, m))
print([n for n in range(1000) if n == sum(int(d) ** len(str(n)) for d in str(n))])
print(["fizz" * (n % 3 == 0) + "buzz" * (n % 5 == 0) or n for n in range(1, 16)])
print("".join(chr(ord("a") + (ord(c) - ord("a") + 13) % 26) if c.isalpha() else c for c in "uryyb jbeyq"))
queens = [q for q in ((a, b, c, d) for a in range(4) for b in range(4) for c in range(4) for d in range(4))
          if len(set(q)) == 4 and all(abs(q[i] - q[j]) != j - i for i in range(4) for j in range(i + 1, 4))]
print(queens)
print({(x, y) for x in range(3) for y in range(3) if x < y} == {(0, 1), (0, 2), (1, 2)})
pascal = [[1]]
[pascal.append([1] + [a + b for a, b in zip(pascal[-1], pascal[-1][1:])] + [1]) for _ in range(6)]
print(pascal[-1], [sum(r) for r in pascal])
