"""Raising and catching: in the same function, through several frames, with finally, by lookups."""


class Problem(Exception):
    def __init__(self, code):
        super().__init__("problem", code)
        self.code = code


def check(n):
    if n % 3 == 0:
        raise Problem(n)
    return n


def deep(n, depth):
    if depth == 0:
        raise ValueError(n)
    return deep(n, depth - 1)


def with_finally(n, log):
    try:
        try:
            return check(n)
        finally:
            log[0] += 1
    except Problem as problem:
        log[1] += problem.code
        return -1


def main():
    caught = 0
    for i in range(600000):
        try:
            caught += check(i)
        except Problem as problem:
            caught -= problem.code
    print(caught)
    log = [0, 0]
    total = 0
    for i in range(360000):
        total += with_finally(i, log)
    print(total, log)
    hits = 0
    table = {i: i for i in range(0, 1000, 2)}
    for i in range(450000):
        try:
            hits += table[i % 1000]
        except KeyError as error:
            hits += error.args[0] & 1
    print(hits)
    for i in range(40000):
        try:
            deep(i, 10)
        except ArithmeticError:
            pass
        except ValueError as error:
            hits += error.args[0]
    print(hits)


main()
