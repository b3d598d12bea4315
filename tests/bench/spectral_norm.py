"""Greatest singular value of an infinite matrix, cut to n x n, by power iteration."""


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    n = len(vector)
    result = []
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += element(i, j) * vector[j]
        result.append(total)
    return result


def times_transposed(vector):
    n = len(vector)
    return [sum([element(j, i) * vector[j] for j in range(n)]) for i in range(n)]


def main(n, rounds):
    u = [1.0] * n
    for _ in range(rounds):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    along = 0.0
    square = 0.0
    for a, b in zip(u, v):
        along += a * b
        square += b * b
    print("%.9f" % (along / square) ** 0.5)


main(260, 12)
