"""Big number identities checked over many pseudo-random values."""
seed = 12345


def rand(bits):
    global seed
    value = 0
    for _ in range(bits // 31 + 1):
        seed = (seed * 1103515245 + 12345) % 2147483648
        value = value << 31 | seed
    return value >> (31 * (bits // 31 + 1) - bits)


digest = 0
for bits in (10, 31, 32, 62, 63, 64, 65, 100, 128, 300, 1000):
    for _ in range(25):
        a, b, c = rand(bits), rand(bits) + 1, rand(bits // 2 + 1) + 1
        if a & 1:
            a = -a
        if b & 2:
            b = -b
        q, r = divmod(a * c, b)
        assert q * b + r == a * c
        assert (a + b) * c == a * c + b * c
        assert (a - b) * (a + b) == a * a - b * b
        assert a * a >= 0 and abs(a) ** 2 == a * a
        assert int(str(a)) == a and int(f"{a:x}", 16) == a and int(bin(a), 2) == a and int(oct(a), 8) == a
        assert (a << 13) // 8192 == a and (a >> 5) == a // 32
        assert a ^ b ^ b == a and (a & b) | (a & ~b) == a
        assert pow(a, 5, c) == a ** 5 % c
        assert int.from_bytes(a.to_bytes(bits // 8 + 2, "little", signed=True), "little", signed=True) == a
        x, y = abs(a), abs(b)
        while y:
            x, y = y, x % y
        assert a % x == 0 and b % x == 0
        digest = (digest * 31 + q + r + x) % (2 ** 89 - 1)
print(digest)
import math
for n in (0, 1, 2, 3, 4, 15, 16, 17, 10 ** 20, 10 ** 20 - 1, 2 ** 200 + 12345):
    root = math.isqrt(n)
    assert root * root <= n < (root + 1) ** 2
print(math.factorial(30), math.comb(100, 50), math.gcd(2 ** 100, 6 ** 50), math.lcm(12, 18, 27), math.perm(10, 3))
f = 1
for i in range(1, 200):
    f *= i
print(f % (10 ** 9 + 7), len(str(f)), sum(map(int, str(f))))
a, b = 0, 1
for _ in range(1000):
    a, b = b, a + b
print(a)
print(sum(1 / n for n in range(1, 1000)), 3 ** 1000 % 10 ** 20)
