"""Cells: sharing, late binding, nesting, and what the attributes of a function show."""


def make_counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def down():
        nonlocal count
        count -= 1
        return count

    def peek():
        return count

    return up, down, peek


up, down, peek = make_counter()
up(), up(), up(), down()
print(peek())
up2, _, peek2 = make_counter()
up2()
print(peek(), peek2())
print(up.__code__.co_freevars, make_counter.__code__.co_cellvars)
print(up.__closure__[0].cell_contents, up.__closure__[0] is peek.__closure__[0])
peek.__closure__[0].cell_contents = 100
print(peek(), up())


def deep(a):
    def b():
        def c():
            def d():
                return a
            return d
        return c
    return b


print(deep("deep")()()())
print(deep(1)().__code__.co_freevars, deep.__closure__)


def loop_cells():
    functions = []
    for i in range(3):
        def f():
            return i
        functions.append(f)
    return [f() for f in functions]


print(loop_cells())


def argument_cell(x, *args, **kwargs):
    def inner():
        return x, args, kwargs
    x += 1
    return inner


print(argument_cell(1, 2, k=3)())


def later():
    def use():
        return defined_later
    try:
        use()
    except NameError as error:
        print(type(error).__name__, error)
    defined_later = "now"
    return use()


print(later())


def empty_cell():
    def inner():
        return nothing
    cell = inner.__closure__[0]
    try:
        cell.cell_contents
    except ValueError as error:
        print("ValueError", error)
    nothing = 1
    return cell.cell_contents


print(empty_cell())


def self_reference(n):
    def walk(k):
        return [] if k == 0 else [k] + walk(k - 1)
    return walk(n)


print(self_reference(4))


def class_in_function(value):
    class Local:
        def get(self):
            return value

        def set(self, new):
            nonlocal value
            value = new
    return Local()


obj = class_in_function("v")
obj.set("w")
print(obj.get())
print([f.__qualname__ for f in (up, deep(1), deep(1)())])
print(type(obj).__qualname__, obj.get.__qualname__)
