"""Numbers in module variables are only overwritten where nobody can tell."""
import sys

a = 1000
for i in range(1000, 1300):
    b = a
    a = a + 1
    if a - b != 1 or a is b:
        print("overwritten")
print(a, b)

kept = []
for i in range(300, 320):
    kept.append(i)
    i += 0
print(kept)

x = 5000
y = x
for _ in range(50):
    x = x * 2 % 99991
    z = x
    x += 7
print(y, z, x, x - z)

f = 1.5
seen = []
for _ in range(30):
    g = f
    f = f * 1.25
    f = f + f
    if _ % 10 == 0:
        seen.append(f)
    f -= 1.0
print(seen, f > g)

n = 100000
first = id(n)
for _ in range(20):
    n = n + 1
print(id(n) == first, n)

counts = []
k = 70000
for _ in range(5):
    k = k + 1
    counts.append(sys.getrefcount(k))
    m = k
    counts.append(sys.getrefcount(k))
    del m
print(counts)

small = 250
for _ in range(12):
    small = small + 1
    same = small
    print(small, sys.getrefcount(small) > 4, end=" ")
print()


def change(value):
    global k
    k = value


k = 1000
for _ in range(40):
    k = k + k - 999
    k = (change(k + 5) or k) + 1
print(k)

q = 10**18
for _ in range(5):
    q = q * 10
    print(q, end=" ")
q = 3
for _ in range(5):
    q = q / 2
    q = q + 1
print(q)
