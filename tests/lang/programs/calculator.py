"""A tokenizer, a Pratt parser and an evaluator of arithmetic with variables and functions."""


def tokenize(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == "."):
                j += 1
            yield "number", text[i:j]
            i = j
        elif c.isalpha() or c == "_":
            j = i
            while j < len(text) and (text[j].isalnum() or text[j] == "_"):
                j += 1
            yield "name", text[i:j]
            i = j
        elif text[i:i + 2] in ("**", "==", "<=", ">=", "!="):
            yield "op", text[i:i + 2]
            i += 2
        elif c in "+-*/%()<>=,?:":
            yield "op", c
            i += 1
        else:
            raise SyntaxError(f"bad character {c!r} at {i}")
    yield "end", ""


POWERS = {"=": (1, 0), "?": (2, 1), "==": (3, 4), "!=": (3, 4), "<": (3, 4), ">": (3, 4), "<=": (3, 4), ">=": (3, 4),
          "+": (5, 6), "-": (5, 6), "*": (7, 8), "/": (7, 8), "%": (7, 8), "**": (12, 11)}


class Parser:
    def __init__(self, text):
        self.tokens = list(tokenize(text))
        self.i = 0

    def next(self):
        token = self.tokens[self.i]
        self.i += 1
        return token

    def peek(self):
        return self.tokens[self.i]

    def expect(self, op):
        if self.next() != ("op", op):
            raise SyntaxError(f"expected {op}")

    def parse(self, power=0):
        kind, value = self.next()
        if kind == "number":
            left = ("num", float(value) if "." in value else int(value))
        elif kind == "name":
            left = ("var", value)
        elif (kind, value) == ("op", "("):
            left = self.parse()
            self.expect(")")
        elif kind == "op" and value in "+-":
            left = ("unary", value, self.parse(9))
        else:
            raise SyntaxError(f"unexpected {value or 'end'}")
        while True:
            kind, op = self.peek()
            if (kind, op) == ("op", "(") and left[0] == "var":
                self.next()
                arguments = []
                while self.peek() != ("op", ")"):
                    arguments.append(self.parse())
                    if self.peek() == ("op", ","):
                        self.next()
                self.expect(")")
                left = ("call", left[1], arguments)
                continue
            if kind != "op" or op not in POWERS or POWERS[op][0] < power:
                return left
            self.next()
            if op == "?":
                middle = self.parse()
                self.expect(":")
                left = ("if", left, middle, self.parse(1))
            else:
                left = ("binary", op, left, self.parse(POWERS[op][1]))


OPERATORS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "%": lambda a, b: a % b, "**": lambda a, b: a ** b,
             "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}


class Evaluator:
    def __init__(self):
        self.variables = {"pi": 3.14159}
        self.functions = {"max": max, "abs": abs, "sqrt": lambda x: x ** 0.5}

    def run(self, node):
        return getattr(self, "do_" + node[0])(*node[1:])

    def do_num(self, value):
        return value

    def do_var(self, name):
        return self.variables[name]

    def do_unary(self, op, operand):
        value = self.run(operand)
        return -value if op == "-" else value

    def do_binary(self, op, left, right):
        if op == "=":
            if left[0] != "var":
                raise SyntaxError("cannot assign")
            value = self.variables[left[1]] = self.run(right)
            return value
        return OPERATORS[op](self.run(left), self.run(right))

    def do_if(self, condition, yes, no):
        return self.run(yes if self.run(condition) else no)

    def do_call(self, name, arguments):
        return self.functions[name](*map(self.run, arguments))


def show(node):
    kind, *rest = node
    if kind in ("num", "var"):
        return str(rest[0])
    if kind == "binary":
        return f"({show(rest[1])} {rest[0]} {show(rest[2])})"
    if kind == "unary":
        return f"({rest[0]}{show(rest[1])})"
    if kind == "if":
        return "(" + " ? ".join(map(show, rest)) + ")"
    return f"{rest[0]}({', '.join(map(show, rest[1]))})"


e = Evaluator()
for line in ("1 + 2 * 3", "(1 + 2) * 3", "-2 ** 2", "2 ** 3 ** 2", "10 - 4 - 3", "x = y = 5", "x + y * 2", "max(1, x, 3) % 3", "x > 3 ? 10 : 20", "x < 3 ? 1 : y == 5 ? 2 : 3", "sqrt(16) + abs(-3)", "7 / 2", "pi * 2", "1 +", "(1", "z", "1 = 2", "5 / 0", "max()", "2 $ 3", ") 1", "f(1)", "1 2"):
    try:
        tree = Parser(line).parse()
        print(f"{line:<28}{show(tree):<36}{e.run(tree)}")
    except (SyntaxError, KeyError, ZeroDivisionError, TypeError) as error:
        print(f"{line:<28}{type(error).__name__}: {error}")
print(sorted(e.variables.items()))
