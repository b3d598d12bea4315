# --ids=stable: numbers in the order in which objects are first shown.
import gc

gc.disable()  # no collection but those asked for



class Node:
    def method(self):
        pass


a, b = Node(), Node()
print(id(b), id(a), id(b), hex(id(a)))
print(a, b)
print(a.method, Node.method, lambda: 0)
first = id(a)
del a
c = Node()
print(id(c) != first, id(c))
print([id(Node()) for _ in range(3)])


class Back:
    def __del__(self):
        global revived
        revived = self


x = Back()
number = id(x)
del x
print(id(revived) == number)
print((i for i in ()), compile("0", "f", "eval"))

import ctypes
import warnings

warnings.simplefilter("ignore")
kept = [1, 2]
other = kept
print(ctypes.c_long.from_address(id(kept)).value, ctypes.cast(id(kept), ctypes.py_object).value)
number = id(kept)
del kept, other
print(ctypes.c_long.from_address(number).value)
for address in number, 99999:
    try:
        ctypes.cast(address, ctypes.py_object).value
    except ValueError as error:
        print(str(error).replace(hex(number), "NUMBER"))
value = ctypes.c_long(5)
print(ctypes.c_long.from_address(ctypes.addressof(value)).value)
