"""while and for with else, break, continue, nesting, and changing what is iterated."""


def search(items, wanted):
    for index, item in enumerate(items):
        if item == wanted:
            result = f"found at {index}"
            break
    else:
        result = "not found"
    return result


print(search("abc", "b"), search("abc", "z"), search("", "a"))

n = 0
while n < 10:
    n += 1
    if n % 2:
        continue
    if n == 8:
        break
    print(n, end=" ")
else:
    print("never")
print("end", n)

while False:
    print("no")
else:
    print("while-else without a turn")

for i in range(3):
    for j in range(3):
        if j > i:
            break
        if (i, j) == (1, 0):
            continue
        print(i, j, end="; ")
    else:
        print("inner complete", i, end="; ")
print()

for i in range(3):
    try:
        if i == 0:
            continue
        if i == 1:
            break
    finally:
        print("finally", i)
else:
    print("not reached")

items = [1, 2, 3, 4]
for item in items:
    if item < 3:
        items.append(item * 10)
    print(item, end=" ")
print(items)

items = [1, 2, 3, 4, 5]
for item in items:
    items.remove(item)
print(items)

d = {"a": 1, "b": 2}
try:
    for key in d:
        d[key + "x"] = 0
except RuntimeError as error:
    print(error)
s = {1, 2, 3}
try:
    for item in s:
        s.discard(item)
except RuntimeError as error:
    print(error)

for i in range(3):
    i = 10
print(i)
for x in []:
    pass
print("x" in globals())
for a, (b, *c) in [(1, (2, 3, 4)), (5, (6,))]:
    print(a, b, c)
container = {}
for container["key"] in range(3):
    pass
print(container)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Countdown(4)))


class Indexed:
    def __getitem__(self, i):
        if i == 3:
            raise IndexError
        return i * i


print(list(Indexed()), 4 in Indexed(), 5 in Indexed())
try:
    for x in 5:
        pass
except TypeError as error:
    print(error)
while True:
    while True:
        break
    else:
        print("no")
    break
print("done")
