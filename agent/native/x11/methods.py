"""Does an input method take the keys: asked of ibus, fcitx 5 and the X server, never of a program.

Promise: PLAIN and ABSENT are said only if every input method that shows itself was asked and answered that it passes
keys on as the layout has them. Whatever is unsure (no session bus, no answer in time, an engine or server of another
name) is COMPOSING: keys then say nothing about the text. Nothing of what is composed is asked for.

Source: ibus 1.5 (bus/ibusimpl.c: GlobalEngine, GetUseGlobalEngine), fcitx 5 (Controller1.CurrentInputMethod), The
Input Method Protocol 1.0 (XIM_SERVERS, "@server=" selections).
"""

from __future__ import annotations

import contextlib
import enum
import re
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from agent.native.dbus import Bus, BusError, Call, session_address, to_bus
from agent.native.x11.connection import Connection
from agent.native.x11.display import DisplayName


class Method(enum.Enum):
    """ABSENT: none runs. PLAIN: one runs and passes keys on. COMPOSING: one takes keys, or nobody can tell."""

    ABSENT = enum.auto()
    PLAIN = enum.auto()
    COMPOSING = enum.auto()


#: Seconds for one answer; with every question of one look it stays below the quarantine of a key.
LIMIT: Final = 0.1
FCITX5: Final = "org.fcitx.Fcitx5"
_IBUS: Final = "org.freedesktop.IBus"
_IBUS_NAMES: Final = (_IBUS, "org.freedesktop.portal.IBus")
_IBUS_PATH: Final = "/org/freedesktop/IBus"
#: Well-known names under which input methods are on the session bus. fcitx 5 takes those of ibus, too.
NAMES: Final = (
    FCITX5,
    "org.fcitx.Fcitx",
    "org.fcitx.Fcitx-0",
    "org.freedesktop.portal.Fcitx",
    *_IBUS_NAMES,
)
#: What the variables that choose an input method may say without making it one that is not asked here. A program's
#: own table of dead keys and the X server's are none.
_KNOWN_MODULES: Final = frozenset(
    {"", "none", "simple", "gtk-im-context-simple", "compose", "cedilla", "xim", "ibus", "fcitx", "fcitx5", "wayland"}
)
_MODULE_VARIABLES: Final = ("GTK_IM_MODULE", "QT_IM_MODULE", "QT_IM_MODULES", "QT4_IM_MODULE", "CLUTTER_IM_MODULE")
#: Looks that signals may come into before nobody can tell.
_MOST_TURNS: Final = 3
_XIM_PREFIX: Final = "@server="
_ATOM: Final = 4
_LONGEST_NAME: Final = 64
#: What comes of an answer of another shape than agreed.
_NONSENSE: Final = (LookupError, TypeError, ValueError, AttributeError)

#: Chords that open a window or a line of the input method itself (characters by number, by name, phrases), which then
#: takes letters: ibus and fcitx 5 as delivered, and GTK without either.
_BY_NUMBER: Final = frozenset({"u", "U"})
_OPENS: Final = frozenset({"period", "semicolon", "grave"})
_CHORDS: Final = frozenset({"Control", "Alt", "Super"})


def opens(method: Method, key: str, modifiers: frozenset[str]) -> bool:
    """May this chord open something in which the input method takes the letters that follow?"""
    if not modifiers & _CHORDS:
        return False
    if key in _BY_NUMBER and {"Control", "Shift"} <= modifiers:
        return True
    return method is not Method.ABSENT and (key in _OPENS or (key in ("e", "E") and "Shift" in modifiers))


class InputMethods:
    """One look at what input methods of a session say. For one thread. Close it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Raises ``BusError``, ``Unavailable`` or ``ServerGone`` if there is nobody to ask."""
        self._environ = environ
        self._ibus: tuple[str, Bus] | None = None
        #: Name to process.
        self._owners: dict[str, int] | None = None
        self.session = Bus(session_address(environ), LIMIT)
        try:
            for name in NAMES:
                self.session.match(
                    "sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
                    f"member='NameOwnerChanged',arg0='{name}'"
                )
            self._x = Connection(environ, LIMIT)
        except BaseException:
            self.session.close()
            raise

    def close(self) -> None:
        self.session.close()
        self._x.close()
        self._leave_ibus()

    def descriptors(self) -> tuple[int, ...]:
        """Readable when something changed that makes another look worth it."""
        return (self.session.fileno(), *((self._ibus[1].fileno(),) if self._ibus is not None else ()))

    def _news(self) -> bool:
        """Take the signals that have arrived: that there were some is all they say. Raises ``BusError``."""
        session = ibus = False
        while self.session.take(0) is not None:
            session, self._owners = True, None
        if self._ibus is not None:
            try:
                while self._ibus[1].take(0) is not None:
                    ibus = True
            except BusError:
                self._leave_ibus()
        return session or ibus

    def look(self) -> Method:
        """What input methods say now. Raises ``BusError`` or ``ServerGone`` when a connection has ended."""
        self._news()
        for _ in range(_MOST_TURNS):
            found = self._ask()
            if not self._news():
                return found
        return Method.COMPOSING

    def _ask(self) -> Method:
        if not _modules(self._environ) <= _KNOWN_MODULES:
            return Method.COMPOSING
        if self._owners is None:
            self._owners = {name: owner for name in NAMES if (owner := self._owner(name)) is not None}
        owners = self._owners
        fcitx = owners.get(FCITX5)
        # fcitx 5 stands in for ibus, too, and leaves a file as that does.
        addresses = {address for address, pid in _ibus_addresses(self._environ) if pid != fcitx}
        ibus = bool(addresses) or any(owners.get(name, fcitx) != fcitx for name in _IBUS_NAMES)
        answered = {"ibus"} if ibus else set()
        answered |= {"ibus", "fcitx", "fcitx5"} if fcitx is not None else set()
        if not self._xim_servers() <= answered or (owners and fcitx is None and not owners.keys() <= set(_IBUS_NAMES)):
            return Method.COMPOSING
        if fcitx is None and not ibus:
            return Method.ABSENT
        plain = (fcitx is None or self._fcitx_is_plain()) and (not ibus or self._ibus_is_plain(addresses))
        return Method.PLAIN if plain else Method.COMPOSING

    def _owner(self, name: str) -> int | None:
        try:
            return int(self.session.call(to_bus("GetConnectionUnixProcessID", "s", name))[0])
        except BusError as problem:
            if problem.name == "org.freedesktop.DBus.Error.NameHasNoOwner":
                return None
            raise

    # fcitx 5 -------------------------------------------------------------------------------------------------

    def _fcitx_is_plain(self) -> bool:
        """The input method of the context that was used last; it names layouts ``keyboard-us``. Empty: nobody's."""
        try:
            (name,) = self.session.call(
                Call(FCITX5, "/controller", "org.fcitx.Fcitx.Controller1", "CurrentInputMethod")
            )
        except (BusError, *_NONSENSE):
            return False
        return isinstance(name, str) and name.startswith("keyboard-")

    # ibus ----------------------------------------------------------------------------------------------------

    def _ibus_is_plain(self, addresses: set[str]) -> bool:
        """One engine serves all programs, and it is a layout (``xkb:us::eng``)."""
        if len(addresses) != 1:
            return False
        try:
            bus = self._ibus_at(next(iter(addresses)))
            (shared,) = bus.call(Call(_IBUS, _IBUS_PATH, _IBUS, "GetUseGlobalEngine"))
            engine: Any = bus.property(_IBUS, _IBUS_PATH, _IBUS, "GlobalEngine")
            return bool(shared) and str(engine[1][2]).startswith("xkb:")
        except (BusError, *_NONSENSE):
            self._leave_ibus()
            return False

    def _ibus_at(self, address: str) -> Bus:
        if self._ibus is not None and self._ibus[0] != address:
            self._leave_ibus()
        if self._ibus is None:
            bus = Bus(address, LIMIT)
            self._ibus = address, bus
            bus.match(f"interface='{_IBUS}',member='GlobalEngineChanged'")
        return self._ibus[1]

    def _leave_ibus(self) -> None:
        if self._ibus is not None:
            self._ibus[1].close()
            self._ibus = None

    # X input methods -----------------------------------------------------------------------------------------

    def _xim_servers(self) -> set[str]:
        """Names of the input method servers that X programs find. One without an owner has ended."""
        atom = self._x.atom("XIM_SERVERS")
        reply = self._x.call(20, 0, struct.pack("<IIIII", self._x.root, atom, _ATOM, 0, _LONGEST_NAME))
        if reply is None or reply[1] != 32:
            return set()
        (count,) = struct.unpack_from("<I", reply, 16)
        found = set()
        for server in struct.unpack_from(f"<{count}I", reply, 32):
            owner = self._x.call(23, 0, struct.pack("<I", server))
            if owner is not None and owner[8:12] != bytes(4):
                found.add(self._atom_name(server).removeprefix(_XIM_PREFIX))
        return found

    def _atom_name(self, atom: int) -> str:
        reply = self._x.call(17, 0, struct.pack("<I", atom))
        if reply is None:
            return ""
        (length,) = struct.unpack_from("<H", reply, 8)
        return reply[32 : 32 + length].decode(errors="replace")


def _modules(environ: Mapping[str, str]) -> set[str]:
    """What the variables that choose input methods name."""
    return {name for variable in _MODULE_VARIABLES for name in re.split("[:;]", environ.get(variable, ""))}


def _ibus_addresses(environ: Mapping[str, str]) -> set[tuple[str, int]]:
    """Where the daemons of this display listen and their processes (0: not said), by what they leave for programs.

    The files of daemons that have ended stay behind; they count for nothing.
    """
    found = {(address, 0)} if (address := environ.get("IBUS_ADDRESS")) else set()
    config = environ.get("XDG_CONFIG_HOME") or f"{environ.get('HOME', '')}/.config"
    display = DisplayName.parse(environ.get("DISPLAY", ""))
    for file in Path(config, "ibus", "bus").glob(f"*-unix-{display.number}"):
        said: dict[str, str] = {}
        with contextlib.suppress(OSError):
            lines = file.read_text(errors="replace").splitlines()
            said = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        pid = said.get("IBUS_DAEMON_PID", "")
        if "IBUS_ADDRESS" in said and pid.isdecimal() and Path("/proc", pid).exists():
            found.add((said["IBUS_ADDRESS"], int(pid)))
    return found
