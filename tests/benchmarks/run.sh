#!/usr/bin/env bash
# Measures what the product costs on this machine, beside the least that programs of its kind can cost.
# Options go to tests.benchmarks.load (--help); --quick: 20 s of load instead of 60.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../../installers/linux/setup.sh"
set_up tests
cd "$root"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export LANG=C.UTF-8 LC_ALL=C.UTF-8

options=()
for option in "$@"; do
  if [ "$option" = --quick ]; then options+=(--seconds 20 --idle 10); else options+=("$option"); fi
done
# The peer alone uses it. Not among the development tools: there it would bring evdev, which needs a compiler.
if "$python" -m pip install --quiet --no-deps --target "$scratch/pynput" pynput==1.8.2 python-xlib==0.33 six==1.17.0; then
  options+=(--pynput "$scratch/pynput")
fi
"$python" -m tests.benchmarks.snapshots
printf '\n'
"$python" -m tests.benchmarks.load "${options[@]}"
