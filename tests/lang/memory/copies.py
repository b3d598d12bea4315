"""copy and deepcopy: atomic types, reduce, state, memo, errors."""
import copy, copyreg, weakref
for v in (None,1,1.5,'a',b'a',True,..., NotImplemented, int, len, lambda:0, range(3), slice(1,2), property(), weakref.ref, type, 1j, frozenset([1]), (1,2), ()):
    print(type(v).__name__, copy.copy(v) is v, end=' ')
    try: print(copy.deepcopy(v) is v)
    except Exception as e: print(type(e).__name__, e)
class A:
    def __init__(s): s.x=[1]; s.me=s
a=A(); b=copy.copy(a); c=copy.deepcopy(a); print(b.x is a.x, b.me is a, c.x is a.x, c.me is c)
class R:
    def __reduce_ex__(s,p): return (R2,(p,),{'st':1},iter([1,2]),iter([('k','v')]))
class R2(list):
    def __init__(s,p): s.p=p; s.d={}
    def __setitem__(s,k,v): s.d[k]=v
r=copy.copy(R()); print(r.p, r.st, list(r), r.d)
class S:
    __slots__=('a','b')
s=S(); s.a=[1]; t=copy.copy(s); u=copy.deepcopy(s); print(t.a is s.a, u.a is s.a, u.a, hasattr(u,'b'))
class G:
    def __getstate__(s): return {'z':5}
    def __setstate__(s,st): s.got=st
print(copy.copy(G()).got, copy.deepcopy(G()).got)
memo={}; l=[[1],[2]]; d=copy.deepcopy(l,memo); print(memo[id(l)] is d, memo[id(l[0])] is d[0], len(memo))
class Bad:
    def __reduce_ex__(s,p): raise TypeError('no')
try: copy.copy(Bad())
except TypeError as e: print(e)
try: copy.deepcopy((x for x in ()))
except TypeError as e: print(e)
try: copy.copy((x for x in ()))
except TypeError as e: print(e)
import collections
for v in (collections.deque([1,[2]],5), collections.OrderedDict(a=[1]), collections.defaultdict(list,{1:[2]}), collections.Counter('aab'), bytearray(b'x'), {1,2}, ValueError(1,[2]), [1]):
    print(copy.copy(v), copy.deepcopy(v), copy.copy(v) is v)
copyreg.pickle(A, lambda o:(A,())); print(copy.copy(a).x)
print(copy.Error, copy.error is copy.Error)
n=[]
for _ in range(200): n=[n]
print(copy.deepcopy(n)==n)
