"""marshal: round trips, shared parts, bytes that are no values."""
import io
import marshal

vals=[None,True,False,...,StopIteration,0,1,-1,2**31-1,-2**31,2**31,2**70,-2**100,10**300,1.5,float('inf'),-0.0,1+2j,'','abc','é','\U0001F600x','\ud800','a'*300,b'',b'xyz',(),(1,),(1,2,(3,)),tuple(range(300)),[],[1,[2]],{},{1:2,'a':[3]},{1,2},set(),frozenset({1}),frozenset(),bytearray(b'q'),memoryview(b'zz')]
for v in vals:
    for ver in range(5):
        w=marshal.loads(marshal.dumps(v,ver))
        if w!=v or (type(w)!=type(v) and not isinstance(v,(bytearray,memoryview))): print('BAD',ver,repr(v)[:50],repr(w)[:50])
for v in vals:
    if not isinstance(v, (str, dict, memoryview)):
        print(repr(v)[:20], marshal.dumps(v, 2)[:40])
l=[1]; l.append(l)
m=marshal.loads(marshal.dumps(l)); print(m[1] is m)
for bad in (object(), len, [object()], type):
    try: marshal.dumps(bad)
    except ValueError as e: print(e)
d=[]
for _ in range(3000): d=[d]
try: marshal.dumps(d)
except ValueError as e: print(e)
for b in (b'', b'i', b'i\x01', b'q', b'[\xff\xff\xff\xff', b'r\0\0\0\0', b'0', b'(\x01\0\0\0'+b'0', b'l\x01\0\0\0\0\0', b'l\x01\0\0\0\xff\xff', b's\xff\xff\xff\xff',b'u\x01\0\0\0\xff'):
    try: print(marshal.loads(b))
    except Exception as e: print(b[:10], type(e).__name__, e)
def f(a,b=2,*c,d=4,**e):
    def g(): return a
    try: return [x for x in c]
    finally: g()
c=marshal.loads(marshal.dumps(f.__code__)); print(c==f.__code__, c.co_name, c.co_varnames, c.co_cellvars)
b=io.BytesIO(); marshal.dump([1,'a'],b); marshal.dump(2,b); b.seek(0); print(marshal.load(b), marshal.load(b))
try: marshal.load(b)
except EOFError as e: print(e)
