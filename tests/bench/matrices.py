"""Matrices as lists of lists: product, determinant by elimination, and a transposed product."""


def make(n, seed):
    rows = []
    value = seed
    for _ in range(n):
        row = []
        for _ in range(n):
            value = (value * 1103515245 + 12345) % 2147483648
            row.append(value % 19 - 9)
        rows.append(row)
    return rows


def product(a, b):
    n = len(a)
    result = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            total = 0
            for k in range(n):
                total += a[i][k] * b[k][j]
            result[i][j] = total
    return result


def product_by_columns(a, b):
    columns = list(zip(*b))
    return [[sum([x * y for x, y in zip(row, column)]) for column in columns] for row in a]


def determinant(matrix):
    rows = [[float(x) for x in row] for row in matrix]
    n = len(rows)
    result = 1.0
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        if rows[pivot][i] == 0.0:
            return 0.0
        if pivot != i:
            rows[i], rows[pivot] = rows[pivot], rows[i]
            result = -result
        result *= rows[i][i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            for c in range(i, n):
                rows[r][c] -= factor * rows[i][c]
    return result


def main():
    n = 150
    a = make(n, 42)
    b = make(n, 7)
    c = product(a, b)
    d = product_by_columns(c, a)
    print(sum(map(sum, c)), sum(map(sum, d)), product_by_columns(a, b) == c)
    print("%.6e" % determinant(a))


main()
