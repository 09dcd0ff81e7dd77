#!/usr/bin/env bash
# Builds the frozen app and its Debian package. Run with --help for what it does.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/setup.sh"

usage() {
  cat <<'TEXT'
usage: bash installers/linux/build.sh [OUT]

Makes .venv at the project's root with what a build needs, freezes window, engine and command into one folder, and
packs it: OUT/aboveboard/ and OUT/aboveboard_VERSION_ARCH.deb (OUT: ./dist). What runs at the organisation is not in it.
TEXT
}

out=$PWD/dist
case ${1:-} in
  -h | --help) usage; exit 0 ;;
  -*) say "unknown option: $1"; usage >&2; exit 2 ;;
  ?*) mkdir -p "$1"; out=$(cd "$1" && pwd) ;;
esac

command -v dpkg-deb >/dev/null || stop "dpkg-deb is missing: it comes with Debian and Ubuntu."
set_up build
shared=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("INSTSONAME") or "")')
[[ $shared = *.so* ]] || need_packages "$("$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')"

cd "$root"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
say "Freezing ..."
"$python" -m PyInstaller --noconfirm --log-level ERROR --distpath "$scratch/dist" --workpath "$scratch/work" \
  "$here/package/aboveboard.spec" >&2
"$python" "$here/package/trim.py" "$scratch/dist/aboveboard" >&2
rm -rf "${out:?}/aboveboard"
mkdir -p "$out"
mv "$scratch/dist/aboveboard" "$out/aboveboard"

version=$("$python" -c 'from importlib.metadata import version; print(version("aboveboard"))')
arch=$(dpkg --print-architecture)
tree=$scratch/tree
install -d "$tree/DEBIAN" "$tree/usr/lib" "$tree/usr/bin" "$tree/usr/share/applications" "$tree/etc/xdg/autostart" \
  "$tree/usr/share/icons/hicolor/scalable/apps" "$tree/usr/share/doc/aboveboard"
cp -a "$out/aboveboard" "$tree/usr/lib/aboveboard"
ln -s ../lib/aboveboard/aboveboard "$tree/usr/bin/aboveboard"
install -m 644 "$here/package/aboveboard.desktop" "$tree/usr/share/applications/aboveboard.desktop"
# Starts for everybody at login, in the tray. Without a policy it says that nobody asks, and collects nothing.
install -m 644 "$here/package/aboveboard-autostart.desktop" "$tree/etc/xdg/autostart/aboveboard.desktop"
install -m 644 "$root/ui/resources/icons/logo.svg" "$tree/usr/share/icons/hicolor/scalable/apps/aboveboard.svg"
"$python" "$here/package/licences.py" "$root/LICENSE" >"$tree/usr/share/doc/aboveboard/copyright"
depends=$(printf '%s, ' "${packages_app[@]}")
cat >"$tree/DEBIAN/control" <<CONTROL
Package: aboveboard
Version: $version
Architecture: $arch
Maintainer: Aboveboard maintainers
Installed-Size: $(du -ks "$tree/usr" | cut -f 1)
Depends: libc6, $(sed 's/libglib2.0-0,/libglib2.0-0 | libglib2.0-0t64,/' <<<"${depends%, }")
Recommends: gnome-keyring | kwalletmanager | keepassxc
Section: utils
Priority: optional
Description: consented work recording that can be seen, stopped and taken back
 A tray icon, a sign on the screen and one window. Nothing is collected before the employee says yes, and nothing
 leaves this computer that they have not seen or let go. The organisation's policy is /etc/aboveboard/policy.json;
 it is not part of this package.
CONTROL
find "$tree" -type d -exec chmod 755 {} +
package=$out/aboveboard_${version}_$arch.deb
dpkg-deb --root-owner-group --build -Zxz "$tree" "$package" >/dev/null
say "$(du -sh "$out/aboveboard" | cut -f 1) frozen, $(du -h "$package" | cut -f 1) packed"
printf '%s\n' "$package"
