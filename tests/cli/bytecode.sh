# Compiled modules on disk: written, used, checked, and never trusted.
source "$ROOT/tests/stress/check.bash"
unset OURODONTWRITEBYTECODE

printf 'print("module runs")\nX = 1\ndef f():\n    return [X + i for i in range(3)]\n' >mod.py
printf 'import mod\nprint(mod.f(), mod.__cached__.split("/")[-2:])\n' >main.py
cached=__pycache__/mod.ouro-311.pyc
said="module runs\n[1, 2, 3] ['__pycache__', 'mod.ouro-311.pyc']"

run 30 "$OURO" -B main.py
expect '-B: the module runs' 0 "$said" ''
[ ! -e __pycache__ ]
verdict '-B writes nothing' $?
OURODONTWRITEBYTECODE=1 run 30 "$OURO" main.py
[ ! -e __pycache__ ]
verdict 'OURODONTWRITEBYTECODE writes nothing' $?
printf 'import sys\nsys.dont_write_bytecode = True\nimport mod\n' >quiet.py
run 30 "$OURO" quiet.py
[ ! -e __pycache__ ]
verdict 'sys.dont_write_bytecode writes nothing' $?
OURODONTWRITEBYTECODE=1 run 30 "$OURO" -E main.py
expect 'first import' 0 "$said" ''
[ "$(ls __pycache__)" = mod.ouro-311.pyc ] && [ "$(head -c 4 $cached)" = OURO ]
verdict 'the file is written' $?
before=$(stat -c '%i %y' $cached)
run 30 "$OURO" main.py
expect 'second import' 0 "$said" ''
[ "$before" = "$(stat -c '%i %y' $cached)" ]
verdict 'an up-to-date file is left alone' $?

# A file of other code with the header of this source shows that it is used.
cat >forge.py <<'EOF'
import _bytecode
code = compile('print("from the cache")\ndef f(): return 5\n', 'elsewhere.py', 'exec')
_bytecode.write(code, 'mod.py', '__pycache__/mod.ouro-311.pyc')
EOF
run 30 "$OURO" -B forge.py
run 30 "$OURO" main.py
expect 'the cached code is what runs' 0 "from the cache\n5 ['__pycache__', 'mod.ouro-311.pyc']" ''
run 30 "$OURO" -c 'import mod; print(mod.f.__code__.co_filename.endswith("mod.py") or mod.f.__code__.co_filename)'
expect 'code tells of the source that it belongs to' 0 'from the cache\nTrue' ''
printf 'X = 2\ndef f():\n    return "changed"\n' >mod.py
run 30 "$OURO" main.py
expect 'a changed source' 0 "changed ['__pycache__', 'mod.ouro-311.pyc']" ''
touch -d '2001-01-01' mod.py
run 30 "$OURO" -v main.py
run 30 "$OURO" -c 'import _bytecode; print(_bytecode.is_current("mod.py", "__pycache__/mod.ouro-311.pyc"))'
expect 'an older source is another source too' 0 'True' ''

cat >flip.py <<'EOF'
import sys
from _bytecode import is_current
path = '__pycache__/mod.ouro-311.pyc'
good = open(path, 'rb').read()
bad = 0
for position in range(len(good)):
    for bit in (1, 128):
        data = bytearray(good)
        data[position] ^= bit
        with open(path, 'wb') as file:
            file.write(data)
        sys.modules.pop('mod', None)
        import mod
        if mod.f() != 'changed' or not is_current('mod.py', path):
            bad += 1
for length in range(len(good)):
    with open(path, 'wb') as file:
        file.write(good[:length])
    sys.modules.pop('mod', None)
    import mod
    if mod.f() != 'changed' or not is_current('mod.py', path):
        bad += 1
print(bad)
EOF
run 60 "$OURO" flip.py
expect 'every flipped bit and every cut is noticed and mended' 0 0 ''
cat >mutate.py <<'EOF'
import io, marshal, random, sys, warnings
warnings.simplefilter('ignore')
code = compile(open('/dev/stdin').read(), 'x', 'exec')
data = marshal.dumps(code)
random.seed(7)
ran, real = 0, sys.stdout
for _ in range(1500):
    mutant = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        mutant[random.randrange(len(mutant))] = random.randrange(256)
    try:
        value = marshal.loads(mutant)
    except (ValueError, EOFError, TypeError, MemoryError):
        continue
    if type(value) is type(code):
        ran += 1
        sys.stdout = io.StringIO()
        try:
            exec(value, {'__name__': 'x'})
        except BaseException:
            pass
        sys.stdout = real
print(ran > 100)
EOF
run_with 'def f(a, b=2, *c, **d):\n    try:\n        t = [x * a for x in c if x]\n    except ValueError as e:\n        raise\n    finally:\n        b += 1\n    def h(): return a + b\n    return h(), t, f"{a!r}"\nclass A:\n    x = {1: 2}\n    def m(self): self.y = 1; return super().__init__()\ndef g():\n    for i in range(3): yield i\nA().m()\nf(1, 2, 3, k=5)\nlist(g())\na, *b = range(4)\ndel a\n' \
    120 "$OURO" -X maxsteps=1000000000 -X maxmem=500M mutate.py
expect 'code from mutated bytes is refused or runs, and never crashes' 0 True '*'

run 30 "$OURO" -O main.py
[ -e __pycache__/mod.ouro-311.opt-1.pyc ]
verdict 'other levels of -O have files of their own' $?
run 30 "$OURO" $cached
expect 'ouro FILE.pyc' 0 '' ''
printf 'import sys\nprint(__name__, sys.argv)\n' >prog.py
run 30 "$OURO" -m py_compile prog.py
expect '-m py_compile' 0 '' ''
run 30 "$OURO" __pycache__/prog.ouro-311.pyc a b
expect 'ouro FILE.pyc with arguments' 0 "__main__ ['__pycache__/prog.ouro-311.pyc', 'a', 'b']" ''
printf 'junk' >junk.pyc
run 30 "$OURO" junk.pyc
[ $status -eq 1 ] && grep -q 'ImportError' stderr
verdict 'a .pyc file of something else' $?
rm -rf __pycache__
mkdir -p pack/deep
: >pack/__init__.py
echo 'x = (' >pack/deep/wrong.py
run 30 "$OURO" -m compileall -q pack
[ $status -eq 1 ] && grep -q wrong.py stdout && [ -e pack/__pycache__/__init__.ouro-311.pyc ]
verdict '-m compileall with an error' $?
rm pack/deep/wrong.py
run 30 "$OURO" -m compileall pack
expect '-m compileall' 0 "Listing 'pack'..." ''
run 30 "$OURO" -m compileall -f -l pack
expect '-m compileall -f' 0 "Listing 'pack'...\nCompiling 'pack/__init__.py'..." ''
: >__pycache__
run 30 "$OURO" main.py
expect 'a place that cannot be written' 0 "changed ['__pycache__', 'mod.ouro-311.pyc']" ''
finish
