"""array: every typecode, slices, errors, pickles, buffers."""
from array import array
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, '|', e)
for c in 'bBhHiIlLqQ':
    for v in (10**30,-1,-10**30,2**31, 2**15,1.5,'a',None):
        print(c,v,end=' '); t(lambda: array(c,[v]))
for c in 'fd':
    for v in (10**400,'a',None,2): print(c,v,end=' '); t(lambda: array(c,[v]))
t(lambda:array('u','é')); t(lambda:array('u',['ab'])); t(lambda:array('u',[1])); t(lambda:array('i','abc')); t(lambda:array('u',b'abc'))
t(lambda:array('u',b'abcd'));t(lambda:array());t(lambda:array('x'));t(lambda:array(1));t(lambda:array('ab'));t(lambda:array('i',1));t(lambda:array('i',[],1));t(lambda:array('i',initializer=[]))
t(lambda:array('i',b'abc')); t(lambda:array('i',array('u','a')));t(lambda:array('u',array('i',[1])));t(lambda:array('f',array('i',[1])))
a=array('i',[1,2,3])
t(lambda:a+[1]);t(lambda:a+array('b'));t(lambda:a*2);t(lambda:2*a);t(lambda:a*-1);t(lambda:a['a']);t(lambda:a[5]);t(lambda:a.__setitem__(5,1));t(lambda:a.__setitem__('a',1));t(lambda:a.__setitem__(slice(0,1),[1]));t(lambda:a.__setitem__(slice(0,1),array('b')));t(lambda:a.__setitem__(slice(None,None,2),array('i',[1])))
t(lambda:a.index(9));t(lambda:a.remove(9));t(lambda:a.pop(9));t(lambda:array('i').pop());t(lambda:a.insert(100,5));t(lambda:a)
t(lambda:a.fromlist(1));t(lambda:a.fromlist([1,'a']));t(lambda:a);t(lambda:a.extend(1));t(lambda:a.extend(array('b')));t(lambda:a.extend('ab'))
t(lambda:a.frombytes(b'abc'));t(lambda:a.frombytes('abc'));t(lambda:a.frombytes(b'abcd'));t(lambda:a.tobytes());t(lambda:a.tounicode());t(lambda:a.fromunicode('a'))
t(lambda:array('u','héllo'));t(lambda:array('u','héllo').tounicode());t(lambda:array('u'));t(lambda:array('d',[1.5,2]));t(lambda:array('f',[0.1]))
t(lambda:a.__reduce_ex__(3));t(lambda:a.__reduce_ex__(2));t(lambda:a.__reduce_ex__(0));t(lambda:a.buffer_info()[1]);t(lambda:a.count(2));t(lambda:a.byteswap());t(lambda:a);t(lambda:a.typecode+str(a.itemsize))
t(lambda:iter(a).__reduce__());t(lambda:type(iter(a)));t(lambda:hash(a));t(lambda:a<1);t(lambda:array('i',[1,2])<array('d',[1.5]));t(lambda:array('i',[1])==array('b',[1]))
m=memoryview(a); t(lambda:(m.format,m.itemsize,m.nbytes)); t(lambda:a.append(1)); t(lambda: a.__delitem__(0)); t(lambda:a.pop()); t(lambda:a.reverse());del m
import array as A; t(lambda:A.typecodes); t(lambda:A.ArrayType); t(lambda:A._array_reconstructor(array,'i',10,b'abcd')); t(lambda: [x for x in dir(a) if x[1]!='_'])
for n in ('append','index','byteswap','extend','fromfile','insert','pop','tofile','__reduce_ex__','__copy__','count'): print(getattr(array,n).__text_signature__)
import copy; t(lambda:copy.deepcopy(a)==a)
t(lambda: array[int]); t(lambda:a.foo); 
class Sub(array): pass
s=Sub('i',[1]); s.x=1; t(lambda:s.__reduce_ex__(2)); t(lambda:s); t(lambda: s+s); t(lambda: s[:]); t(lambda:Sub('i',[1],k=2))
t(lambda: A._array_reconstructor(1,2,3,4))
t(lambda: array('i',[1]).__imul__('a'));
b=array('i',[1]); 
def f():
    global b; b*=2; b+=b; b+=[1]
t(f)
t(lambda: A._array_reconstructor(array,"d",1,b"a\0b\0"));t(lambda: A._array_reconstructor(array,"d",99,b"a\0b\0"));t(lambda: A._array_reconstructor(array,"b",0,b"a\0b\0"))
