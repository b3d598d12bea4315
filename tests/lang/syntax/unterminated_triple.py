"""A triple-quoted string without its end."""
def f():
    return """no end

print(f())
