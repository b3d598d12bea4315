# --ids=stable: numbers in the order in which objects are first shown.


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
