"""Pancake flipping over all permutations of n: the greatest number of flips, and a checksum."""


def fannkuch(n):
    perm = list(range(n))
    counts = list(range(1, n + 1))
    checksum = 0
    most = 0
    sign = 1
    while True:
        first = perm[0]
        if first:
            work = perm[:]
            flips = 0
            while first:
                work[:first + 1] = work[first::-1]
                flips += 1
                first = work[0]
            if flips > most:
                most = flips
            checksum += sign * flips
        # The next permutation: a swap in odd steps, then rotations.
        if sign == 1:
            perm[0], perm[1] = perm[1], perm[0]
            sign = -1
        else:
            perm[1], perm[2] = perm[2], perm[1]
            sign = 1
            for i in range(2, n):
                counts[i] -= 1
                if counts[i]:
                    break
                counts[i] = i + 1
                if i == n - 1:
                    return checksum, most
                perm.insert(i + 1, perm.pop(0))


print(fannkuch(9))
