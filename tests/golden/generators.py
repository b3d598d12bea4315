# Generators and comprehensions of every kind.
def produce(n):
    received = yield n
    result = yield from range(received)
    return [x * y for x in range(n) for y in "ab" if x if y], {k: v for k, v in result}


squares = {x ** 2 for x in range(10)}
lazy = (a + b for a, *b in pairs)
