# ouro --check: verdicts, differences, magics, exit statuses.
source "$ROOT/tests/stress/check.bash"

# cell SOURCE COUNT OUTPUTS: one code cell as JSON.
cell() {
    printf '{"cell_type":"code","id":"x","metadata":{},"execution_count":%s,"source":"%s","outputs":[%s]}' \
        "$2" "$1" "$3"
}
# notebook NAME CELL…
notebook() {
    local name=$1 IFS=,
    shift
    printf '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[%s]}' "$*" >"$name.ipynb"
}
stream() {
    printf '{"output_type":"stream","name":"%s","text":["%s"]}' "$1" "$2"
}
value() {
    printf '{"output_type":"execute_result","execution_count":1,"metadata":{},"data":{"text/plain":["%s"]}}' "$1"
}

notebook good "$(cell 'a = 1\nprint(a)\na + 1' 1 "$(stream stdout '1\n'),$(value 2)")"
run 30 "$OURO" --check good.ipynb
expect 'a cell that is the same' 0 'good.ipynb\ncell 1 In [1]: same\n1 same, 0 differ, 0 not run' ''
notebook bad "$(cell 'print(1)\nprint(2)' 1 "$(stream stdout '1\n3\n')")"
run 30 "$OURO" --check bad.ipynb
expect 'a cell that differs' 1 'bad.ipynb\ncell 1 In [1]: differs\n      1\n    - 3\n    + 2\n0 same, 1 differ, 0 not run' ''
notebook missing "$(cell 'print(1)' 1 '')" "$(cell 'x = 1' 2 "$(stream stdout '1\n')")"
run 30 "$OURO" --check missing.ipynb
[ $status -eq 1 ] && grep -q '    + 1' stdout && grep -q '    - 1' stdout
verdict 'output too much and output too little' $?
notebook fresh "$(cell 'print(6 * 7)' null '')" "$(cell '1 / 0' null '')"
run 30 "$OURO" --check fresh.ipynb
[ $status -eq 0 ] && grep -q 'printed 1 line' stdout && grep -q 'raised ZeroDivisionError' stdout &&
    grep -q '^0 same, 0 differ, 2 not run$' stdout
verdict 'cells that the notebook never ran' $?

# addresses: 2596069104 and 0x9abcdef0 are one number
notebook ids "$(cell 'x = []\ny = []\nprint(id(x), id(x), id(y), hex(id(x)))' 1 \
    "$(stream stdout '2596069104 2596069104 2596069120 0x9abcdef0\n')")"
run 30 "$OURO" --check ids.ipynb
expect 'addresses stand for objects' 0 'ids.ipynb\ncell 1 In [1]: same\n1 same, 0 differ, 0 not run' ''
notebook mixed "$(cell 'x = []\ny = []\nprint(id(x), id(y))' 1 "$(stream stdout '2596069104 2596069104\n')")"
run 30 "$OURO" --check mixed.ipynb
[ $status -eq 1 ]
verdict 'two objects are not one' $?
notebook split "$(cell 'x = []\nprint(id(x), id(x))' 1 "$(stream stdout '2596069104 2596069120\n')")"
run 30 "$OURO" --check split.ipynb
[ $status -eq 1 ]
verdict 'one object is not two' $?
notebook reused "$(cell 'x = []\nprint(id(x))' 1 "$(stream stdout '2596069104\n')")" \
    "$(cell 'kept = x\nx = []\nprint(id(x), id(kept))' 2 "$(stream stdout '2596069120 2596069104\n')")" \
    "$(cell 'x = kept = None\ny = {}\nprint(id(y))' 3 "$(stream stdout '2596069184\n')")" \
    "$(cell 'z = {}\nprint(id(z))' 4 "$(stream stdout '2596069104\n')")"
run 30 "$OURO" --check reused.ipynb
[ $status -eq 0 ]
verdict 'addresses of objects that are gone serve others' $?
notebook hashes "$(cell 'class C: pass\nx, y = C(), C()\nprint(hex(id(x)), hash(x), hex(id(y)), hash(y))' 1 \
    "$(stream stdout '0x9abcdef0 162254319 0x9abcdf00 162254320\n')")"
run 30 "$OURO" --check hashes.ipynb
[ $status -eq 0 ]
verdict 'hashes that come from addresses' $?
notebook number "$(cell 'print(123456789)' 1 "$(stream stdout '123456781\n')")"
run 30 "$OURO" --check number.ipynb
[ $status -eq 1 ]
verdict 'a large number is no address' $?

notebook shell "$(cell '!echo from the shell' 1 "$(stream stdout 'from the shell\n')")" \
    "$(cell 'lines = !echo a; echo b\nprint(lines)' 2 "$(stream stdout "['a', 'b']\\n")")" \
    "$(cell '!python -c \"import sys; print(sys.implementation.name)\"' 3 "$(stream stdout 'ouro\n')")" \
    "$(cell '%%bash\necho one\necho two' 4 "$(stream stdout 'one\ntwo\n')")"
run 30 "$OURO" --check shell.ipynb
[ $status -eq 0 ] && grep -q '^0 same, 0 differ, 4 not run$' stdout && grep -q -- --allow-shell stdout
verdict 'commands are refused' $?
run 30 "$OURO" --check --allow-shell shell.ipynb
[ $status -eq 0 ] && grep -q '^4 same, 0 differ, 0 not run$' stdout
verdict 'commands run with --allow-shell' $?
notebook files "$(cell '%%writefile sub/made.py\nprint(5)' 1 "$(stream stdout 'Writing sub/made.py\n')")" \
    "$(cell '%%writefile sub/made.py\nprint(7)' 2 "$(stream stdout 'Overwriting sub/made.py\n')")" \
    "$(cell '%%writefile -a sub/made.py\nprint(8)' 3 "$(stream stdout 'Appending to sub/made.py\n')")"
run 30 "$OURO" --check files.ipynb
[ $status -eq 0 ] && grep -q '^3 same' stdout && [ "$(cat sub/made.py)" = $'print(7)\nprint(8)' ]
verdict '%%writefile' $?
notebook pip "$(cell '%pip install x' 1 '')" "$(cell '%pip install x\nprint(1)' 2 "$(stream stdout '1\n')")" \
    "$(cell '%%nothing' 3 '')"
run 30 "$OURO" --check pip.ipynb
[ $status -eq 0 ] && grep -q '^1 same, 0 differ, 2 not run$' stdout && grep -q 'note: %pip skipped' stdout
verdict '%pip is noted and skipped, unknown magics are not run' $?

notebook leave "$(cell 'import sys\nsys.exit(3)' 1 '{"output_type":"error","ename":"SystemExit","evalue":"3","traceback":[]}')" \
    "$(cell 'class A:\n  def __del__(self): print(1)\nkept = A()' 2 '')"
run 30 "$OURO" --check leave.ipynb
expect 'sys.exit and what is printed at the end' 0 \
    'leave.ipynb\ncell 1 In [1]: same\ncell 2 In [2]: same\n2 same, 0 differ, 0 not run' ''
run 60 "$OURO" --check good.ipynb bad.ipynb good.ipynb
[ $status -eq 1 ] && [ "$(grep -c ' same, ' stdout)" -eq 3 ]
verdict 'several notebooks' $?

run 30 "$OURO" --check
[ $status -eq 2 ] && grep -q 'ipynb' stderr
verdict '--check without a notebook' $?
run 30 "$OURO" --check good.py
[ $status -eq 2 ] && grep -q "ipynb" stderr
verdict 'a file that is no notebook' $?
run 30 "$OURO" --check absent.ipynb
[ $status -eq 2 ] && grep -q 'No such file' stderr
verdict 'a notebook that is not there' $?
for text in '' '{' '[]' '{"cells":1}' '{"cells":[{"cell_type":"code","source":1}]}' \
    '{"cells":[{"cell_type":"code","source":"","outputs":[1]}]}'; do
    printf '%s' "$text" >odd.ipynb
    run 30 "$OURO" --check odd.ipynb
    [ $status -eq 2 ] && grep -q 'cannot read notebook' stderr
    verdict "a notebook of the content '$text'" $?
done
finish
