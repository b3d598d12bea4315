"""assert with and without a message."""


def check(source):
    try:
        exec(source)
        print(source, "-> fine")
    except AssertionError as error:
        print(source, "->", error.args)


check("assert True")
check("assert 1 < 2, 'never evaluated'")
check("assert 0")
check("assert [], 'empty list'")
check("assert None, (1, 2)")
check("assert not 5, f'{5!r} is true'")
calls = []
assert True, calls.append("message")
print(calls)
try:
    assert False, calls
except AssertionError as error:
    print(error.args[0] is calls)
print(__debug__)
