# Sourced by the .sh suites of tests/cli and tests/stress, which scripts/run-case runs in an empty
# folder with $OURO (the program), $OURO_BUILD (its build) and $ROOT set.  Results are lines
# "ok - NAME" and "not ok - NAME", the latter followed by what was seen.

failures=0

# run SECONDS COMMAND…: leaves stdout, stderr and status for the checks that follow.
run() {
    timeout -k 2 "$1" "${@:2}" >stdout 2>stderr </dev/null
    status=$?
}

# run_with INPUT SECONDS COMMAND…: as run, with INPUT as standard input.
run_with() {
    printf '%b' "$1" | timeout -k 2 "$2" "${@:3}" >stdout 2>stderr
    status=${PIPESTATUS[1]}
}

# verdict NAME CONDITION-STATUS
verdict() {
    if [ "$2" -eq 0 ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "# status $status; stdout, then stderr:"
        head -c 1000 stdout | sed 's/^/#   /'
        head -c 2000 stderr | sed 's/^/#   /'
        failures=$((failures + 1))
    fi
}

# expect NAME STATUS STDOUT STDERR-REGEX: checks the last run.  STDOUT is exact, without the last
# newline; an empty STDERR-REGEX wants nothing on stderr, '*' anything.
expect() {
    local good=0
    [ "$status" -eq "$2" ] || good=1
    [ "$(cat stdout)" = "$(printf '%b' "$3")" ] || good=1
    if [ -z "$4" ]; then
        [ ! -s stderr ] || good=1
    elif [ "$4" != '*' ]; then
        grep -qE -- "$4" stderr || good=1
    fi
    verdict "$1" $good
}

# survives NAME: the last run ended by itself, by no signal and without a sanitizer's complaint.
survives() {
    local good=0
    [ "$status" -lt 124 ] || good=1
    ! grep -qE 'AddressSanitizer|runtime error:|Assertion' stderr || good=1
    verdict "$1" $good
}

finish() {
    [ $failures -eq 0 ]
    exit
}
