# Scripts that ask for too much: recursion, memory, sizes.  Python exceptions, never a crash.
source "$ROOT/tests/stress/check.bash"

# ends_in NAME EXCEPTION SOURCE: the script prints the name of the exception that it caught.
ends_in() {
    cat >script.py <<END
try:
$(sed 's/^/    /' <<<"$3")
    print("no exception")
except BaseException as error:
    print(type(error).__name__)
END
    run 60 "$OURO" script.py
    local good=1 wanted
    for wanted in $2; do
        [ "$(cat stdout)" != "$wanted" ] || good=0
    done
    [ "$status" -eq 0 ] || good=1
    [ -n "$2" ] || { [ "$status" -lt 124 ] && good=0; }
    verdict "$1" $good
}

ends_in 'function recursion' RecursionError 'def f(n): return f(n + 1)
f(0)'
ends_in 'recursion through __getattr__' RecursionError 'class C:
    def __getattr__(self, n): return getattr(self, n)
C().x'
ends_in 'recursion through __repr__' RecursionError 'class C:
    def __repr__(self): return repr(self)
repr(C())'
ends_in 'recursion through __eq__' RecursionError 'class C:
    def __eq__(self, o): return self == o
C() == 1'
ends_in 'recursion through __add__' RecursionError 'class C:
    def __add__(self, o): return self + o
C() + 1'
ends_in 'recursion through __call__' RecursionError 'class C:
    def __call__(self): return self()
C()()'
ends_in 'recursion through __hash__' RecursionError 'class C:
    def __hash__(self): return hash(self)
hash(C())'
ends_in 'recursion through __len__' RecursionError 'class C:
    def __len__(self): return len(self)
len(C())'
ends_in 'recursion through property' RecursionError 'class C:
    @property
    def p(self): return self.p
C().p'
ends_in 'recursion through __init__' RecursionError 'class C:
    def __init__(self): C()
C()'
ends_in 'recursion through __new__' RecursionError 'class C:
    def __new__(cls): return cls()
C()'
ends_in 'recursion through sort keys' RecursionError 'def k(x): return sorted([1], key=k)
k(1)'
ends_in 'recursion through map' RecursionError 'def f(x): return list(map(f, [x]))
f(1)'
ends_in 'recursion through generators' RecursionError 'def g(): yield from g()
next(g())'
ends_in 'recursion through comprehensions' RecursionError 'def f(): return [f() for _ in range(1)]
f()'
ends_in 'recursion through __iter__' 'RecursionError TypeError' 'class C:
    def __iter__(self): return iter(self)
list(C())'
ends_in 'recursion through __bool__' RecursionError 'class C:
    def __bool__(self): return bool(self)
bool(C())'
ends_in 'recursion through str.format' RecursionError 'class C:
    def __format__(self, s): return format(self, s)
f"{C()}"'
ends_in 'recursion through exec' RecursionError 'code = "exec(code)"
exec(code)'
ends_in 'recursion through eval' RecursionError 's = "eval(s)"
eval(s)'
ends_in 'recursion through decorators' RecursionError 'def d(f):
    @d
    def g(): pass
    return g
d(1)'
ends_in 'recursion through class bodies' RecursionError 'def f():
    class C:
        f()
f()'
ends_in 'recursion through metaclass calls' RecursionError 'class M(type):
    def __call__(cls): return cls()
class C(metaclass=M): pass
C()'
ends_in 'recursion through with' RecursionError 'class C:
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
with C(): pass'
ends_in 'isinstance of a deep tuple' RecursionError 't = ()
for _ in range(100000): t = (t,)
isinstance(1, t)'
ends_in 'repr of a deep list' RecursionError 'x = []
for _ in range(100000): x = [x]
repr(x)'
ends_in 'repr of a deep dict' RecursionError 'x = {}
for _ in range(100000): x = {1: x}
repr(x)'
ends_in 'hash of a deep tuple' '' 'x = ()
for _ in range(100000): x = (x,)
hash(x)'
ends_in 'comparison of deep lists' RecursionError 'x, y = [], []
for _ in range(100000): x, y = [x], [y]
x == y'
ends_in 'sum of a huge repeat' 'MemoryError OverflowError' '[0] * 10 ** 18'
ends_in 'a huge string' 'MemoryError OverflowError' '"x" * 10 ** 18'
ends_in 'a huge bytes' 'MemoryError OverflowError' 'bytes(10 ** 18)'
ends_in 'a huge tuple' 'MemoryError OverflowError' '(1, 2) * (2 ** 62)'
ends_in 'a huge shift' 'MemoryError OverflowError' '1 << 10 ** 18'
ends_in 'a huge power' 'MemoryError OverflowError' '2 ** (10 ** 18)'
ends_in 'a huge power of a big base' 'MemoryError OverflowError' '(10 ** 100) ** (10 ** 17)'
ends_in 'a huge field width' 'MemoryError OverflowError ValueError' '"%*d" % (10 ** 18, 1)'
ends_in 'a huge format width' 'MemoryError OverflowError ValueError' 'format(1, "1000000000000000000")'
ends_in 'a huge center' 'MemoryError OverflowError' '"x".center(10 ** 18)'
ends_in 'a huge zfill' 'MemoryError OverflowError' '"x".zfill(10 ** 18)'
ends_in 'a huge expandtabs' 'MemoryError OverflowError' '"\\t\\t".expandtabs(2 ** 62)'
ends_in 'a huge replace' 'MemoryError OverflowError' '("x" * 10 ** 6).replace("x", "y" * 10 ** 13)'
ends_in 'a huge join' 'MemoryError OverflowError' '("x" * 10 ** 7).join(["y"] * 10 ** 12)'
ends_in 'list of an endless range' 'MemoryError OverflowError' 'list(range(10 ** 18))'
ends_in 'a huge range length' OverflowError 'len(range(10 ** 30))'
ends_in 'a huge index' IndexError '[1][10 ** 30]'
ends_in 'to_bytes of a huge length' 'MemoryError OverflowError' '(1).to_bytes(10 ** 18, "big")'
ends_in 'a huge precision' 'ValueError OverflowError MemoryError' 'format(1.5, ".99999999999999999999f")'
ends_in 'a precision of two billion' 'ValueError OverflowError MemoryError' '"%.2147483648f" % 1.0'
ends_in 'a float power' OverflowError '10.0 ** 400'
ends_in 'a factorial beyond sense' 'OverflowError MemoryError' 'import math
math.factorial(10 ** 18)'
ends_in 'combinations beyond sense' 'OverflowError MemoryError' 'import itertools
list(itertools.repeat(1, 10 ** 18))'
run 60 "$OURO" -X maxmem=60000000 -c 'x = []
try:
    while True:
        x.append([0] * 1000)
except MemoryError:
    n = len(x)
    del x
    print("caught", n > 100)
y = [i for i in range(1000)]
print(len(y))'
expect 'a program goes on after MemoryError' 0 'caught True\n1000' ''
for source in 'd = {}
i = 0
while True:
    d[i] = i; i += 1' 's = ""
while True: s += "abc"' 'x = 2
while True: x = x * x' 'l = [1]
while True: l += l' 'class C:
    def __init__(self, n): self.n = n
n = None
while True: n = C(n)' 'f = lambda: 0
while True: f = (lambda g: lambda: g)(f)' 's = set()
i = 0
while True: s.add(str(i)); i += 1' 't = ()
while True: t = (t, t)' 'e = None
while True:
    n = ValueError(); n.__context__ = e; e = n' 'def g():
    yield from g()
x = []
while True: x.append(g())'; do
    run 120 "$OURO" -X maxmem=40000000 -c "$source"
    expect "memory runs out: ${source%%$'\n'*}" 1 '' '^MemoryError'
done
for ((n = 1; n <= 60; n++)); do
    run 60 "$OURO" -X failalloc=$((n * 37)) -c 'class C:
    def __init__(self): self.x = [1, "a", {2: 3}]
print(sorted(repr(C().x) for _ in range(3)), f"{1:>5}", 2 ** 100)'
    [ "$status" -lt 124 ] && ! grep -qE 'AddressSanitizer|runtime error:|Assertion' stderr || break
done
survives 'failing single allocations'
finish
