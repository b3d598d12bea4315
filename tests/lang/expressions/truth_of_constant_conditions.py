class B:
    def __bool__(self):
        print("bool"); return False
x = B()
print(x or True)
print(bool(x or True))
y = x or True
if x or True: print("t")
if x and False: print("f")
y = x and False
while x or True: break
print(not (x or True))
def f(x): return x or True
f(x)
z = 1 if (x or True) else 2
z = 1 if (x and False) else 2
