"""The server's keyboard state: which modifiers and which group are in force, in one order with the keys.

Following the server instead of the keys is right also for modifiers held before we began, for layout switchers
and for sticky keys. Source: X Keyboard Extension Protocol 1.0 (XKBproto).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from agent.native.x11.connection import Connection
from agent.problems import Unavailable

_USE_EXTENSION: Final = 0
_SELECT_EVENTS: Final = 1
_GET_STATE: Final = 4
_CORE_KEYBOARD: Final = 0x100
_NEW_KEYBOARD: Final = 0
_MAP: Final = 1
_STATE: Final = 2
_MAPPING_NOTIFY: Final = 34
_GET_MODIFIER_MAPPING: Final = 119


@dataclass(frozen=True, slots=True)
class KeyboardState:
    """Real modifiers as bits (Shift Lock Control Mod1 to Mod5), groups as the server counts them, from 0."""

    base_mods: int
    latched_mods: int
    locked_mods: int
    base_group: int
    latched_group: int
    locked_group: int

    @property
    def mods(self) -> int:
        """The modifiers in force."""
        return self.base_mods | self.latched_mods | self.locked_mods


class Xkb:
    """Keyboard state events on ``connection``. Raises ``Unavailable`` if the server has no XKB."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        extension = connection.extension("XKEYBOARD")
        reply = connection.call(extension.opcode, _USE_EXTENSION, struct.pack("<HH", 1, 0)) if extension else None
        if extension is None or reply is None or not reply[1]:
            raise Unavailable("capture-failed", detail="The X server lacks the X Keyboard Extension.")
        self._extension = extension

    def select(self) -> None:
        """Ask for events of a new keyboard, a new map and a new state."""
        which = 1 << _NEW_KEYBOARD | 1 << _MAP | 1 << _STATE
        body = struct.pack("<HHHHHH", _CORE_KEYBOARD, which, 0, which, 0, 0)
        self._connection.send(self._extension.opcode, _SELECT_EVENTS, body)

    def state(self) -> KeyboardState | None:
        """The state now."""
        reply = self._connection.call(self._extension.opcode, _GET_STATE, struct.pack("<Hxx", _CORE_KEYBOARD))
        if reply is None:
            return None
        base, latched, locked, _group, locked_group, base_group, latched_group = struct.unpack_from("<5Bhh", reply, 9)
        return KeyboardState(base, latched, locked, base_group, latched_group, locked_group)

    def decode_state(self, event: bytes) -> KeyboardState | None:
        """The state an event announces, None if the event is something else."""
        if event[0] & 0x7F != self._extension.first_event or event[1] != _STATE:
            return None
        base, latched, locked, _group, base_group, latched_group, locked_group = struct.unpack_from("<4BhhB", event, 10)
        return KeyboardState(base, latched, locked, base_group, latched_group, locked_group)

    def is_new_map(self, event: bytes) -> bool:
        """Does this event say that keys now mean something else?"""
        kind = event[0] & 0x7F
        return kind == _MAPPING_NOTIFY or (kind == self._extension.first_event and event[1] in (_NEW_KEYBOARD, _MAP))

    def modifier_keys(self) -> tuple[tuple[int, ...], ...]:
        """For each of the eight real modifiers the keycodes that set it."""
        reply = self._connection.call(_GET_MODIFIER_MAPPING)
        if reply is None:
            return ((),) * 8
        width = reply[1]
        return tuple(
            tuple(code for code in reply[32 + row * width : 32 + (row + 1) * width] if code) for row in range(8)
        )
