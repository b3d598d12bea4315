"""Which lines, calls, returns and exceptions sys.settrace tells of."""
import sys
ev=[]
def tr(f,e,a):
    if f.f_code.co_filename!=__file__ and f.f_code.co_filename!='<x>': return None
    ev.append((f.f_code.co_name,e,f.f_lineno, a if e!='exception' else (a[0].__name__,str(a[1]))))
    return tr
def deco(f): return f
@deco
def f(a,
      b=2):
    x = 1
    for i in range(2):
        x += i
    while x > 0:
        x -= 1
        if x == 1:
            pass
        else:
            continue
    try:
        g(0)
    except ZeroDivisionError as e:
        y = 3
    finally:
        z = 1
    with open('/dev/null') as h:
        pass
    return [
        i for i in
        range(2)]
def g(x): return 1/x
def gen():
    yield 1
    try:
        yield 2
    except ValueError:
        pass
    yield from (i for i in [1])
def show(n, fn):
    ev.clear()
    sys.settrace(tr)
    try: fn()
    except Exception as e: print(repr(e))
    sys.settrace(None)
    print(n)
    for e in ev: print("  ", str(e).split(" at 0x")[0])
show('f', lambda: f(1))
def t():
    for x in gen(): pass
    for x in gen():
        pass
    g=gen(); next(g); next(g); g.throw(ValueError)
    g.close()
show('t', t)
show('mod', lambda: exec(compile('\n\nx=1\nclass A:\n  """doc"""\n  def m(self): pass\n  y = 2\nlambda: 1\nA().m()','<x>','exec'),{}))
show('gg', lambda: g(0))
def k():
    x = 1; y = 2
    if x: z = 1; w = 2
    while y: y -= 1
    assert x, "a"
    del x
    import os
    global q
    a = (1,
       2,
         y)
    print(a,
       y,
     sep='')
    match a:
        case [1, *_]:
            z = 3
        case _:
            z = 1
    try:
        raise ValueError(
          1)
    except* ValueError:
        pass
    @deco
    @deco
    def inner():
        pass
    inner(
    )
show('k', k)
