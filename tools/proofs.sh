#!/bin/sh
# Runs the long proofs of tests/proofs, all or those named, and says how each ended.
#
#   sh tools/proofs.sh [NAME…]
#
# Exit status: 0 none failed, 1 one or more failed, 2 there is no proof of that name.
# What a proof owes is told in tests/proofs/README.md.
set -u
unset CDPATH
cd -- "$(dirname -- "$0")/.." || exit 2

FOLDER=tests/proofs
SKIPPED=77

# Prints the file of the proof named.
file_of() {
    for suffix in py sh; do
        if [ -f "$FOLDER/$1.$suffix" ]; then
            printf '%s\n' "$FOLDER/$1.$suffix"
            return
        fi
    done
    printf '没有这个证明 There is no proof %s in %s\n' "$1" "$FOLDER" >&2
    return 1
}

run() {
    case $1 in
    *.py) PYTHONPATH=tests${PYTHONPATH:+:$PYTHONPATH} "${PRESS_VENV:-.venv}/bin/python" "$1" ;;
    *.sh) sh "$1" ;;
    esac
}

FILES=
if [ $# -gt 0 ]; then
    for name in "$@"; do
        file=$(file_of "$name") || exit 2
        FILES="$FILES $file"
    done
else
    for file in "$FOLDER"/*.py "$FOLDER"/*.sh; do
        [ -f "$file" ] && FILES="$FILES $file"
    done
fi

failed=
summary=
for file in $FILES; do
    name=${file##*/}
    printf '\n=== %s\n' "$name"
    begun=$(date +%s)
    run "$file"
    status=$?
    seconds=$(($(date +%s) - begun))
    case $status in
    0) ended=passed ;;
    "$SKIPPED") ended="SKIPPED (see above)" ;;
    *)
        ended="FAILED with status $status"
        failed=1
        ;;
    esac
    summary="$summary
$name: $ended, $seconds s"
done
printf '\n=== Proofs%s\n' "$summary"
[ -z "$failed" ]
