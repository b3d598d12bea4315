# Input that no program should be given: one clear message, never a crash or a hang.
source "$ROOT/tests/stress/check.bash"

run 30 "$OURO" missing.py
expect 'a missing file' 2 '' "can't open file .*missing.py.*No such file or directory"
mkdir folder
run 30 "$OURO" folder
[ $status -eq 1 ] && [ "$(wc -l <stderr)" -eq 1 ]
verdict 'a directory without __main__.py' $?
if [ "$(id -u)" -ne 0 ]; then
    : >secret.py
    chmod 000 secret.py
    run 30 "$OURO" secret.py
    expect 'an unreadable file' 2 '' 'Permission denied'
fi
printf 'x = "\xff\xfe"\nprint(x)\n' >utf8.py
run 30 "$OURO" utf8.py
expect 'bytes that are not UTF-8' 1 '' 'SyntaxError: .*(utf-8|UTF-8)'
printf 'x = 1\0\nprint(x)\n' >nul.py
run 30 "$OURO" nul.py
expect 'a NUL byte' 1 '' 'null byte'
printf '\xc3' >cut.py
run 30 "$OURO" cut.py
expect 'a cut UTF-8 sequence at the end' 1 '' 'SyntaxError'
printf 'if 1:\n\tx = 1\n        y = 2\n' >tabs.py
run 30 "$OURO" tabs.py
expect 'tabs mixed with spaces' 1 '' 'TabError: inconsistent use of tabs and spaces in indentation'
for pair in '( )' '[ ]' '{ }'; do
    set -- $pair
    { head -c 100000 /dev/zero | tr '\0' "$1"; head -c 100000 /dev/zero | tr '\0' "$2"; echo; } >deep.py
    run 60 "$OURO" deep.py
    survives "100,000 nested $1$2"
    [ "$(wc -l <stderr)" -le 12 ]
    verdict "100,000 nested $1$2: a short message" $?
    head -c 100000 /dev/zero | tr '\0' "$1" >deep.py
    run 60 "$OURO" deep.py
    survives "100,000 times $1, never closed"
done
for word in 'not ' '-' '~' 'lambda: ' 'x.' 'x[' 'f(' 'a if b else ' '1 if ' '(yield ' '*' 'await ' 'f"{' '{1:' 'x + (' 'x = ' 'a < ' '@' 'x ** ' '(lambda x=' '[x for x in '; do
    for ((i = 0; i < 30000; i++)); do printf '%s' "$word"; done >deep.py
    run 60 "$OURO" deep.py
    survives "30,000 times '$word'"
done
{ printf 'x = '; for ((i = 0; i < 20000; i++)); do printf -- '-'; done; echo 1; } >minus.py
run 60 "$OURO" minus.py
survives '20,000 unary minuses'
{ printf 'x = 1'; for ((i = 0; i < 100000; i++)); do printf -- ' + 1'; done; echo; } >plus.py
run 60 "$OURO" plus.py
survives '100,000 additions in a row'
{ printf 'x = 1'; for ((i = 0; i < 50000; i++)); do printf -- ' ** 1'; done; echo; } >power.py
run 60 "$OURO" power.py
survives '50,000 powers in a row'
{ for ((i = 0; i < 300; i++)); do printf '%*sif 1:\n' $i ''; done; printf '%*spass\n' 300 ''; } >indent.py
run 60 "$OURO" indent.py
survives '300 levels of indentation'
{ echo 'if 0: pass'; for ((i = 0; i < 20000; i++)); do echo "elif $i: x = $i"; done; } >elif.py
run 60 "$OURO" elif.py
survives '20,000 elif'
{ echo 'def f():'; for ((i = 0; i < 20000; i++)); do echo "    v$i = $i"; done; echo '    return v19999'; echo 'print(f())'; } >locals.py
run 60 "$OURO" locals.py
expect '20,000 local names' 0 '19999' ''
{ echo 'x = ['; for ((i = 0; i < 100000; i++)); do echo "$i,"; done; echo ']'; echo 'print(len(x))'; } >list.py
run 60 "$OURO" list.py
expect 'a display of 100,000 items' 0 '100000' ''
{ printf 'print(len("'; head -c 3000000 /dev/zero | tr '\0' 'a'; echo '"))'; } >string.py
run 60 "$OURO" string.py
expect 'a string literal of 3 MB' 0 '3000000' ''
head -c 3000000 /dev/zero | tr '\0' 'a' >name.py
run 60 "$OURO" name.py
survives 'a name of 3 MB'
{ printf 'x = '; head -c 100000 /dev/zero | tr '\0' '9'; echo; } >digits.py
run 60 "$OURO" digits.py
expect 'a number of 100,000 digits' 1 '' 'SyntaxError: Exceeds the limit \(4300 digits\)'
printf 'x = "abc' >open.py
run 30 "$OURO" open.py
expect 'an endless string' 1 '' 'unterminated string literal'
printf 'x = """abc\n\n\n' >open3.py
run 30 "$OURO" open3.py
expect 'an endless triple-quoted string' 1 '' 'unterminated triple-quoted string literal'
printf 'x = \\' >backslash.py
run 30 "$OURO" backslash.py
expect 'a backslash at the end of the file' 1 '' 'SyntaxError: unexpected EOF'
head -c 200000 /dev/urandom >random.py
run 60 "$OURO" random.py
survives 'random bytes'
[ $status -eq 1 ]
verdict 'random bytes: exit status 1' $?
for ((seed = 0; seed < 40; seed++)); do
    RANDOM=$seed
    words=(if else for in while def class return yield '(' ')' '[' ']' '{' '}' ':' ',' '=' '==' '+' '*' '**' lambda not and or is x y 1 "'s'" 'f"{x}"' $'\n' $'\n    ' import from as with try except finally raise . '...' -\> := @ del pass break global nonlocal async await match case _)
    for ((i = 0; i < 60; i++)); do printf '%s ' "${words[RANDOM % ${#words[@]}]}"; done >soup.py
    run 20 "$OURO" soup.py
    [ "$status" -lt 124 ] && ! grep -qE 'AddressSanitizer|runtime error:|Assertion' stderr || break
done
survives "forty soups of tokens (seed $seed)"
finish
