"""Jumps: from every line of a function to every other by setting f_lineno."""
import sys, warnings
def f_for(out):
    out.append(2)
    for i in [1,2]:
        out.append(4)
        out.append(i)
    out.append(6)
    while out:
        out.append(8)
        break
    out.append(10)
def f_try(out):
    out.append(2)
    try:
        out.append(4)
        1/0
        out.append(6)
    except ZeroDivisionError as e:
        out.append(8)
        out.append(9)
    except:
        out.append(11)
    else:
        out.append(13)
    finally:
        out.append(15)
        out.append(16)
    out.append(17)
def f_with(out):
    import contextlib
    with contextlib.nullcontext():
        out.append(4)
        out.append(5)
    for a in 1, 2:
        with contextlib.nullcontext() as b:
            out.append(8)
        out.append(9)
    x = [
        1,
        out.append(12),
    ]
    del a
    out.append(14)
def f_fin(out):
    try:
        out.append(3)
    finally:
        out.append(5)
        try:
            out.append(7)
        finally:
            out.append(9)
    out.append(10)
def f_gen(out):
    out.append(2)
    yield 3
    out.append(4)
    x = yield 5
    return 6
def f_match(out):
    match out:
        case []:
            out.append(4)
        case [a, *_]:
            out.append(6)
    assert out, 7
    if out:
        out.append(9)
    else:
        out.append(11)

    # comment
    out.append(14)
def run(f, a, b):
    out=[]
    done=False
    base=f.__code__.co_firstlineno-1
    msg=None
    steps=0
    def tr(frame, ev, arg):
        nonlocal done, msg, steps
        if frame.f_code is not f.__code__: return None
        steps+=1
        if steps>60: raise RuntimeError('too many')
        if ev=='line' and frame.f_lineno-base==a and not done:
            done=True
            try: frame.f_lineno=base+b
            except Exception as e: msg=type(e).__name__+': '+str(e).replace(str(base+b),'N')
        return tr
    sys.settrace(tr)
    try:
        with warnings.catch_warnings(record=True) as w:
            warnings.simplefilter('always')
            r=f(out)
            if f is f_gen: list(r)
    except BaseException as e: out.append(type(e).__name__+':'+str(e))
    finally: sys.settrace(None)
    return out,msg,[str(x.message) for x in w]
for f in (f_for,f_try,f_with,f_fin,f_gen,f_match):
    n=max(l for _,_,l in f.__code__.co_lines() if l)-f.__code__.co_firstlineno+3
    for a in range(1, n):
        print(f.__name__, "from", a)
        for b in range(0, n + 1):
            out, problem, warned = run(f, a, b)
            print("   to", b, ".".join(str(o).split(":")[0] for o in out), problem or "", *warned)
def ev(kind):
    def g(out):
        try: len(out, 1)
        except TypeError: pass
        return 1
    r=[]
    def tr(frame,e,arg):
        if frame.f_code is g.__code__ and e==kind:
            for v in (frame.f_lineno+1,):
                try: frame.f_lineno=v
                except Exception as x: r.append((e,type(x).__name__,str(x)))
        return tr
    sys.settrace(tr); g([]); sys.settrace(None)
    print(r)
for k in ('call','exception','return'): ev(k)
try: sys._getframe().f_lineno=3
except ValueError as e: print(e)
def bad(v):
    def tr(frame,e,arg):
        if e=='line':
            try: frame.f_lineno=v
            except Exception as x: print(type(x).__name__,x)
        return tr
    def g(): pass
    sys.settrace(tr); g(); sys.settrace(None)
bad('x'); bad(1.5); bad(2**80)
