# Shell parts shared by installers/try.sh and tests/run.sh. Sourced, never run.
#
#   set_up app    what the app and a local trial organisation need
#   set_up tests  that, the development tools, and a virtual desktop
#   set_up build  what freezes the app
#
# Leaves $python pointing at the interpreter of .venv. Safe to interrupt anywhere and to run twice at once: one run
# holds a lock, the stamp that says "done" is written last, and a .venv that an interrupted run left is made anew.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
venv=$root/.venv
python=$venv/bin/python

# The smallest set with which Qt loads its X11 plugin on a system without any desktop, the libraries with which the
# engine reads the keyboard (libxcb, libxkbcommon), and the accessibility service that tells password fields.
packages_app=(
  libglib2.0-0 libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0
  libxcb1 at-spi2-core
)
# A desktop without a screen: server, window manager, tray host, session bus, keyring, programs to type into,
# input methods, and the tools with which tests look at it from outside.
packages_tests=(
  xvfb openbox trayer xterm mousepad zenity firefox-esr x11-utils x11-xserver-utils x11-xkb-utils xdotool strace
  dbus libatk-adaptor gnome-keyring adwaita-icon-theme fonts-dejavu-core
  ibus ibus-m17n ibus-gtk3 fcitx5 fcitx5-m17n
)
# PyInstaller looks with objdump at what a library needs.
packages_build=(binutils)

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

# The newest acceptable interpreter that is already there. On a bare system the first one named is what apt brings.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}

# Debian's name for what "$1" lacks to make a virtual environment; nothing if it lacks nothing.
venv_package() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  case $1 in
    /usr/bin/*) "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
    *) stop "$1 has no modules venv and ensurepip, and it does not come from the system's packages. Install a complete Python 3.11 or newer." ;;
  esac
}

# Debian's name for the shared library of its own interpreter "$1", which a frozen program takes along; nothing if it
# is there, or if the interpreter is from elsewhere.
library_package() {
  case $1 in /usr/bin/*) ;; *) return 0 ;; esac
  "$1" -c '
import pathlib, sys, sysconfig
name = sysconfig.get_config_var("INSTSONAME") or ""
if ".so" not in name or not (pathlib.Path(sysconfig.get_config_var("LIBDIR")) / name).exists():
    print("libpython%d.%d" % sys.version_info[:2])'
}

# Those of the packages in "$@" that are not installed. Newer releases call some libraries NAMEt64.
missing_packages() {
  local installed package
  installed=" $(dpkg-query -W -f '${db:Status-Status}/${Package} ' 2>/dev/null) "
  for package in "$@"; do
    case $installed in
      *" installed/$package "* | *" installed/${package}t64 "*) ;;
      *) printf '%s\n' "$package" ;;
    esac
  done
}

# Runs "$@" as root, or fails if that is not possible without asking for a password.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

may_be_root() {
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

install_packages() {
  local said apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  say "Installing $# packages of the operating system ..."
  if [ -n "$(dpkg --audit 2>/dev/null)" ]; then
    # An earlier installation was cut off; apt refuses to go on before this.
    as_root dpkg --configure -a >&2 9<&-
  fi
  as_root "${apt[@]}" update >&2 9<&- || say "The package lists could not be updated; trying with those that are here."
  # Packages talk a lot while they are installed; what they said matters only if it failed.
  if ! said=$(as_root "${apt[@]}" install -y --no-install-recommends "$@" 2>&1 9<&-); then
    tail -n 20 <<<"$said" >&2
    stop "apt-get could not install: $*"
  fi
}

# What the operating system must have for "$@"; installs it where that is allowed, else names it and stops.
need_packages() {
  local missing
  if ! command -v dpkg-query >/dev/null; then
    stop "This set-up knows Debian and Ubuntu. On another system install Python 3.11 or newer with venv, and what these packages of Debian contain:" "$@"
  fi
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  if may_be_root; then
    install_packages "${missing[@]}"
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" = 0 ] || stop "These packages are still missing: ${missing[*]}"
    return 0
  fi
  say "These packages of the operating system are missing:"
  say "  ${missing[*]}"
  say "Only an administrator can install them. The command is:"
  say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  exit 1
}

pip_install() {
  local attempt
  for attempt in 1 2 3; do
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore \
      "$python" -m pip install -qq --retries 5 "$@" >&2 9<&- && return
    [ "$attempt" = 3 ] || say "That did not work; trying again ..."
  done
  stop "pip could not install what Aboveboard needs. Nothing is half done: run the same command again."
}

# A hash of everything the content of .venv depends on.
wanted_stamp() {
  {
    cat "$root/pyproject.toml" "$root/installers/linux/setup.sh"
    "$1" -c 'import sys; print(sys.version, sys.base_prefix)'
    printf '%s\n' "$root"
  } | sha256sum | cut -d ' ' -f 1
}

# Is .venv complete for kind $1, given the stamp $2? What the tests need contains what the app needs.
is_set_up() {
  [ -x "$python" ] && [ ! -e "$venv/.unfinished" ] || return 1
  [ "$(cat "$venv/.done-tests" 2>/dev/null)" = "$2" ] && return
  [ "$(cat "$venv/.done-$1" 2>/dev/null)" = "$2" ]
}

make_venv() {
  local base=$1 kind=$2 stamp=$3 extras
  rm -rf "$root"/.venv.old.*
  if [ -d "$venv" ] && { [ -e "$venv/.unfinished" ] || ! same_python "$base"; }; then
    # Renamed first: a removal that is cut off must not look like a whole environment.
    mv "$venv" "$venv.old.$$"
    rm -rf "$venv.old.$$"
  fi
  mkdir -p "$venv"
  : >"$venv/.unfinished"
  if [ ! -x "$python" ]; then
    say "Making .venv ..."
    "$base" -m venv "$venv" 9<&-
  fi
  case $kind in
    app) extras=collector ;;
    tests) extras=dev ;;
    build) extras=build ;;
  esac
  say "Installing Aboveboard and its libraries into .venv (some minutes the first time) ..."
  pip_install -e "$root[$extras]"
  rm "$venv/.unfinished"
  printf '%s\n' "$stamp" >"$venv/.done-$kind.new"
  mv "$venv/.done-$kind.new" "$venv/.done-$kind"
}

# Does .venv run, and on the interpreter $1?
same_python() {
  local version='import sys; print(sys.version)'
  [ -x "$python" ] && [ "$("$python" -c "$version" 2>/dev/null)" = "$("$1" -c "$version")" ]
}

set_up() {
  local kind=$1 base stamp packages=("${packages_app[@]}") lacks
  exec 9<"$root/installers/linux/setup.sh"
  if ! flock -n 9; then
    say "Another set-up of this folder is running; waiting for it ..."
    flock 9
  fi
  if [ "$kind" != app ]; then packages+=("${packages_build[@]}"); fi
  if [ "$kind" = tests ]; then
    packages+=("${packages_tests[@]}")
    # Tests ask an HPKE of other authors. Node from elsewhere brings its own npm, and Debian's would push it out.
    if ! { command -v node && command -v npm; } >/dev/null; then packages+=(nodejs npm); fi
  fi
  base=$(find_python)
  if [ -z "$base" ]; then
    packages+=(python3 python3-venv)
  else
    lacks=$(venv_package "$base")
    [ -z "$lacks" ] || packages+=("$lacks")
    if [ "$kind" != app ]; then lacks=$(library_package "$base"); [ -z "$lacks" ] || packages+=("$lacks"); fi
  fi
  need_packages "${packages[@]}"
  base=$(find_python)
  [ -n "$base" ] || stop "Python 3.11 or newer is needed, and this system's packages bring an older one."
  if [ "$kind" != app ]; then lacks=$(library_package "$base"); [ -z "$lacks" ] || need_packages "$lacks"; fi
  stamp=$(wanted_stamp "$base")
  is_set_up "$kind" "$stamp" || make_venv "$base" "$kind" "$stamp"
  exec 9<&-
}
