"""Every binary operator on every pair of common types: the result, or the complaint."""
values = {"int": 7, "bool": True, "float": 2.5, "complex": 1j, "str": "ab", "bytes": b"xy", "list": [1], "tuple": (2,), "dict": {"k": 1}, "set": {3}, "None": None, "range": range(2)}
operators = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "//": lambda a, b: a // b, "%": lambda a, b: a % b, "**": lambda a, b: a ** b, "@": lambda a, b: a @ b,
             "<<": lambda a, b: a << b, "&": lambda a, b: a & b, "|": lambda a, b: a | b, "<": lambda a, b: a < b, "==": lambda a, b: a == b, "in": lambda a, b: a in b}
for symbol, operator in operators.items():
    for left, a in values.items():
        line = []
        for right, b in values.items():
            try:
                line.append(repr(operator(a, b)))
            except Exception as error:
                line.append(type(error).__name__[:-5])
        print(f"{left:8}{symbol:3}", " | ".join(line))
for symbol, operator in operators.items():
    for left, right in (("None", "int"), ("str", "int"), ("list", "tuple"), ("dict", "set"), ("complex", "complex")):
        try:
            operator(values[left], values[right])
        except Exception as error:
            print(symbol, left, right, "->", error)
