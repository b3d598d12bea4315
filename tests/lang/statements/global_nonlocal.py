"""global and nonlocal in nested functions, classes and comprehensions."""
counter = 0


def bump():
    global counter
    counter += 1


bump()
bump()
print(counter)


def make():
    global created
    created = "from make"


make()
print(created)


def outer():
    x = "outer"

    def middle():
        nonlocal x
        x = "middle"

        def inner():
            nonlocal x
            x += "+inner"
            return x

        return inner()

    return middle(), x


print(outer())


def mixed():
    value = "local"

    def use_global():
        global value
        value = "global"

    def use_nonlocal():
        nonlocal value
        value = "changed"

    use_global()
    before = value
    use_nonlocal()
    return before, value


print(mixed(), value)
name = "module"


def class_scope():
    name = "function"

    class Inner:
        seen = name
        name = "class"
        method_sees = lambda self: name

        def method(self):
            return name

    return Inner.seen, Inner.name, Inner().method(), Inner().method_sees()


try:
    print(class_scope())
except NameError as error:
    print("NameError", error)


class Scope:
    name = name
    global in_module
    in_module = "set in class body"


print(Scope.name, in_module, hasattr(Scope, "in_module"))


def accumulate():
    total = 0
    history = [total := total + n for n in range(5)]
    return total, history


print(accumulate())


def shadow():
    print = lambda *a: "shadowed"
    return print("x")


print(shadow())


def read_before():
    try:
        return late
    except NameError as error:
        return type(error).__name__, str(error)
    late = 1


print(read_before())
