"""co_consts after folding."""
for s in ("24*60","(1,2)*5","'xyz'*4","'a'*4096","'a'*4097","(1,)*256","(1,)*257","2**10","2**1000","-1","+1","~1","not 1","1+2j","1 if True else 2","(1,2)[0]","'abc'[1]","[1,2][0]","x in (1,2)","x in [1,2]","x in {1,2}","for_","1<2","'a' 'b'","'%s'%1","f'{1}'","1/0","1//0","1%0","1<<1000","1<<10000","b'a'*3","(1,(2,))","(1,[2])","None","...","-0.0","0.0","1==1","()","''*5","3.0*2","True+1","-(1)","--1","5//2","5%3","7&3","'a'+'b'","(1,)+(2,)","1 and 2","0 or 5","x if 0 else 4","[1,2,3]","{1,2,3}","{1:2}","lambda: (1,2)*2"):
    try: print(s, compile(s,'','eval').co_consts if 'lambda' not in s else compile(s,'','eval').co_consts[0].co_consts)
    except Exception as e: print(s, type(e).__name__, e)
def f():
    "doc"
    a=24*60; b=(1,2)*5; c="xyz"*4; d=1000; e=1000; g=1.0; h=1; return None
print(f.__code__.co_consts)
def g(): pass
print(g.__code__.co_consts)
def h(): return 5
print(h.__code__.co_consts)
def i(x=1):
    for k in [1,2,3]: pass
    if x in {1,2}: return -5
print(i.__code__.co_consts)
