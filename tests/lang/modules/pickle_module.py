"""pickle: all protocols byte for byte, cycles, hooks, and damaged pickles."""
import pickle, io, collections
class C:
    def __init__(s): s.a=1; s.b=[s]
    class In: pass
class S:
    __slots__=('x','y')
    def __init__(s): s.x=1; s.y=(2,s)
class E(Exception): pass
class NE(int):
    def __new__(cls,*a,k=0): return int.__new__(cls,*a)
    def __getnewargs_ex__(s): return (int(s),),{'k':3}
L=[1];L.append(L)
t=(1,[]);t[1].append(t)
vals=[None,True,False,0,-1,255,256,65535,65536,-2**31,2**31-1,2**31,-2**31-1,2**100,-2**63,2**2100,1.5,-0.0,float('inf'),'','a','é\n\\\0\ud800','x'*300,'y'*70000,b'',b'ab',b'\xff'*300,b'z'*100000,bytearray(b''),bytearray(b'abc'),(),(1,),(1,2),(1,2,3),(1,2,3,4),[],[1],[1,2],list(range(201)),{},{1:2},{i:str(i) for i in range(101)},set(),{1},frozenset([1,2]),L,t,C(),S(),int,C,C.In,len,E('x'),collections.OrderedDict(a=1),collections.deque([1,2]),type(None),type(...),...,NotImplemented,1j,range(3),slice(1,2),NE(5),[b'z'*70000]*3+['q'*70000], collections.defaultdict(list,{1:[2]})]
def short(data):
    return data if len(data) < 300 else (data[:80], len(data), sum(data))
for v in vals:
    for p in range(6):
        try:
            data = pickle.dumps(v, p)
        except Exception as e:
            print(p, type(e).__name__, e)
            continue
        print(p, short(data))
        back = pickle.loads(data)
        assert pickle.load(io.BytesIO(data + b'rest')).__class__ is back.__class__
        if type(v) in (int, str, bytes, list, tuple, dict, set) and v is not L and v is not t:
            assert back == v and type(back) is type(v)
again = pickle.loads(pickle.dumps(L)); print(again[0] is again)
again = pickle.loads(pickle.dumps(t)); print(again[1][0] is again)
again = pickle.loads(pickle.dumps(S())); print(again.x, again.y[1] is again)
again = pickle.loads(pickle.dumps(C())); print(again.a, again.b[0] is again)
def f():
    def g(): pass
    return g
class Bad:
    def __reduce__(s): return 3
class Bad2:
    def __reduce__(s): return (1,2)
class Bad3:
    def __reduce__(s): return (int,2)
class Bad4:
    def __reduce__(s): return (int,)
class Bad5:
    def __reduce__(s): return (int,(),None,3)
class Bad6:
    def __reduce__(s): return (int,(),None,None,3)
for v in [f(), Bad(), Bad2(), (i for i in []), io]:
    r=[]
    for m in (pickle,):
        try: r.append(m.dumps(v))
        except Exception as e: r.append((type(e).__name__,str(e)))
    print(r)
for d in [b'',b'N',b'.',b'\x80\x06N.',b'\x80',b'q',b'(.',b'a',b'h\x01.',b'K',b'X\x05\0\0\0ab',b'\x00',b'c',b'cos\n',b'cbuiltins\nfoo\n.',b'cnomod\nx\n.',b'Pabc\n.',b'NQ.',b't.',b'](0.',b'N\x85\x85',b"S'ab\\n'\n.",b"Sab\n.",b"I12x\n.",b'g1\n.',b'\x82\x05.',b'NNb.',b'\x95\xff\0\0\0\0\0\0\0N.', b'N)\x81.',b'NN\x81.',b'cbuiltins\nint\nN\x81.',b'(NtR.',b"'",b'\\', b"]Ns.",b'K\x01K\x02a.',b'}(Nu.', b'(Nd.',b'NN\x93.']:
    r=[]
    for m in (pickle,):
        try: r.append(m.loads(d))
        except Exception as e: r.append((type(e).__name__,str(e)))
    for m in (pickle,):
        try: r.append(m.load(io.BytesIO(d)))
        except Exception as e: r.append((type(e).__name__,str(e)))
    print(d,r)

class P(pickle.Pickler):
    def persistent_id(self, o): return 'pid' if o == 'secret' else None
    def reducer_override(self, o): return (int, ('7',)) if isinstance(o, C) else NotImplemented
class U(pickle.Unpickler):
    def persistent_load(self, pid): return ('loaded', pid)
    def find_class(self, m, n):
        if n == 'eval': raise pickle.UnpicklingError('forbidden')
        return super().find_class(m, n)
b = io.BytesIO(); P(b).dump(['secret', C(), 5]); print(U(io.BytesIO(b.getvalue())).load())
try: U(io.BytesIO(pickle.dumps(eval))).load()
except pickle.UnpicklingError as e: print(e)


# ---- the versions in Python and in C write and read the same
for v in vals:
    for p in range(6):
        try:
            assert pickle._dumps(v, p) == pickle.dumps(v, p), (p, v)
            pickle._loads(pickle.dumps(v, p))
        except (AttributeError, TypeError, pickle.PicklingError) as e:
            print(p, type(e).__name__)


# ---- memory left outside
def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for dumps, loads in ((pickle.dumps, pickle.loads), (pickle._dumps, pickle._loads)):
    buffers = []
    shared = bytearray(b"shared")
    data = dumps([pickle.PickleBuffer(shared), pickle.PickleBuffer(b"fixed"), 1], 5, buffer_callback=buffers.append)
    print(data, len(buffers))
    back = loads(data, buffers=buffers)
    print(bytes(back[0]), bytes(back[1]), back[0] is buffers[0])
    print(loads(dumps([pickle.PickleBuffer(shared), pickle.PickleBuffer(b"f")], 5)))
    print(shown(loads, data), shown(loads, data, buffers=[]), shown(dumps, pickle.PickleBuffer(b""), 4),
          shown(dumps, 1, 4, buffer_callback=print), shown(dumps, 1, 6))
    again = loads(data, buffers=[bytearray(b"x"), bytearray(b"y")])
    print(again[0], again[1].readonly)
buffer = pickle.PickleBuffer(shared)
print(bytes(buffer.raw()), bytes(memoryview(buffer)), memoryview(buffer).obj is shared)
view = memoryview(buffer)
buffer.release()
print(shown(buffer.raw), shown(memoryview, buffer), bytes(view), shown(pickle.PickleBuffer, "text"),
      shown(pickle.dumps, buffer, 5))


# ---- hooks
class Named:
    def __init__(self, name):
        self.name = name


class Stored(pickle.Pickler):
    def persistent_id(self, obj):
        return obj.name if isinstance(obj, Named) else None


class Loader(pickle.Unpickler):
    def persistent_load(self, name):
        return "loaded " + name

    def find_class(self, module, name):
        if name == "eval":
            raise pickle.UnpicklingError("forbidden")
        return super().find_class(module, name)


for protocol in range(6):
    out = io.BytesIO()
    Stored(out, protocol).dump([Named("one"), Named("two"), collections.Counter("aab")])
    print(Loader(io.BytesIO(out.getvalue())).load(), shown(pickle.loads, out.getvalue())[:60])
print(shown(Loader(io.BytesIO(pickle.dumps(eval))).load))


class Override(pickle.Pickler):
    def reducer_override(self, obj):
        return (complex, (1, 2)) if obj is int else NotImplemented


out = io.BytesIO()
Override(out).dump([int, str])
print(pickle.loads(out.getvalue()))
out = io.BytesIO()
pickler = pickle.Pickler(out, 2)
pickler.dispatch_table = {Named: lambda n: (str, (n.name,))}
pickler.dump(Named("as text"))
print(pickle.loads(out.getvalue()), shown(pickler.dump, lambda: 0)[:30], pickler.bin, pickler.fast)

# A pickler remembers what it has written; an unpickler with the same memo understands.
out = io.BytesIO()
pickler = pickle.Pickler(out)
data = ["remembered"]
pickler.dump(data)
size = len(out.getvalue())
pickler.dump(data)
print(len(out.getvalue()) - size, len(pickler.memo.copy()))
unpickler = pickle.Unpickler(io.BytesIO(out.getvalue()))
first = unpickler.load()
print(unpickler.load() is first, shown(unpickler.load))
pickler.clear_memo()
print(len(pickler.memo.copy()), shown(pickle.Pickler, 5), shown(pickle.Unpickler, 5), shown(pickle.Pickler.__new__(pickle.Pickler).dump, 1))

# Wild numbers in memos, deep nesting, and use while it runs
print(pickle.loads(b"I5\np1000000\n0g1000000\n."), pickle.loads(b"\x80\x02K\x01r\xff\xff\x0f\x00."))
deep = []
for _ in range(100000):
    deep = [deep]
print(shown(pickle.dumps, deep))
for bad in (b"(", b"0", b"1", b"2", b"a", b"e", b"(e", b"s", b"u", b"(u", b"t", b"\x85", b"o", b"(o", b"R", b"b", b"\x81", 
            b"h\x00", b"g1\n", b"N.", b"J\x00", b"\x8b\xff\xff\xff\xff", b"S'a\n", b"Ix\n", b"\x95\x05",
            b"\x82\x00", b"\x82\x05", b"cnothing\nx\n", b"\x80\x06", b"\x8e\xff\xff\xff\xff\xff\xff\xff\xff", b"",
            b"K\x01(a", b"](K\x01a", b"}(K\x01u."):
    print(bad, shown(pickle.loads, bad))
