#!/usr/bin/env bash
# How many instructions the command takes, by callgrind: at the start, with one page, and for each byte of a text.
# Counts repeat exactly, so that a change of a hundredth shows. Figures are in docs/performance.md.
#
#   benches/work.sh BINARY [TEXT]     BINARY is a release build; TEXT some megabytes of prose
set -euo pipefail
binary=$(realpath "${1:?a release build of crossfoot}")
text=${2:+$(realpath "$2")}
command -v valgrind >/dev/null || { echo "benches/work.sh needs valgrind" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"

cat >page.md <<'PAGE'
The city spent $4.5 million on roads in 2024, up 10 percent from $4.1 million the year before.

The council has 40 members.
PAGE

# The instructions of a command; what it finds is none of them.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        sed -n 's/,//g; s/.*Collected : //p' || true
}

# Instructions at the start and for each byte behind it.
row() {
    local start all
    start=$(count "$binary" "$@" page.md)
    printf '%-8s start and a page %11d' "$1" "$start"
    if [ -n "$text" ]; then
        all=$(count "$binary" "$@" "$text")
        awk -v all="$all" -v start="$start" -v bytes="$(stat -c %s "$text")" \
            'BEGIN { printf "   a byte %6.1f", (all - start) / bytes }'
    fi
    echo
}

row check --isolated --jobs 1 --format short
row extract --isolated --jobs 1 --format jsonl
