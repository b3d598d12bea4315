# The pictures of the heap: --heap=OUT.svg|.html|.dot|.json and what ouro.heap() writes.  The SVG of
# tests/inspect/pictures/tree.py is kept beside it; scripts/record --inspect makes it again.
source "$ROOT/tests/stress/check.bash"
source "$ROOT/scripts/common.sh"

tree=$ROOT/tests/inspect/pictures/tree.py
run 60 "$OURO" --ids=stable --heap=tree.svg "$tree"
expect '--heap=OUT.svg runs the file' 0 '' ''
cmp tree.svg "${tree%.py}.svg" >stdout
verdict 'the picture is the one that was recorded' $?
"$python" -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' tree.svg 2>stderr
verdict 'the SVG is well-formed' $?
run 60 "$OURO" --ids=stable --heap=tree.dot "$tree"
[ $status -eq 0 ] && head -n 1 tree.dot | grep -qx 'digraph heap {' &&
    grep -q 'n[0-9]* -> n[0-9]* .*style=dashed' tree.dot && tail -n 1 tree.dot | grep -qx '}'
verdict '--heap=OUT.dot has a dashed weak reference' $?
run 60 "$OURO" --ids=stable --heap=tree.json "$tree"
"$python" - tree.json >stdout 2>stderr <<'EOF'
import json, sys
built, end = json.load(open(sys.argv[1]))
assert (built["name"], end["name"]) == ("built", "at exit")
for graph in built, end:
    nodes = graph["nodes"]
    for edge in graph["edges"]:
        assert 0 <= edge["from"] < len(nodes) and 0 <= edge["to"] < len(nodes)
    names = {v["name"]: nodes[v["to"]] for v in graph["roots"][0]["variables"]}
    shared, root = names["shared"], names["root"]
    assert shared["count"] == (5 if graph is built else 4), shared
    assert root["cycle"] and not shared["cycle"]
    assert root["retained"] > root["size"] and shared["retained"] == shared["size"]
    assert any(edge["kind"] == "weak" for edge in graph["edges"])
EOF
verdict '--heap=OUT.json tells counts, cycles, retained sizes and weak references' $?
printf 'def f(n):\n    x = [n]\n    raise ValueError(n)\nkept = {"a": (1, 2)}\nf(3)\n' >fails.py
run 60 "$OURO" --heap=fails.json fails.py
[ $status -eq 1 ] && grep -q 'ValueError: 3' stderr && grep -q '"kept"' fails.json
verdict 'a program that fails keeps its status and gets its picture' $?
run 60 "$OURO" --heap=no/such/folder/out.svg -c 'x = 1'
[ $status -eq 1 ] && grep -q 'FileNotFoundError' stderr
verdict 'a file that cannot be written' $?
run 60 "$OURO" --heap=big.svg -c 'x = [[i] for i in range(400)]'
[ $status -eq 0 ] && [ ! -f big.svg ] && [ -f big.dot ] && grep -q 'Graphviz' stderr
verdict 'above 300 objects the SVG becomes a DOT file' $?
run 60 "$OURO" -X maxmem=60M -X maxsteps=2000000 --heap=bounded.svg -c 'x = [1]'
[ $status -eq 0 ] && [ -s bounded.svg ]
verdict 'budgets are the program'"'"'s' $?
cat >odd.py <<'EOF'
import ouro
import ouro.files
class Odd:
    __slots__ = ()
    def __repr__(self): raise TypeError
    def __sizeof__(self): raise TypeError
    def __hash__(self): raise TypeError
    def __eq__(self, other): raise TypeError
    def __getattribute__(self, name): raise TypeError
half = object.__new__(Odd)
deep = []
for i in range(5000):
    deep = [deep]
loop = []
loop.append(loop)
text = "</script><b>&\"'"
for answer in (ouro.heap(), ouro.heap(half), ouro.heap(deep, depth=3), ouro.heap(limit=5),
               ouro.heap(ouro), ouro.heap(None)):
    str(answer)
    assert answer.dot() and answer.html() and ouro.files.as_json(answer)
print(len(ouro.heap(deep, depth=3)["nodes"]), len(ouro.heap(limit=5)["nodes"]))
print(ouro.heap(loop))
def inner(argument):
    local = [argument]
    return ouro.heap()
print([[v["name"] for v in root["variables"]] for root in inner(1)["roots"]][1])
for wrong in "heap.png", "heap", ".svg":
    try:
        ouro.heap(loop).save(wrong)
    except ValueError as error:
        print(error)
try:
    ouro.heap(deep, depth=None).svg()
except ValueError as error:
    print(error)
print(len(ouro.heap()["nodes"]) == len(ouro.heap()["nodes"]))
EOF
run 60 "$OURO" --ids=stable odd.py
expect 'any objects, bounds and endings' 0 "4 5\nroot\n  root: list of 1 item  (0x5, count 2, generation 1, 88 bytes, keeps 88, in a cycle)\n    [0]: list of 1 item  (0x5, above)\n1 object\n['argument', 'local']\nthe name of the file must end in .svg, .html, .dot or .json, not 'heap.png'\nthe name of the file must end in .svg, .html, .dot or .json, not 'heap'\nthe name of the file must end in .svg, .html, .dot or .json, not '.svg'\n2000 objects are too many for a picture (300 at most): bound depth or limit, or save as .dot\nTrue" ''

run 60 "$OURO" --ids=stable --heap=tree.html "$tree"
[ $status -eq 0 ] && ! grep -qE '(src|href)=|https?://[^w]' tree.html
verdict '--heap=OUT.html refers to nothing outside' $?
if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    timeout 120 "$python" "$ROOT/tests/cli/heap_page.py" tree.html >stdout 2>stderr
    status=$?
    while read -r word name; do
        [ "$word" = ok ]
        verdict "page: $name" $?
    done <stdout
    [ $status -eq 0 ] && [ "$(grep -c '^ok ' stdout)" -eq 14 ]
    verdict 'page: all checks in Chromium ran' $?
fi
finish
