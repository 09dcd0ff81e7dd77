"""Everything that touches the operating system, behind the Protocols of ``agent.native.base``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from agent.native.base import Native
from agent.native.hardening import harden
from agent.native.none import unsupported
from agent.vault import Keystore

__all__ = ["harden", "machine", "open_keystore", "open_native"]

#: Names this installation of the system, https://www.freedesktop.org/software/systemd/man/machine-id.html. To be hashed
#: under a key before it is written anywhere, as that page asks.
_MACHINE: Final = Path("/etc/machine-id")


def open_native(profile: str, platform_name: str | None = None, environ: Mapping[str, str] | None = None) -> Native:
    """What this session offers, for ``profile`` (names its keys in the keystore).

    Loads no hook and connects to nothing; only ``input.start`` does. ``platform_name``: as ``sys.platform``.
    In a session without X11 everything that would see keys or windows raises ``Unavailable`` (session-unsupported),
    with the reason, as soon as it is asked to.
    """
    platform_name = sys.platform if platform_name is None else platform_name
    environ = os.environ if environ is None else environ
    if not platform_name.startswith("linux"):
        return unsupported(profile, "Aboveboard cannot read the keyboard of this operating system yet.", linux=False)
    reason = _why_not_x11(environ)
    if reason:
        return unsupported(profile, reason, linux=True)
    return _open_x11(profile, environ)


def open_keystore(profile: str, platform_name: str | None = None) -> Keystore:
    """The keystore alone, for ``profile``: for commands that need neither keyboard nor screen, as over ssh.

    Every use of it raises ``Unavailable('keystore-unavailable')`` where there is none.
    """
    if not (sys.platform if platform_name is None else platform_name).startswith("linux"):
        return unsupported(profile, "Aboveboard has no keystore for this operating system yet.", linux=False).keystore
    from agent.native.keystore import SecretServiceKeystore  # noqa: PLC0415  # Linux only

    return SecretServiceKeystore(profile, patience=10.0)


def machine(place: Path = _MACHINE) -> bytes:
    """What tells this computer from another; empty where nothing does."""
    try:
        return place.read_bytes().strip()
    except OSError:
        return b""


def _why_not_x11(environ: Mapping[str, str]) -> str:
    """Empty for an X11 session. A Wayland session sets DISPLAY too, for the few X programs in it; what is seen
    there is not what the person types.
    """
    kind = environ.get("XDG_SESSION_TYPE", "")
    if kind == "wayland" or (environ.get("WAYLAND_DISPLAY") and kind != "x11"):
        return "This is a Wayland session: it does not show keystrokes of other programs."
    if not environ.get("DISPLAY"):
        return "There is no graphical session here (DISPLAY is not set)."
    return ""


def _open_x11(profile: str, environ: Mapping[str, str]) -> Native:
    # Imported here: these exist for Linux only, and an import would be the first step to what nobody agreed to.
    from agent.native.keystore import SecretServiceKeystore  # noqa: PLC0415
    from agent.native.x11.accessibility import FieldWatch  # noqa: PLC0415
    from agent.native.x11.indicator import X11Indicator  # noqa: PLC0415
    from agent.native.x11.input import X11Input  # noqa: PLC0415
    from agent.native.x11.installed import DesktopEntries  # noqa: PLC0415
    from agent.native.x11.session import LinuxSession  # noqa: PLC0415

    installed = DesktopEntries(environ)
    return Native(
        name="x11",
        input=X11Input(FieldWatch(), installed.programs, environ),
        indicator=X11Indicator(environ),
        # Shorter than the window waits for a sign of life: a keyring nobody unlocks is a problem, not a hang.
        keystore=SecretServiceKeystore(profile, patience=10.0),
        installed=installed,
        session=LinuxSession(),
    )
