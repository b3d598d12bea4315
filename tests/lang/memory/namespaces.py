"""Local, enclosing, global and builtin names."""
def f():
    print(u)
    u=1
for c in ("f()","undefined","del undefined","import sys; sys.undefined", "(lambda: q)()"):
    try: exec(c)
    except Exception as e: print(type(e).__name__, e)
def g():
    def h(): return v
    try: h()
    except NameError as e: print(type(e).__name__, e)
    v=1
    del v
    try: print(v)
    except NameError as e: print(type(e).__name__, e)
    try: h()
    except NameError as e: print(type(e).__name__, e)
g()
x=1
class C:
    x=2
    def m(self): return x
    y=[x for _ in (1,)]
    z=list(map(lambda _: x,(1,)))
    print(locals().keys()-{'__module__','__qualname__'}=={'x','m','y','z'})
print(C().m(), C.y, C.z, vars() is globals(), locals() is globals(), __builtins__.len is len)
def l():
    a=1; d=locals(); b=2; print(sorted(d), sorted(locals())); d['a']=9; print(a); exec('a=5'); print(a)
l()
def n():
    k=0
    def i():
        nonlocal k; k+=1; return k
    i(); return i(), k, i.__closure__[0].cell_contents, i.__code__.co_freevars
print(n())
len=lambda q: 'mine'; print(len([])); del len; print(len([]))
globals()['dyn']=7; print(dyn)
try:
    vars(5)
except TypeError as e: print(e)
exec('y1=1', {'__builtins__': {}}) 
try: exec('print(1)', {'__builtins__': {}})
except NameError as e: print(e)
def s():
    global newg; newg=3
s(); print(newg)
