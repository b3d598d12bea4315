"""json: values and texts of every kind, the settings, and the errors with their positions."""
import json, math
class Str(str): pass
class I(int):
    def __repr__(s): return 'I'
class F(float):
    def __repr__(s): return 'F'
class D(dict): pass
class X:
    def __init__(s,v): s.v=v
    def __repr__(s): return 'X'
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__,'|',e, getattr(e,'pos',None), getattr(e,'lineno',None), getattr(e,'colno',None))
L=[];L.append(L)
for v in [None,True,0,-5,10**30,1.5,1e100,float('nan'),float('inf'),-float('inf'),'','a"b\\c/\n\t\r\b\f\x00\x1f\x7f','é€😀\ud800',[],{},(),[1,[2,(3,)]],{'a':1,'b':[1,2]},{1:2,1.5:3,True:4,None:5},{(1,):2},I(5),F(2.5),Str('x'),D(a=1),{Str('k'):1},X(1),{1},b'a',L,[X(1)],{I(1):2},{F(1.5):2}]:
    for kw in [{},dict(indent=2),dict(ensure_ascii=False),dict(sort_keys=True),dict(separators=(',',':')),dict(skipkeys=True),dict(allow_nan=False),dict(default=lambda o:'dflt'),dict(indent='\t',separators=('; ',' = ')),dict(check_circular=False) if v is not L else {}]:
        t(lambda: json.dumps(v,**kw))
t(lambda: json.dumps({'b':1,'a':{'d':1,'c':2}},sort_keys=True,indent=1)); t(lambda: json.dumps({1:1,'a':2},sort_keys=True))
for s in ['','  ','1','-1','-','1.5','1.','.5','1e5','1E+5','1e','01','-0','-0.0','123456789012345678901234567890','1.5e400','true','tru','null','nul','NaN','Infinity','-Infinity','-I','[]','[','[1','[1,','[1,]','[1 2]','{}','{','{"a"','{"a":','{"a":1','{"a":1,','{"a":1,}','{a:1}','{"a" 1}','{"a":1 "b":2}','"abc','"a\\','"a\\x"','"a\\u12"','"a\\u123g"','"\\ud83d\\ude00"','"\\ud83d"','"\\ud83dx"','"\\ud83d\\u0041"','"a\nb"','"\\"\\\\\\/\\b\\f\\n\\r\\t"','[1] x',' [1 , 2 ] ','{"a":{"b":[1,{"c":null}]}}','"é€"','"x\\u00e9€"','\ufeff1','{"a":1,"a":2}',"'a'",'[1,\n2,\nx]','{"é":1}', '[1,2', '"\t"','{"a":x}','[tru]','nullx','1 1','\u00a01']:
    print(repr(s),end=' '); t(lambda: json.loads(s))
t(lambda: json.loads(b'{"a":1}')); t(lambda: json.loads('"\u20ac"'.encode('utf-16'))); t(lambda: json.loads(1)); t(lambda: json.loads('"a\nb"',strict=False))
t(lambda: json.loads('{"a":1,"b":[1.5,2]}',object_pairs_hook=lambda p:p)); t(lambda: json.loads('{"a":{"b":1}}',object_hook=lambda d:sorted(d))); t(lambda: json.loads('[1,2.5,NaN]',parse_int=str,parse_float=lambda x:'f'+x,parse_constant=lambda c:c))
t(lambda: json.loads('['*100000)); t(lambda: json.JSONDecoder().raw_decode('[1] abc')); t(lambda: json.JSONDecoder().raw_decode('  1'))
class E(json.JSONEncoder):
    def default(self,o): return [o.v] if isinstance(o,X) else super().default(o)
t(lambda: json.dumps([X(1),{'k':X('s')}],cls=E)); t(lambda: json.dumps(1j,cls=E)); t(lambda: ''.join(E(indent=1).iterencode([X(1)])))
import io; o=io.StringIO(); json.dump({'a':[1]},o); t(o.getvalue); t(lambda: json.load(io.StringIO('[1]')))
def deep(n):
    x=[]
    for _ in range(n): x=[x]
    return x
t(lambda: len(json.dumps(deep(500)))); t(lambda: json.dumps(deep(100000)))
k=json.loads('[{"key":1},{"key":2}]'); print(list(k[0])[0] is list(k[1])[0])
