"""Exceptions of finalisers and callbacks are told and ignored."""
import io
import re
import sys

real, sys.stderr = sys.stderr, io.StringIO()


class A:
    def __del__(self): raise ValueError('in del')
a=A(); del a
import weakref
class B: pass
b=B(); r=weakref.ref(b, lambda r: 1/0); del b
def g():
    try: yield
    finally: raise KeyError('gen')
x=g(); next(x); del x
text, sys.stderr = sys.stderr.getvalue(), real
print(re.sub('0x[0-9a-f]+', 'ADDRESS', text))
