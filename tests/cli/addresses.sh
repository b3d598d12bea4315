# ctypes at addresses where no object starts: told, never believed, never a crash.
source "$ROOT/tests/stress/check.bash"

cat >freed.py <<'EOF'
import ctypes, warnings
class Plain: pass
kept = [Plain() for _ in range(50)]
ids = [id(each) for each in kept]
del kept
try:
    ctypes.cast(ids[20], ctypes.py_object)
except ValueError as error:
    print(str(error).replace(hex(ids[20]), 'ADDRESS'))
warnings.simplefilter('error')
try:
    ctypes.c_long.from_address(ids[25]).value
except RuntimeWarning as warning:
    print(str(warning).replace(hex(ids[25]), 'ADDRESS'))
warnings.simplefilter('ignore')
print(ctypes.c_long.from_address(ids[30]).value)
try:
    ctypes.c_long.from_address(id(ids)).value = 5
except ValueError as error:
    print(str(error).replace(hex(id(ids)), 'ADDRESS'))
for number in (0, 1, 8, 16, -8, 2 ** 64 - 16, 0xdeadbeef0, 0x7fffffffe000):
    try:
        print(ctypes.cast(number, ctypes.py_object))
    except ValueError as error:
        print('ValueError')
EOF
run 30 "$OURO" freed.py
# builds without pools keep nothing of what was freed
if [ "$("$OURO" -c 'import ouro; print(ouro.pools()["pooled"])')" = True ]; then
    freed='the memory there was freed'
else
    freed='Ouro knows of no object there'
fi
expect 'freed and impossible addresses' 0 \
    "no live object at ADDRESS: $freed\nno live object at ADDRESS: $freed\n"'0\nmemory at ADDRESS is not to be written: it is the start of a live object\npy_object(<NULL>)\nValueError\nValueError\nValueError\nValueError\nValueError\nValueError\nValueError' ''
cat >wander.py <<'EOF'
import ctypes, gc, random, warnings
warnings.simplefilter('ignore')
random.seed(3)
class A:
    def __init__(self, n): self.n = n; self.t = (n, [n])
things = [A(i) for i in range(300)] + ['text%d' % i * 200 for i in range(20)] + [list(range(i)) for i in range(80)]
alive = {id(each) for each in things}
wrong = 0
for _ in range(30000):
    address = id(random.choice(things)) + random.choice((0, 8, 16, -8, -16, -32, 24, 48, random.randrange(-4096, 4096)))
    value = ctypes.c_long.from_address(address).value
    if address in alive and value < 1:
        wrong += 1
    if value:
        found = ctypes.cast(address, ctypes.py_object).value
        if id(found) != address:
            wrong += 1
        type(found), repr(found)[:10]
    if random.random() < .01:
        things[random.randrange(300)] = new = A(1)
        alive = {id(each) for each in things}
print(wrong)
EOF
run 60 "$OURO" wander.py
expect 'thirty thousand addresses around live objects' 0 0 ''
finish
