# --dump of every stage, in text and JSON, and -m dis.
source "$ROOT/tests/stress/check.bash"

cat >prog.py <<'END'
def area(r):
    """doc"""
    return 3 * r ** 2 + 24 * 60

print([area(n) for n in range(3)])
END
for dump in tokens ast symbols bytecode consts peephole; do
    run 30 "$OURO" --dump=$dump prog.py
    [ $status -eq 0 ] && [ -s stdout ] && [ ! -s stderr ] && ! grep -qE '0x[0-9a-f]{8,}' stdout
    verdict "--dump=$dump: text without addresses" $?
    cp stdout first
    run 30 "$OURO" --dump=$dump prog.py
    cmp -s first stdout
    verdict "--dump=$dump: the same twice" $?
    run 30 "$OURO" --dump=$dump --format=json prog.py
    cp stdout dump.json
    [ $status -eq 0 ] && head -c 1 stdout | grep -q '[[{]'
    verdict "--dump=$dump: JSON" $?
    if command -v python3 >/dev/null; then
        python3 -c 'import json; json.load(open("dump.json"))' >stdout 2>stderr
        status=$?
        expect "--dump=$dump: JSON that parses" 0 '' ''
    fi
done
run 30 "$OURO" --dump=consts prog.py
grep -q 1440 stdout
verdict '--dump=consts shows the folded constant' $?
run 30 "$OURO" --dump=bytecode prog.py
grep -q area stdout
verdict '--dump=bytecode shows nested code objects' $?
run 30 "$OURO" -m dis prog.py
[ $status -eq 0 ] && grep -q area stdout
verdict '-m dis' $?
run 30 "$OURO" --dump=nonsense prog.py
[ $status -eq 2 ] && [ -s stderr ]
verdict 'an unknown dump' $?
run 30 "$OURO" --dump=ast --format=xml prog.py
[ $status -eq 2 ] && [ -s stderr ]
verdict 'an unknown format' $?
printf 'x = (\n' >bad.py
for dump in tokens ast symbols bytecode consts peephole; do
    run 30 "$OURO" --dump=$dump bad.py
    survives "--dump=$dump of a syntax error"
done
run 30 "$OURO" --dump=ast missing.py
[ $status -eq 2 ] && [ -s stderr ]
verdict '--dump of a missing file' $?
finish
