# Sourced by the scripts beside it: where things are, and how to tell the user what goes on.
# Sets `root` (the repository) and `jobs` (processors), and defines the functions below.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc 2>/dev/null || echo 2)
python=/usr/bin/python3.11

# say MESSAGE…  Progress: one line on stderr that grows; say_end closes it.
said=
say() {
    if [ -z "$said" ]; then
        printf 'ouro: %s' "$*" >&2
    else
        printf ', %s' "$*" >&2
    fi
    said=yes
}

say_end() {
    [ -z "$said" ] || printf '\n' >&2
    said=
}

# die MESSAGE…
die() {
    say_end
    printf 'ouro: %s\n' "$*" >&2
    exit 1
}
