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
trap 'rm -rf "$scratch"' EXIT
# Tests that need a desktop start their own; none may touch the one somebody works at.
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export LANG=C.UTF-8 LC_ALL=C.UTF-8 COVERAGE_FILE=$scratch/coverage

failed=()
check() {
  local name=$1
  shift
  printf '\n== %s\n' "$name"
  "$@" || failed+=("$name")
}

run_tests() {
  "$python" -m coverage run -m pytest "${pytest_options[@]}" 2>&1 | tee "$scratch/pytest.log"
}

ratchet() {
  "$python" -m coverage json --quiet -o "$scratch/coverage.json" &&
    "$python" -m tests.architecture.coverage_ratchet "$scratch/coverage.json"
}

check "lint" "$venv/bin/ruff" check .
check "format" "$venv/bin/ruff" format --check .
check "types" "$venv/bin/mypy"
check "imports" "$venv/bin/lint-imports" --no-logo
check "tests" run_tests
check "coverage of the pure modules" ratchet

printf '\n'
if [ "${#failed[@]}" -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}"
else
  echo "every check passed"
fi
tail -n 1 "$scratch/pytest.log"
[ "${#failed[@]}" = 0 ]
