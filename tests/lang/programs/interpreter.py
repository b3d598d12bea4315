"""A little Lisp: reader, environments, closures, tail positions, quoting, and a macro."""


class Symbol(str):
    pass


def read(text):
    tokens = text.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()
    position = 0

    def form():
        nonlocal position
        if position >= len(tokens):
            raise EOFError("unexpected end")
        token = tokens[position]
        position += 1
        if token == "(":
            items = []
            while position < len(tokens) and tokens[position] != ")":
                items.append(form())
            if position >= len(tokens):
                raise EOFError("missing )")
            position += 1
            return items
        if token == ")":
            raise SyntaxError("unexpected )")
        if token == "'":
            return [Symbol("quote"), form()]
        for kind in (int, float):
            try:
                return kind(token)
            except ValueError:
                pass
        return Symbol(token)

    forms = []
    while position < len(tokens):
        forms.append(form())
    return forms


class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.outer
        raise NameError(f"unbound {name}")


class Lambda:
    def __init__(self, names, body, env):
        self.names, self.body, self.env = names, body, env

    def __repr__(self):
        return f"<lambda {' '.join(self.names)}>"


def evaluate(x, env):
    while True:
        if isinstance(x, Symbol):
            return env.find(x)[x]
        if not isinstance(x, list):
            return x
        if not x:
            return []
        head = x[0]
        if head == "quote":
            return x[1]
        if head == "if":
            x = x[2] if evaluate(x[1], env) else (x[3] if len(x) > 3 else [])
            continue
        if head == "define":
            if isinstance(x[1], list):
                env[x[1][0]] = Lambda(x[1][1:], x[2:], env)
            else:
                env[x[1]] = evaluate(x[2], env)
            return None
        if head == "set!":
            env.find(x[1])[x[1]] = evaluate(x[2], env)
            return None
        if head == "lambda":
            return Lambda(x[1], x[2:], env)
        if head == "let":
            x = [[Symbol("lambda"), [n for n, _ in x[1]], *x[2:]], *[v for _, v in x[1]]]
            continue
        function, *args = [evaluate(item, env) for item in x]
        if isinstance(function, Lambda):
            if len(args) != len(function.names):
                raise TypeError(f"{function!r} takes {len(function.names)} arguments, got {len(args)}")
            env = Env(function.names, args, function.env)
            for form in function.body[:-1]:
                evaluate(form, env)
            x = function.body[-1]
            continue
        return function(*args)


def show(x):
    if isinstance(x, list):
        return "(" + " ".join(map(show, x)) + ")"
    return {True: "#t", False: "#f"}.get(x, str(x)) if isinstance(x, bool) else str(x)


def product(*xs):
    result = 1
    for x in xs:
        result *= x
    return result


root = Env()
root.update({"+": lambda *xs: sum(xs), "*": product, "-": lambda a, b=None: -a if b is None else a - b, "<": lambda a, b: a < b, "=": lambda a, b: a == b, "list": lambda *xs: list(xs), "car": lambda x: x[0], "cdr": lambda x: x[1:],
             "cons": lambda a, b: [a] + b, "null?": lambda x: x == [], "apply": lambda f, xs: evaluate([f, *[[Symbol("quote"), x] for x in xs]], root), "/": lambda a, b: a / b, "mod": lambda a, b: a % b})
program = """
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 25)
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(loop 20000 0)
(define (map f xs) (if (null? xs) '() (cons (f (car xs)) (map f (cdr xs)))))
(map (lambda (x) (* x x)) '(1 2 3 4))
(define (counter) (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
(define c (counter))
(c) (c) (list (c) (c))
(let ((x 2) (y 3)) (* x y))
(define (filter p xs) (if (null? xs) '() (if (p (car xs)) (cons (car xs) (filter p (cdr xs))) (filter p (cdr xs)))))
(filter (lambda (x) (= 0 (mod x 3))) '(1 2 3 4 5 6 9))
'(a (b c) 1.5)
((lambda (x y) (- x y)) 10 4)
(define (compose f g) (lambda (x) (f (g x))))
((compose fact (lambda (x) (+ x 1))) 4)
fact
(apply + '(1 2 3))
(if (< 1 2) 'yes 'no)
"""
for form in read(program):
    result = evaluate(form, root)
    if result is not None:
        print(show(form)[:40], "=>", show(result))
for bad in ("(undefined 1)", "(fact", ")", "(fact 1 2)", "(car 5)", "(/ 1 0)", "(car '())"):
    try:
        print(bad, [show(evaluate(f, root)) for f in read(bad)])
    except Exception as error:
        print(bad, "->", type(error).__name__, error)
