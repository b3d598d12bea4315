"""Augmented assignment: every operator, every target kind, and in-place methods."""
x = 10
x += 5; print(x)
x -= 3; print(x)
x *= 4; print(x)
x //= 5; print(x)
x **= 3; print(x)
x %= 100; print(x)
x <<= 3; print(x)
x >>= 2; print(x)
x |= 1; print(x)
x &= 0b1111; print(x)
x ^= 0xFF; print(x)
x /= 4; print(x)


class InPlace:
    def __init__(self):
        self.log = []

    def __iadd__(self, other):
        self.log.append(("iadd", other))
        return self

    def __imatmul__(self, other):
        self.log.append(("imatmul", other))
        return "replaced"

    def __sub__(self, other):
        return ("sub", other)


o = InPlace()
alias = o
o += 1
print(o is alias, o.log)
o -= 2
print(o)
o = alias
o @= 3
print(o, alias.log)

a = b = [1]
a += [2]
print(a is b, b)
a = a + [3]
print(a is b, a, b)
t = u = (1,)
t += (2,)
print(t, u)
t = ([],)
try:
    t[0] += [1]
except TypeError as error:
    print(error)
print(t)
s = {1, 2}
s |= {3}
s &= {2, 3, 4}
s ^= {2, 9}
s -= {9}
print(s)
d = {"a": 1}
d |= {"b": 2}
d |= [("c", 3)]
print(d)
text = "ab"
text *= 3
text += "!"
print(text)
rows = [[1, 2], [3, 4]]
rows[0][1] += 10
rows[-1][:] += [5]
print(rows)


class Holder:
    value = 1


h = Holder()
h.value += 1
print(h.value, Holder.value, vars(h))


class Decline:
    def __iadd__(self, other):
        return NotImplemented

    def __add__(self, other):
        return "add"


d = Decline()
d += 1
print(d)
try:
    n = 1
    n += "a"
except TypeError as error:
    print(error)
try:
    n @= 2
except TypeError as error:
    print(error)
try:
    undefined_name += 1
except NameError as error:
    print(error)
