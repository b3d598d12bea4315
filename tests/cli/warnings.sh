# Warning options: -W, PYTHONWARNINGS, -b and -X dev are filters before the program starts.
source "$ROOT/tests/stress/check.bash"

code='import warnings; warnings.warn("text"); print("went on")'

run 30 "$OURO" -W error -c "$code"
[ $status -eq 1 ] && grep -q '^UserWarning: text$' stderr && [ ! -s stdout ]
verdict "-W error raises" $?

run 30 "$OURO" -W ignore -c "$code"
[ $status -eq 0 ] && grep -q 'went on' stdout && [ ! -s stderr ]
verdict "-W ignore is silent" $?

run 30 "$OURO" -W ignore -W error::UserWarning -c "$code"
[ $status -eq 1 ] && grep -q '^UserWarning: text$' stderr
verdict "the last -W counts most" $?

run 30 env PYTHONWARNINGS=error,ignore::UserWarning "$OURO" -c "$code"
[ $status -eq 0 ] && [ ! -s stderr ]
verdict "PYTHONWARNINGS is a list" $?

run 30 env PYTHONWARNINGS=error "$OURO" -E -c "$code"
[ $status -eq 0 ] && grep -q 'UserWarning: text' stderr
verdict "-E ignores PYTHONWARNINGS" $?

run 30 "$OURO" -W nosuch -W error::NoSuch -W error:::x -c 'print(1)'
[ $status -eq 0 ] && grep -q "invalid action: 'nosuch'" stderr &&
    grep -q "unknown warning category: 'NoSuch'" stderr && grep -q "^1$" stdout
verdict "wrong options are told and ignored" $?

run 30 "$OURO" -Werror -c 'x = "\d"'
[ $status -eq 1 ] && grep -q "^SyntaxError: invalid escape sequence '\\\\d'" stderr
verdict "warnings of the compiler are errors, too" $?

run 30 "$OURO" -bb -c 'print(b"a" == "a")'
[ $status -eq 1 ] && grep -q '^BytesWarning: Comparison between bytes and string$' stderr
verdict "-bb raises BytesWarning" $?

run 30 "$OURO" -b -c 'print(str(b"a"))'
[ $status -eq 0 ] && grep -q 'BytesWarning: str() on a bytes instance' stderr && grep -q "b'a'" stdout
verdict "-b warns" $?

run 30 "$OURO" -X dev -c 'import sys; print(sys.warnoptions)'
[ $status -eq 0 ] && grep -q "\['default'\]" stdout
verdict "-X dev shows all warnings" $?
finish
