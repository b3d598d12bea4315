"""ctypes: C numbers, reference counts and objects by their address."""
import ctypes

for name in ('c_long', 'c_float', 'c_char', 'c_bool', 'c_void_p', 'py_object', 'c_int', 'c_ubyte'):
    kind = getattr(ctypes, name)
    for value in ('x', 1.5, None, b'a', b'ab', 3, -1, 2 ** 70, [1], True):
        try:
            made = kind(value)
            print(name, repr(value), made, repr(made.value))
        except Exception as error:
            print(name, repr(value), type(error).__name__, error)
for name in ('c_longlong', 'c_int64', 'c_ssize_t', 'c_size_t', 'c_int8', 'c_uint64', 'c_ulonglong',
             'c_uint8', 'c_int32', 'c_int16', 'c_double'):
    kind = getattr(ctypes, name)
    print(name, kind.__name__, ctypes.sizeof(kind), ctypes.sizeof(kind()), ctypes.alignment(kind))
for call in (lambda: ctypes.sizeof(3), lambda: ctypes.addressof(3), lambda: ctypes.alignment(3),
             lambda: ctypes.c_long.from_address('x'), lambda: ctypes.py_object().value,
             lambda: ctypes.c_ubyte(300).value, lambda: ctypes.c_byte(200).value):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(ctypes.c_long(), bool(ctypes.c_long()), bool(ctypes.c_long(-1)), ctypes.py_object())


class Sub(ctypes.c_long):
    pass


print(repr(Sub(3)).startswith('<Sub object at 0x'), Sub(3).value)

x = [1, 2]
a = id(x)
for kind in (ctypes.c_long, ctypes.c_int64, ctypes.c_ssize_t, ctypes.c_size_t, ctypes.c_int):
    print(kind.from_address(a).value, end=' ')
y = x
print(ctypes.c_long.from_address(a).value, ctypes.cast(a, ctypes.py_object).value is x)
del y
print(ctypes.c_long.from_address(a).value)
held = ctypes.py_object(x)
print(ctypes.c_long.from_address(a).value)
del held
print(ctypes.c_long.from_address(a).value)
seen = ctypes.cast(a, ctypes.py_object)
print(ctypes.c_long.from_address(a).value, seen.value, seen)
print(ctypes.cast(ctypes.c_void_p(a), ctypes.py_object).value is x)


class Plain:
    pass


class Slotted:
    __slots__ = ('a', 'b', '__weakref__')


class List(list):
    pass


plain = Plain()
with_dict = Plain()
with_dict.__dict__['k'] = 1
number = 10 ** 30
for obj in (1, 12345678, 1.5, 'abc', 'x' * 1000 + str(a), bytes(5000), tuple(range(1000)), int, type,
            None, ..., NotImplemented, True, 10 ** 5000, set(range(1000)), plain, with_dict, Plain,
            Slotted(), List([1]), print, [].append, lambda: 0, (), '', frozenset(), range(3),
            ValueError('v'), number, sum, {}, object(), memoryview(b'm'), bytearray(2000)):
    if ctypes.cast(id(obj), ctypes.py_object).value is not obj:
        print('lost', type(obj))
    if ctypes.c_long.from_address(id(obj)).value < 1:
        print('no count', type(obj))

v = ctypes.c_int(5)
w = ctypes.c_int.from_address(ctypes.addressof(v))
w.value = 7
print(v, w, ctypes.addressof(v) == ctypes.addressof(w))
