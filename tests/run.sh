#!/usr/bin/env bash
# Sets up, then runs every check there is. Run with --help for what it does.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../installers/linux/setup.sh"

usage() {
  cat <<'TEXT'
usage: bash tests/run.sh [--long]

Makes .venv at the project's root, installs what is missing, then runs the linter, the formatter's check, the types,
the import contracts, all tests with coverage, and the check that coverage of the pure modules only rises.
Tests that need no desktop run beside those that do, at low priority; their output is shown when both are through.
Ends with 0 if all of them pass.

  --long  also the tests of full size (hours)
TEXT
}

pytest_options=()
while [ $# -gt 0 ]; do
  case $1 in
    --long) pytest_options+=(--long) ;;
    -h | --help) usage; exit 0 ;;
    *) say "unknown option: $1"; usage >&2; exit 2 ;;
  esac
  shift
done

set_up tests
cd "$root"
scratch=$(mktemp -d)
beside=
trap '[ -z "$beside" ] || kill "$beside" 2>/dev/null || true; rm -rf "$scratch"' EXIT
# Tests that need a desktop start their own; none may touch the one somebody works at.
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export LANG=C.UTF-8 LC_ALL=C.UTF-8

failed=()
check() {
  local name=$1
  shift
  printf '\n== %s\n' "$name"
  "$@" || failed+=("$name")
}

# What runs beside the desktop's tests; everything else in tests/ is theirs, so that a new folder is never left out.
without_desktop=(tests/unit tests/properties tests/architecture)

# Two pytests at once share the cache of their last failures; neither needs it here.
pytest=("$python" -m coverage run -m pytest -p no:cacheprovider "${pytest_options[@]}")

desktop_tests() {
  COVERAGE_FILE=$scratch/desktop.coverage "${pytest[@]}" tests "${without_desktop[@]/#/--ignore=}" 2>&1 |
    tee "$scratch/desktop.log"
}

other_tests() {
  local passed=0
  wait "$beside" || passed=$?
  beside=
  cat "$scratch/other.log"
  return "$passed"
}

ratchet() {
  export COVERAGE_FILE=$scratch/both.coverage
  "$python" -m coverage combine --quiet "$scratch/desktop.coverage" "$scratch/other.coverage" &&
    "$python" -m coverage json --quiet -o "$scratch/coverage.json" &&
    "$python" -m tests.architecture.coverage_ratchet "$scratch/coverage.json"
}

# Low priority: what is timed on a desktop, as typing is, must not wait for tests that only compute.
COVERAGE_FILE=$scratch/other.coverage nice -n 10 "${pytest[@]}" "${without_desktop[@]}" >"$scratch/other.log" 2>&1 &
beside=$!
check "lint" "$venv/bin/ruff" check .
check "format" "$venv/bin/ruff" format --check .
check "types" "$venv/bin/mypy"
check "imports" "$venv/bin/lint-imports" --no-logo
check "tests on a desktop and of whole programs" desktop_tests
check "tests that need no desktop" other_tests
check "coverage of the pure modules" ratchet

printf '\n'
if [ "${#failed[@]}" -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}"
else
  echo "every check passed"
fi
tail -qn 1 "$scratch/desktop.log" "$scratch/other.log"
[ "${#failed[@]}" = 0 ]
