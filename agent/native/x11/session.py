"""Is the session locked, what would sending cost, and a clock that also runs while the computer sleeps.

Sources: org.freedesktop.login1(5); org.freedesktop.ScreenSaver and its desktops' variants; clock_gettime(2).
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from agent.native.base import Means
from agent.native.dbus import LIMIT, Bus, BusError, Call, session_address, system_address, to_bus
from agent.native.means import means
from agent.native.owner import owner
from agent.records import RawOwner

_FRESH_SECONDS: Final = 1.0
#: (name on the bus, path) of screen savers; each has GetActive in an interface of its own name.
_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
_LOGIN: Final = "org.freedesktop.login1"


class LinuxSession:
    """Implements ``agent.native.base.Session``. For one thread."""

    def __init__(
        self,
        environ: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """environ: where the buses' addresses and the session's id are taken from. clock: monotonic seconds."""
        self._environ = os.environ if environ is None else environ
        self._clock = clock
        self._login, self._session = _Kept(system_address), _Kept(session_address)
        self._asked_at: float | None = None
        self._answer: bool | None = None

    def locked(self) -> bool | None:
        """Is the session locked or its screen saver on? None: nobody could tell.

        The login manager's yes counts; its no only beside a screen saver's, because many lockers tell it nothing.
        Asks at most once a second and takes at most half a second.
        """
        now = self._clock()
        if self._asked_at is None or not 0 <= now - self._asked_at < _FRESH_SECONDS:
            login, saver = self._login_manager(), self._screen_saver()
            self._answer = True if login else saver
            self._asked_at = now
        return self._answer

    def means(self) -> Means:
        """What network manager and power service say."""
        try:
            with self._login.opened(self._environ) as bus:
                return means(bus)
        except BusError:
            return Means()

    def boot_clock(self) -> float:
        """Seconds since the start of the computer, sleep included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def owner(self) -> RawOwner:
        """From the account database."""
        return owner()

    def _login_manager(self) -> bool | None:
        try:
            with self._login.opened(self._environ) as bus:
                path = self._session_path(bus)
                hint = bus.property(_LOGIN, path, f"{_LOGIN}.Session", "LockedHint")
        except (BusError, IndexError, TypeError):
            return None
        return hint if isinstance(hint, bool) else None

    def _session_path(self, bus: Bus) -> str:
        """Our session: the one named in the environment, else the one our process was started in."""
        manager = f"{_LOGIN}.Manager"
        if identifier := self._environ.get("XDG_SESSION_ID"):
            call = Call(_LOGIN, "/org/freedesktop/login1", manager, "GetSession", "s", (identifier,))
        else:
            call = Call(_LOGIN, "/org/freedesktop/login1", manager, "GetSessionByPID", "u", (os.getpid(),))
        return str(bus.call(call)[0])

    def _screen_saver(self) -> bool | None:
        answers: list[bool] = []
        try:
            with self._session.opened(self._environ) as bus:
                running = set(bus.call(to_bus("ListNames"))[0])
                deadline = self._clock() + LIMIT
                for name, path in _SAVERS:
                    if name in running and (left := deadline - self._clock()) > 0:
                        answers += _active(bus, name, path, left)
        except (BusError, IndexError, TypeError):
            return True if any(answers) else None
        return any(answers) if answers else None


class _Kept:
    """A connection that is used again as long as all goes well: it is needed every second for a whole day."""

    def __init__(self, address: Callable[[Mapping[str, str]], str]) -> None:
        self._address = address
        self._bus: Bus | None = None
        self._where = ""
        self._close: Callable[[], object] = _nothing

    @contextmanager
    def opened(self, environ: Mapping[str, str]) -> Iterator[Bus]:
        """Whatever goes wrong inside ends the connection. Raises ``BusError``."""
        where = self._address(environ)
        if self._bus is None or where != self._where or not _alive(self._bus):
            self._close()
            self._bus = Bus(where, LIMIT)
            self._where = where
            self._close = weakref.finalize(self, self._bus.close)
        try:
            yield self._bus
        except BaseException:
            self._close()
            self._bus = None
            raise


def _alive(bus: Bus) -> bool:
    """Is the other end still there? What it said unasked is thrown away."""
    try:
        while bus.take(0) is not None:
            pass
    except BusError:
        return False
    return True


def _nothing() -> None:
    """There is nothing to close yet."""


def _active(bus: Bus, name: str, path: str, limit: float) -> list[bool]:
    """The screen saver's answer as a list of one; none if it has none."""
    try:
        (active,) = bus.call(Call(name, path, name, "GetActive"), limit)
    except (BusError, ValueError):
        return []
    return [active] if isinstance(active, bool) else []
