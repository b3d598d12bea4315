"""Which equal values are one object."""
import sys
a=-5; b=-5
print([int(str(i)) is i for i in (-6,-5,0,256,257)])
x='abc_1'; y=''.join(['abc','_1']); print(x is y, sys.intern(y) is x)
print('a b' is 'a b', 'x'*20 is 'x'*20, 'x'*21 is 'x'*21, 'ab'*2048=='ab'*2048)
def f(): return 'a b', 1000, (1,2), 1.5, b'x'
def g(): return 'a b', 1000, (1,2), 1.5, b'x'
print([p is q for p,q in zip(f(),g())])
exec("z=1000\nw=1000\nprint(z is w)")
print(eval('1000') is eval('1000'), eval('"abc"') is eval('"abc"'), eval('"a b"') is eval('"a b"'))
print(str('q') is 'q', 'qrs'[0] is 'q', b'q'[0:1] is b'q', bytes([113]) is b'q', '' is str(), tuple() is (), frozenset() is frozenset(), b'' is bytes())
print(float('1.0') is float('1.0'), (lambda: 1.0)() is (lambda: 1.0)())
try: sys.intern(5)
except TypeError as e: print(e)
class S(str): pass
try: sys.intern(S('a'))
except TypeError as e: print(e)
t=(1,2,3); print(t[:] is t, tuple(t) is t, t*1 is t, t+() is t, (()+t) is t)
s='hello'; print(s[:] is s, str(s) is s, s*1 is s, s+'' is s, ''+s is s, s.strip() is s, s.lower() is s, s.replace('x','y') is s, '%s'%s is s, f'{s}' is s, ''.join([s]) is s, format(s) is s)
b=b'hello'; print(b[:] is b, bytes(b) is b, b+b'' is b, b*1 is b)
fs=frozenset([1]); print(frozenset(fs) is fs, fs|fs is fs, fs.copy() is fs)
i=10**20; print(int(i) is i, +i is i, i*1 is i, i+0 is i, abs(i) is i, round(i) is i); fl=1.5; print(float(fl) is fl, +fl is fl)
