# Sourced by scripts/test and scripts/record: how one test is run, so that what is recorded and what
# is compared come about in the same way.  Needs scripts/common.sh.

# What a script may see of the outside world is the same everywhere.
case_environment() {
    export LC_ALL=C.UTF-8 TZ=UTC PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1
    export OURODONTWRITEBYTECODE=1 TERM=xterm NO_COLOR=1
    export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:allocator_may_return_null=1
    # libedit keeps its last line and tables when the program ends.
    export LSAN_OPTIONS=suppressions=$root/tests/repl/leaks.supp:print_suppressions=0
    export UBSAN_OPTIONS=print_stacktrace=1
    unset OUROPATH PYTHONPATH PYTHONSTARTUP
    ulimit -c 0
}

# run_script PROGRAM FILE.py FOLDER SECONDS
# Runs FILE.py in its own folder, where it is named without a path, and leaves FOLDER/{out,err,status}.
# Standard input is FILE.in, or nothing; $TMPDIR is an empty folder of its own.  Absolute paths of the
# script's folder become relative in what is compared.  Status 124: it took longer than SECONDS.
run_script() {
    local program=$1 file=$2 folder=$3 seconds=$4 input=${2%.py}.in status
    local home=${file%/*}
    [ -f "$input" ] || input=/dev/null
    rm -rf "$folder"
    mkdir -p "$folder/tmp"
    (cd "$home" && TMPDIR=$folder/tmp exec timeout -k 2 "$seconds" "$program" "${file##*/}" \
        <"$input" >"$folder/out.raw" 2>"$folder/err.raw")
    status=$?
    # timeout says 124, or 137 where the program had to be killed.
    [ $status -ne 137 ] || status=124
    echo $status >"$folder/status"
    sed "s|$home/||g; s|$folder/tmp|TMPDIR|g" "$folder/out.raw" >"$folder/out"
    sed "s|$home/||g; s|$folder/tmp|TMPDIR|g" "$folder/err.raw" >"$folder/err"
}

# compare EXPECTED ACTUAL WHAT: says what differs and fails; a missing EXPECTED is an empty file.
compare() {
    local expected=$1
    [ -f "$expected" ] || expected=/dev/null
    cmp -s "$expected" "$2" && return 0
    echo "--- $3 differs (- expected, + got):"
    diff -u --text "$expected" "$2" | tail -n +3 | head -n 40
    return 1
}

# dump_golden PROGRAM FILE.py DUMP FORMAT: one dump of the compiler's stages, on stdout.
dump_golden() {
    (cd "${2%/*}" && timeout -k 2 60 "$1" "--dump=$3" "--format=$4" "${2##*/}" 2>&1)
}

# inspect_script PROGRAM FILE.py: one script of tests/inspect, on stdout.  A first line "# ouro -X track…"
# names an option.
inspect_script() {
    local options=(--ids=stable)
    ! head -n 1 "$2" | grep -q '^# ouro -X track' || options+=(-X track)
    (cd "${2%/*}" && timeout -k 2 60 "$1" "${options[@]}" "${2##*/}" 2>&1 |
        sed "s|${2%/*}/||g")
}

golden_dumps=(tokens ast symbols bytecode consts peephole)
# One input is enough to see the shape of the JSON.
golden_json=functions
