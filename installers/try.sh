#!/usr/bin/env bash
# Sets Aboveboard up in this folder and shows it. Run with --help for what it does.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/linux/setup.sh"

usage() {
  cat <<'TEXT'
usage: bash installers/try.sh [--demo] [--report DIR]

Makes .venv at the project's root, installs what is missing, then
  with a screen     starts the app in trial mode: your own throw-away organisation on this computer, nothing leaves it
  without a screen  or with --demo: drives the whole way on a virtual desktop and checks every promise

  --demo        the virtual desktop, also where there is a screen
  --report DIR  where the demo puts report.html, report.json and the pictures (default ./demo-report)
TEXT
}

demo=
report=$PWD/demo-report
while [ $# -gt 0 ]; do
  case $1 in
    --demo) demo=yes ;;
    --report)
      [ $# -ge 2 ] && [ -n "$2" ] || { usage >&2; exit 2; }
      report=$2
      shift
      ;;
    --report=?*) report=${1#--report=} ;;
    -h | --help) usage; exit 0 ;;
    *) say "unknown option: $1"; usage >&2; exit 2 ;;
  esac
  shift
done
case $report in
  /*) ;;
  *) report=$PWD/$report ;;
esac
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || demo=yes

if [ -n "$demo" ]; then
  set_up tests
  cd "$root"
  exec env -u DISPLAY -u WAYLAND_DISPLAY "$python" -m tests.demo --report "$report"
fi

set_up app
cd "$root"
exec "$python" installers/trial.py
