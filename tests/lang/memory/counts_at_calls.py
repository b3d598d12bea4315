"""sys.getrefcount at every kind of call."""
import sys
g=sys.getrefcount
def f(x): return g(x)
def h(*a): return g(a[0])
def k(**kw): return g(kw['x'])
class A:
    def m(self): return g(self)
    def __init__(self): self.c=g(self)
    def __call__(self): return g(self)
    def __getitem__(self,i): return g(self)
    def __enter__(self): return g(self)
    def __exit__(self,*a): print('exit', g(self))
    @property
    def p(self): return g(self)
a=A()
print(g(a), f(a), h(a), k(x=a), a.m(), a.c, a(), a[0], A.m(a))
with a as e: print(e)
l=[]
print(g(l), f(l), h(l), (lambda q: g(q))(l), [g(l) for _ in (1,)], [g(i) for i in [l]], list(map(g,[l])), max(g(l),0))
print(g([]), g({}), g(object()), g('x'+str(1)), g(1000+int('5')))
x=y=z=[]
print(g(x)); t=(x,x); print(g(x)); del y; print(g(x)); d={1:x}; print(g(x)); d.clear(); t=None; print(g(x))
def gen():
    l=[]; yield g(l); m=l; yield g(l)
print(list(gen()))
def outer():
    v=[]
    def inner(): return g(v)
    return inner(), g(v)
print(outer())
for i in [[]]: print(g(i))
try: raise ValueError
except ValueError as e: print(g(e))
def deflt(a=[]): return g(a)
print(deflt())
print(g(*[[]]), g(**{}) if 0 else '')
o=object(); s={o}; print(g(o)); import copy; q=[o]*3; print(g(o)); r=q[:]; print(g(o)); r2=q.copy(); print(g(o)); del q[:]; print(g(o))
n=[1,2,3]; it=iter(n); print(g(n)); next(it); del it; print(g(n)); e=enumerate(n); print(g(n)); zz=zip(n,n); print(g(n)); del e,zz; print(g(n)); sl=n[:]; print(g(n))
a=A(); b=a.m; print(g(a)); del b; print(g(a)); a.self=a; print(g(a))
