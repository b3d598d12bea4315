"""Primes by the sieve of Eratosthenes: by slices, by single items, and by trial division."""


def by_slices(limit):
    flags = [True] * limit
    flags[0:2] = [False, False]
    for i in range(2, int(limit ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = [False] * len(range(i * i, limit, i))
    return [i for i, flag in enumerate(flags) if flag]


def by_items(limit):
    flags = [1] * limit
    total = 0
    for i in range(2, limit):
        if flags[i]:
            total += i
            for j in range(i * i, limit, i):
                flags[j] = 0
    return total


def by_division(limit):
    primes = [2]
    candidate = 3
    while candidate < limit:
        for p in primes:
            if p * p > candidate:
                primes.append(candidate)
                break
            if candidate % p == 0:
                break
        candidate += 2
    return primes


primes = by_slices(4000000)
print(len(primes), primes[-1], by_items(2000000), len(by_division(250000)))
