# Functions: every kind of parameter, defaults, annotations, closures, decorators, lambda.
@decorate
def outer(a, /, b: int = 1, *args, c, d=2, **kwargs) -> str:
    """Docstring."""
    count = 0

    def inner(x):
        nonlocal count
        global total
        count += x
        total = count
        return a, count

    return lambda y, z=b: inner(y + z)
