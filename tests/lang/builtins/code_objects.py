"""Code objects: fields, nested codes, lines, replacement, equality."""


def outer(a, b=1, *args, c, **kw):
    "doc"
    x = a

    def inner(y):
        return x + y

    class Local:
        z = 1
    return [inner(i) for i in range(b)]


code = outer.__code__
print(code.co_name, code.co_qualname, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount, code.co_nlocals, code.co_varnames, code.co_cellvars, code.co_freevars, code.co_names)
nested = [c for c in code.co_consts if hasattr(c, "co_name")]
print([(c.co_name, c.co_qualname, c.co_freevars, c.co_firstlineno) for c in nested], code.co_consts[0])
print(type(code).__name__, repr(code).startswith("<code object outer at 0x"), repr(code).endswith('code_objects.py", line 4>'), isinstance(code.co_code, bytes), code.co_stacksize > 0, hash(code) == hash(code), code == outer.__code__, code != nested[0])
lines = sorted({line for _, _, line in code.co_lines() if line is not None})
print(lines)
print(all(len(p) == 4 for p in code.co_positions()))
renamed = code.replace(co_name="renamed", co_filename="other.py", co_firstlineno=100)
print(renamed.co_name, renamed.co_filename, renamed.co_firstlineno, renamed == code)
module = compile("x = 1\ndef f(): return x\nclass C: pass\n", "module.py", "exec")
print(module.co_name, module.co_names, [c.co_name for c in module.co_consts if hasattr(c, "co_name")], module.co_filename, module.co_flags & 0x40)
same = compile("a + b", "f", "eval") == compile("a + b", "f", "eval"), compile("a + b", "f", "eval") == compile("a + c", "f", "eval")
print(same)
f = type(outer)(compile("lambda v: v * 2", "f", "eval").co_consts[0], {})
print(f(21), f.__name__)
try:
    type(outer)(code.co_consts[0], {})
except TypeError as error:
    print("TypeError")
try:
    code.co_name = "x"
except AttributeError as error:
    print(error)
try:
    exec(nested[0])
except TypeError as error:
    print(error)
