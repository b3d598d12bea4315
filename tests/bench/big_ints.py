"""Integers beyond a machine word: factorials, Fibonacci numbers, digits of pi, powers modulo."""


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def pi_digits(count):
    """Gibbons' unbounded spigot."""
    digits = []
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = (q * k, (2 * q + r) * l, t * l, k + 1,
                                (q * (7 * k + 2) + r * l) // (t * l), l + 2)
    return "".join(map(str, digits))


def is_probable_prime(n):
    d = n - 1
    s = 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def main():
    text = str(factorial(1000))
    print(len(text), text[:20], factorial(6000) % (10 ** 61 + 9))
    print(str(fibonacci(20000))[:30])
    print(pi_digits(2000)[-30:])
    print([e for e in range(2, 450) if is_probable_prime(2 ** e - 1)])
    value = 3 ** 2000
    checksum = 0
    for shift in range(0, 60000):
        checksum ^= (value >> shift) & 0xFFFFFFFFFF
        checksum ^= (value << shift) % 1000003
    print(checksum, (value | value << 777).bit_length())


main()
