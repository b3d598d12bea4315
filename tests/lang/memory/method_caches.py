"""functools.lru_cache: lifetime of what it holds, re-entrance, errors."""
from functools import lru_cache, cache
import weakref, gc
class K:
    @lru_cache(maxsize=2)
    def m(self,x): return x
k=K(); r=weakref.ref(k); k.m(1); k.m(1); k.m(2); k.m(3); print(K.m.cache_info(), K.m.cache_parameters()); del k; gc.collect(); print(r() is None); K.m.cache_clear(); print(r() is None, K.m.cache_info())
@lru_cache
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(100), fib.cache_info())
@lru_cache(maxsize=None)
def c(x):
    if x==0: c.cache_clear(); return 0
    return c(x-1)
print(c(5), c.cache_info())
@lru_cache(typed=True)
def t(x): return type(x).__name__
print(t(1),t(1.0),t(True), t.cache_info(), t.cache_parameters())
@lru_cache
def e(x): raise ValueError(x)
for _ in range(2):
    try: e(1)
    except ValueError: pass
print(e.cache_info())
try: t([])
except TypeError as x: print(x)
print(t.__wrapped__(3), t.__name__)
@cache
def z(*a,**k): return a,k
print(z(1,b=2), z(1,b=2) is z(1,b=2), z.cache_info())
for bad in ('x',1.5):
    try: lru_cache(bad)
    except TypeError as x: print(x)
print(lru_cache(maxsize=-5)(len).cache_parameters())
