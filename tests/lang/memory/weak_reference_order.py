"""Weak references: order of callbacks, proxies, methods, finalize, containers."""
import weakref, gc
class C: pass
order=[]
c=C()
r1=weakref.ref(c, lambda r: order.append('r1')); r2=weakref.ref(c, lambda r: order.append('r2')); p=weakref.proxy(c, lambda r: order.append('p'))
class D:
    def __del__(self): order.append('del')
d=D(); rd=weakref.ref(d, lambda r: order.append('cb d'))
del c, d
print(order)
order.clear()
d=D(); d.me=d; rd=weakref.ref(d, lambda r: order.append('cb d')); del d; gc.collect(); print(order)
c=C(); print(weakref.ref(c) is weakref.ref(c), weakref.getweakrefcount(c), len(weakref.getweakrefs(c)))
rr=weakref.ref(c); print(weakref.getweakrefcount(c), rr==weakref.ref(c), hash(rr)==hash(c))
del c; print(repr(rr)[:12], repr(rr)[-7:], rr==weakref.ref(C()), rr() )
try: hash(weakref.ref(C()))
except TypeError as e: print(e)
for v in (1,'a',(),[],{},None,len, int, lambda:0, set(), frozenset()):
    try: weakref.ref(v); print(type(v).__name__,'ok')
    except TypeError as e: print(e)
p=weakref.proxy(C())
for f in (lambda: p.x, lambda: str(p), lambda: len(p), lambda: bool(p), lambda: p()):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class M:
    def m(self): return 5
m=M(); wm=weakref.WeakMethod(m.m); print(wm()(), weakref.WeakMethod(m.m)==wm); del m; print(wm())
f=weakref.finalize(C(), print, 'bye', 1); print(f.alive, f())
o=C(); f=weakref.finalize(o, lambda *a, **k: print(a,k), 1, k=2); print(f.peek()[2:], f.atexit); f.atexit=False; print(f.detach()[2:], f.alive)
d=weakref.WeakValueDictionary(a=o); print(d, dict(d), len(d), 'a' in d) if 0 else print(len(d), 'a' in d, d.get('b',3), list(d.keys()))
s=weakref.WeakSet([o]); print(len(s), o in s); del o; print(len(d), len(s))
k=weakref.WeakKeyDictionary(); a=C(); k[a]=1; print(list(k.items())==[(a,1)], k.keyrefs()[0]() is a, k.pop(a), len(k))
print(weakref.ReferenceType, weakref.ProxyType, weakref.CallableProxyType)
class S:
    __slots__=('a',)
try: weakref.ref(S())
except TypeError as e: print(e)
