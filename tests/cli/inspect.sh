# The module ouro: each script of tests/inspect prints what its .out says, with --ids=stable.  Recorded
# by scripts/record --inspect.
source "$ROOT/tests/stress/check.bash"
source "$ROOT/scripts/common.sh"
source "$ROOT/scripts/cases.sh"

for file in "$ROOT"/tests/inspect/*.py; do
    name=$(basename "$file" .py)
    inspect_script "$OURO" "$file" >stdout 2>stderr
    status=$?
    compare "${file%.py}.out" stdout "$name" >difference
    good=$?
    [ $good -eq 0 ] || sed 's/^/# /' difference
    verdict "$name" $good
done

run 30 "$OURO" --ids=small -c ''
expect 'an unknown way of ids' 2 '' 'stable or address'
run 30 "$OURO" --heap=picture.png -c ''
expect 'an unknown ending of --heap' 2 '' '\.svg, \.html, \.dot or \.json'
run 30 "$OURO" --heap=.svg -c ''
expect 'an ending alone is no name' 2 '' '\.svg, \.html, \.dot or \.json'
printf 'x = [1, 2]\nprint(len(x))\n' >prog.py
run 30 "$OURO" -c 'import ouro; ouro.life([])'
expect 'lives without -X track' 1 '' 'RuntimeError: objects are not tracked: run ouro -X track'
run 30 "$OURO" --dump=pools prog.py
head -n 1 stdout | grep -qx 2 && grep -qE 'arenas? of|malloc' stdout && [ $status -eq 0 ]
verdict '--dump=pools runs the file and prints the pools' $?
run 30 "$OURO" --dump=pools --format=svg prog.py
tail -n +2 stdout | head -c 4 | grep -q '<svg' && [ $status -eq 0 ]
verdict '--dump=pools --format=svg' $?
run 30 "$OURO" --dump=pools --format=json prog.py
tail -n +2 stdout | "$python" -c 'import json, sys; json.load(sys.stdin)["classes"]'
verdict '--dump=pools --format=json' $?
run 30 "$OURO" --dump=pools --format=png prog.py
expect '--dump=pools in an unknown format' 2 '' 'text, json or svg'
run 30 "$OURO" --ids=stable -c 'print(id([]), id({}), object())'
expect '--ids=stable' 0 '1 2 <object object at 0x3>' ''
finish
