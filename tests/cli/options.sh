# The command line: every way to name a program, options, arguments, exit statuses.
source "$ROOT/tests/stress/check.bash"

printf 'import sys\nprint(sys.argv, __name__)\n' >prog.py
run 30 "$OURO" prog.py a -c --x
expect 'a file with arguments' 0 "['prog.py', 'a', '-c', '--x'] __main__" ''
run 30 "$OURO" -c 'import sys; print(sys.argv, __name__)' -x y
expect '-c with arguments' 0 "['-c', '-x', 'y'] __main__" ''
run_with 'import sys\nprint(sys.argv, 1 + 1)\n' 30 "$OURO" - q
expect 'a program on standard input' 0 "['-', 'q'] 2" ''
run_with 'print(40 + 2)\n' 30 "$OURO"
expect 'standard input that is no terminal runs as a file' 0 '42' ''
run_with 'x = 5\nx * 2\nprint(x)\n' 30 "$OURO" -i -q
grep -q '^10$' stdout || grep -q '>>> 10$' stdout
verdict '-i without a terminal acts as the prompt' $?
printf 'value = 7\n' >mod.py
run_with 'print(value)\n' 30 "$OURO" -q -i mod.py
grep -q 7 stdout
verdict '-i FILE keeps the names of the file' $?
mkdir pkg
printf 'import sys\nprint("main", __name__, len(sys.argv))\n' >pkg/__main__.py
: >pkg/__init__.py
run 30 "$OURO" -m pkg a
expect '-m PACKAGE' 0 'main __main__ 2' ''
run 30 "$OURO" -m mod
expect '-m MODULE' 0 '' ''
run 30 "$OURO" -m no_such_module
expect '-m with an unknown module' 1 '' 'No module named no_such_module'
run 30 "$OURO" -V
grep -qE '^Ouro [0-9]' stdout && [ $status -eq 0 ]
verdict '-V' $?
run 30 "$OURO" --version
grep -qE '^Ouro [0-9]' stdout && [ $status -eq 0 ]
verdict '--version' $?
run 30 "$OURO" -h
grep -qi '^usage' stdout && [ $status -eq 0 ]
verdict '-h' $?
run 30 "$OURO" --help
grep -q -- '--dump' stdout && [ $status -eq 0 ]
verdict '--help names --dump' $?
run 30 "$OURO" --no-such-option
[ $status -eq 2 ] && grep -qi 'unknown option' stderr && [ ! -s stdout ]
verdict 'an unknown long option' $?
run 30 "$OURO" -Z
[ $status -eq 2 ] && grep -qi 'unknown option' stderr && [ ! -s stdout ]
verdict 'an unknown short option' $?
run 30 "$OURO" -c
[ $status -eq 2 ] && grep -qi 'argument expected' stderr
verdict '-c without its command' $?
run 30 "$OURO" -c 'import sys; sys.exit(7)'
expect 'sys.exit gives the status' 7 '' ''
run 30 "$OURO" -c 'raise ValueError("v")'
expect 'an uncaught exception gives 1' 1 '' 'ValueError: v'
run 30 "$OURO" -c 'import sys; sys.exit("text")'
expect 'sys.exit with a text' 1 '' '^text$'
run 30 "$OURO" -c 'x = ('
expect 'a syntax error in -c' 1 '' "SyntaxError: '\(' was never closed"
mkdir lib
printf 'print("from OUROPATH")\n' >lib/found.py
OUROPATH=$PWD/lib run 30 "$OURO" -c 'import found'
expect 'OUROPATH is searched' 0 'from OUROPATH' ''
printf 'import sibling\n' >uses.py
printf 'print("sibling of the script")\n' >sibling.py
mkdir elsewhere
(cd elsewhere && "$OURO" ../uses.py) >stdout 2>stderr
status=$?
expect "a script's folder is searched first" 0 'sibling of the script' ''
run 30 "$OURO" -W ignore -c 'import warnings; warnings.warn("w"); print(1)'
expect '-W ignore' 0 '1' ''
run 30 "$OURO" -X maxsteps=100000 -c 'while True: pass'
[ $status -eq 1 ] && [ -s stderr ]
verdict '-X maxsteps ends an endless loop' $?
run 60 "$OURO" -X maxmem=20000000 -c 'x = []
while True: x.append("y" * 1000)'
expect '-X maxmem raises MemoryError' 1 '' 'MemoryError'
run 30 "$OURO" -X maxdepth=50 -c 'def f(): f()
f()'
expect '-X maxdepth raises RecursionError' 1 '' 'RecursionError'
run 30 "$OURO" -c 'print("x" * 100000)'
[ "$(wc -c <stdout)" -eq 100001 ]
verdict 'long output is whole' $?
"$OURO" -c 'for i in range(100000): print(i)' 2>stderr | head -n 1 >stdout
status=0
expect 'a reader that leaves early' 0 '0' '*'
printf 'print("no newline at the end")' >last.py
run 30 "$OURO" last.py
expect 'a file without a last newline' 0 'no newline at the end' ''
printf '\xef\xbb\xbfprint("bom")\n' >bom.py
run 30 "$OURO" bom.py
expect 'a byte order mark' 0 'bom' ''
printf '#!/usr/bin/env ouro\r\nprint("crlf")\r\n' >crlf.py
run 30 "$OURO" crlf.py
expect 'lines that end in CR LF' 0 'crlf' ''
: >empty.py
run 30 "$OURO" empty.py
expect 'an empty file' 0 '' ''
finish
