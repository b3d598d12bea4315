"""ast: trees, dumps, literal_eval, visitors; awaiting at top level."""
import ast, glob, sys
srcs=["x = f'{a!r:>{w}} {b=} {{}}'","def f(a, b=1, /, *args, c, d=2, **kw) -> int:\n  'doc'\n  return a","class A(B, metaclass=M): x: int = 3","match x:\n  case [1, *r] | {'a': b, **q} | A(1, c=d) | None | str() as s if s: pass\n","try: pass\nexcept* A as e: pass","with a as b, c: pass","import a.b as c\nfrom . import d","lambda x, *y: (yield)","[i async for i in j if k for l in m]","a < b <= c is not d","x[1:2, ::3, ...]","-1 ** 2 and not a or b","del a, b","@d\nasync def f(): await x","a if b else c","print(*a, **b, c=1)","global a\nnonlocal b" if 0 else "global a","(a := 1)","x: int","raise A from B","while 1: break\nelse: pass", "for a, in b: continue", "{**a, 'b': 1}", "{1, 2}", "1j; 0xff; 1e5; True; None; ...; b'x'", "assert a, b", "x += 1", "'a' 'b' f'{c}' 'd'", "'''multi\nline'''", "f'''a\n{b\n}'''", "yield_ = 1"]
for s in srcs:
    t=ast.parse(s)
    print(ast.dump(t, include_attributes=True)); print(ast.dump(t, indent=2))
print(ast.dump(ast.parse('a+b',mode='eval')), ast.dump(ast.parse('a\n',mode='single')))
for s in ["1","-1","1+2j","[1,(2,),{3},{4:5}]","'a'","set()","None","b'x'","1+2","a","f()","1 if 1 else 2","  1","{**a}","--1", "+1", "1_000"]:
    try: print(repr(ast.literal_eval(s)))
    except Exception as e: print(type(e).__name__, str(e).split(' at 0x')[0])
print(ast.get_docstring(ast.parse(srcs[1]).body[0]), ast.get_source_segment("x = 1 + 2", ast.parse("x = 1 + 2").body[0].value))
class V(ast.NodeVisitor):
    def visit_Name(self,n): print('name',n.id)
V().visit(ast.parse('a = b + c(d)'))
class T(ast.NodeTransformer):
    def visit_Name(self,n): return ast.copy_location(ast.Constant(value=1), n)
print(ast.dump(T().visit(ast.parse('b + c', mode='eval'))))
n=ast.Name('x'); print(ast.dump(n), n._fields, ast.Name.__match_args__, isinstance(n, ast.expr), ast.Name.__bases__, hasattr(n,'ctx'))
try: ast.Name(1,2,3)
except TypeError as e: print(e)
print(len(list(ast.walk(ast.parse('a = b + c(d)')))))
try: ast.parse('1 +')
except SyntaxError as e: print(e, e.filename)
import copy; print(ast.dump(copy.deepcopy(ast.parse('a.b'))))
import asyncio
from types import FunctionType


async def arange(n):
    for i in range(n):
        yield i

for mode in ("single", "exec"):
    for s in ["a = await asyncio.sleep(0, result=1)", "async for i in arange(2): a = i",
              "async with asyncio.Lock() as l: a = 2", "a = [x async for x in arange(2)][1]",
              "a = [x async for x in (x async for x in arange(5))][3]"]:
        s += "\n"
        try:
            compile(s, "?", mode)
        except SyntaxError as error:
            print(error)
        co = compile(s, "?", mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        g = {"asyncio": asyncio, "a": 0, "arange": arange}
        asyncio.run(FunctionType(co, g)())
        h = {"asyncio": asyncio, "a": 0, "arange": arange}
        asyncio.run(eval(co, h))
        print(co.co_flags & 128, g["a"], h["a"])
