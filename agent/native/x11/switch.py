"""The session's accessibility switch: without it programs say nothing of their fields.

Only what is needed: not the screen reader mode, and back where it was afterwards.
"""

from __future__ import annotations

import contextlib
from typing import Final

from agent.native.dbus import Bus, BusError, Call, session_address

LIMIT: Final = 0.2
_START_LIMIT: Final = 2.0
_STATUS: Final = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status")


class Switch:
    """The session's accessibility switch: on while we need it, back where it was afterwards."""

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._turned = False

    def turn_on(self) -> str:
        """The address of the accessibility bus. Raises ``BusError``."""
        with Bus(self._address or session_address(), _START_LIMIT) as bus:
            (address,) = bus.call(Call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", wake=True))
            if not bus.property(*_STATUS, "IsEnabled"):
                self._set(bus, on=True)
                self._turned = True
            return str(address)

    def put_back(self) -> None:
        """Off again if it was off. A session that is gone needs nothing."""
        if self._turned:
            with contextlib.suppress(BusError), Bus(self._address or session_address(), LIMIT) as bus:
                self._set(bus, on=False)

    @staticmethod
    def _set(bus: Bus, *, on: bool) -> None:
        to, path, interface = _STATUS
        bus.call(Call(to, path, "org.freedesktop.DBus.Properties", "Set", "ssv", (interface, "IsEnabled", ("b", on))))
