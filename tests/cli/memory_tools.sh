# pympler, memory_profiler, ouro --profile: sizes and memory that add up.
source "$ROOT/tests/stress/check.bash"

cat >sizes.py <<'EOF'
import sys
from pympler import asizeof
size = sys.getsizeof
x = [1, 2, [1, 2, 3, 4]]
print(asizeof.asizeof(x) == size(x) + size(x[2]) + 4 * size(1))
class A:
    def __init__(self):
        self.a = [1000, 2000]
        self.b = 'x' * 100
a = A()
print(asizeof.asizeof(a) == size(a) + size(a.a) + size(a.b) + 2 * size(1000))
ring = []
ring.append(ring)
print(asizeof.asizeof(ring) == size(ring))
text = 'shared' * 50
print(asizeof.asizeof([text, text]) == size([text, text]) + size(text))
first, second = asizeof.asizesof([text], [text])
print(first - second == size(text), asizeof.asizeof([text], [text]) == first + second)
print(asizeof.flatsize([1, 2]) == size([1, 2]), asizeof.flatsize([1], align=64) % 64)
class Broken:
    def __sizeof__(self):
        raise ValueError
print(asizeof.asizeof([Broken()]) > 0, asizeof.asizeof(int), asizeof.asizeof() == 0)
deep = []
for _ in range(100000):
    deep = [deep]
print(asizeof.asizeof(deep) > 100000 * 40, asizeof.asizeof(deep, limit=1) < 1000)
print(asizeof.asized([1, [2]], detail=2).format('%(size)d', depth=1).count('\n'))
EOF
run 30 "$OURO" sizes.py
expect 'pympler.asizeof' 0 \
    'True\nTrue\nTrue\nTrue\nTrue True\nTrue 0\nTrue 0 True\nTrue True\n2' ''

mkdir example
cat >example/memory_profile.py <<'EOF'
@profile
def my_func():
    a = [1] * (10 ** 6)
    b = [2] * (2 * 10 ** 7)
    del b
    return a

my_func()
EOF
run 30 "$OURO" -m memory_profiler example/memory_profile.py
[ $status -eq 0 ] && [ "$(grep -cE ' 7\.629 MiB +1  | 152\.588 MiB +1  |-152\.588 MiB +1  |    0\.000 MiB +1  ' stdout)" -eq 4 ] &&
    [ "$(sed -n 3p stdout)" = 'Line #    Mem usage    Increment  Occurrences   Line Contents' ] &&
    [ "$(sed -n 5p stdout)" = '     2                                         def my_func():' ]
verdict 'the table of memory_profiler' $?
cat >decorated.py <<'EOF'
from memory_profiler import memory_usage, profile
@profile
def outer():
    kept = []
    for _ in range(3):
        kept.append(bytes(1 << 20))
    inner()
@profile(precision=2)
def inner():
    x = bytearray(5 << 20)
    del x
outer()
inner()
def grab():
    return len(bytearray(50 << 20))
before, most, after = memory_usage((grab, ()))
print(most > 50, after - before < 1, len(memory_usage()))
print(memory_usage((max, (1, 2)), retval=True)[1])
EOF
run 30 "$OURO" decorated.py
[ $status -eq 0 ] && [ "$(grep -c '^Filename: ' stdout)" -eq 3 ] &&
    grep -qE '^     6 .* 3\.0 MiB +3           kept' stdout &&
    grep -qE '^    11 .* -5\.00 MiB           1       del x' stdout &&
    grep -q '^True True 1$' stdout && grep -q '^2$' stdout
verdict 'memory_profiler.profile as decorator' $?

cat >work.py <<'EOF'
import sys
def small():
    return 1
def big(n):
    total = 0
    for i in range(n):
        total += small()
    return total
def gen():
    yield 1
    yield 2
def rec(n):
    return n and rec(n - 1)
print(big(1000), sum(gen()), rec(50))
keep = [0] * 100000
sys.exit(3)
EOF
run 30 "$OURO" --profile work.py
[ $status -eq 3 ] && grep -q '^1000 3 0$' stdout && grep -q '^Profile of work.py: ' stdout &&
    grep -qE '^ +1000 .*  small \(' stdout && grep -qE '^ +1 .*  gen \(' stdout &&
    grep -qE '^ +51 .*  rec \(' stdout && grep -qE '^ +1 .* 781\.3 KiB  .*work.py:15  keep = ' stdout
verdict '--profile' $?
run 30 "$OURO" --profile=out.html work.py
[ $status -eq 3 ] && [ "$(cat stdout)" = '1000 3 0' ] && grep -q '^<!DOCTYPE html>' out.html &&
    grep -q '<b>781.3 KiB</b>' out.html && ! grep -qE '(src|href)="?(http|//)' out.html
verdict '--profile=OUT.html' $?
run 30 "$OURO" --profile=out.txt -c 'def f(): 1/0
f()'
[ $status -eq 1 ] && grep -q ZeroDivisionError stderr && grep -q '  f (' out.txt
verdict '--profile of a program that fails' $?
run 30 "$OURO" --profile=out.svg work.py
[ $status -eq 2 ] && grep -q '\.html or \.txt' stderr
verdict '--profile names the endings it knows' $?
run 30 "$OURO" --profile=no/such/out.txt work.py
[ $status -eq 3 ] && grep -q 'No such file' stderr
verdict '--profile to a folder that is not there' $?
finish
