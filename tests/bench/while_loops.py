"""While loops over ints: gcd, Collatz, digit sums, bit counting, a linear congruential generator."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def collatz(n):
    steps = 0
    while n != 1:
        if n % 2:
            n = 3 * n + 1
        else:
            n //= 2
        steps += 1
    return steps


def digit_sum(n):
    total = 0
    while n > 0:
        total += n % 10
        n //= 10
    return total


def bits(n):
    count = 0
    while n:
        n &= n - 1
        count += 1
    return count


def main():
    total = 0
    i = 1
    while i < 500:
        j = 1
        while j < 300:
            total += gcd(i, j)
            j += 1
        i += 1
    print(total)
    longest = 0
    i = 1
    while i < 25000:
        steps = collatz(i)
        if steps > longest:
            longest = steps
        i += 1
    print(longest)
    total = 0
    i = 0
    while i < 150000:
        total += digit_sum(i) * bits(i)
        i += 1
    print(total)
    x = 1
    hits = 0
    i = 0
    while i < 2500000:
        x = (x * 69069 + 1) & 0xFFFFFFFF
        if x < 0x10000000:
            hits += 1
        i += 1
    print(hits, x)


main()
