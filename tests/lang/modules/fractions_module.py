"""fractions: text, arithmetic with all kinds of numbers, rounding, errors."""
import fractions, operator, math
def t(f):
    try: return repr(f())
    except BaseException as e: return type(e).__name__+': '+str(e)
strs=['1','1/2',' -3/4 ','1.5','-.5','1.','1e3','1E-3','1.5e+2','1_000','1__0','1 /2','1/ 2','1/-2','abc','','.','1e','e5','3/0','+5','--5','1.2/3','1/2.','0x5','1.2_3','_1','٣','1/','nan','inf','1.5e1_0']
args=[0,1,-3,2.5,0.1,True,'x',None,1j,[]]
R=[((i*37)%61-30,(i*23)%29+1) for i in range(4)]
out=[]
for m in (fractions,):
    F=m.Fraction; o=[]
    for s in strs: o.append((s,t(lambda:F(s))))
    for a in args:
        o.append((a,t(lambda:F(a))))
        for b in args: o.append((a,b,t(lambda:F(a,b))))
    for a in R:
        for b in R[:4]+[2,-3,0,1.5,'a',True]:
            x=F(*a); y=F(*b) if isinstance(b,tuple) else b
            for op in (operator.add,operator.sub,operator.mul,operator.truediv,operator.floordiv,operator.mod,divmod,operator.eq,operator.lt,operator.ge):
                o.append((op.__name__,a,b,t(lambda:op(x,y)))); o.append((op.__name__,'r',a,b,t(lambda:op(y,x))))
        for p in (0,1,2,-1,-2,0.5,F(1,2),F(2)): o.append((a,p,t(lambda:x**p),t(lambda:2**x),t(lambda:F(p)**x)))
        o.append((t(lambda:round(x)),t(lambda:round(x,1)),t(lambda:round(x,-1)),int(x),math.floor(x),math.ceil(x),math.trunc(x),hash(x),t(lambda:x.limit_denominator(5)),t(lambda:x.limit_denominator(0)),str(x),t(lambda:-x),t(lambda:abs(x)),float(x),bool(x)))
    for i in range(1,60): o.append(F(i*0.7391).limit_denominator(i*7).as_integer_ratio())
    o.append(t(lambda:F.from_float(1))); o.append(t(lambda:F.from_float('a'))); o.append(t(lambda:F(float('inf')))); o.append(t(lambda:F(float('nan'))))
    o.append(t(lambda:F(10**400,3)+0.5)); o.append(t(lambda:hash(F(1,2**61-1))))
    out.append(o)
for item in out[0]:
    print(item)
