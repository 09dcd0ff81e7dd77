"""Raw key and button events through the X Input Extension, and the few core requests that belong to them.

Raw events come from the server before it decides which client gets the key, in one order with everything else on
the connection, and also while another client holds a grab (since 2.1).
Sources: XI2proto.txt 2.2 (inputproto), X11 protocol.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, TypeAlias

from agent.native.x11.connection import Connection, Extension
from agent.problems import Unavailable

_GENERIC_EVENT: Final = 35
_RAW_KEY_PRESS: Final = 13
_RAW_KEY_RELEASE: Final = 14
_RAW_BUTTON_PRESS: Final = 15
_RAW_BUTTON_RELEASE: Final = 16
_KEY_REPEAT: Final = 1 << 16

_XI_GET_CLIENT_POINTER: Final = 45
_XI_SELECT_EVENTS: Final = 46
_XI_QUERY_VERSION: Final = 47
_XI_QUERY_DEVICE: Final = 48
_ALL_MASTER_DEVICES: Final = 1

#: Wheel steps are buttons 4 to 7 by convention: one press each, their release says nothing.
WHEEL: Final = range(4, 8)


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """A key went down or up. time: server milliseconds. ours: it came from the keyboard that core focus is about."""

    pressed: bool
    keycode: int
    time: int
    repeat: bool
    ours: bool


@dataclass(frozen=True, slots=True)
class ButtonEvent:
    """A pointer button went down or up, or a wheel turned one step (pressed). time: server milliseconds.

    ours: it came from the pointer that belongs to the keyboard of core focus.
    """

    pressed: bool
    button: int
    time: int
    ours: bool


RawInput: TypeAlias = KeyEvent | ButtonEvent


class XInput:
    """Raw input on ``connection``. Raises ``Unavailable`` if the server has no X Input Extension of 2.1 or later."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._extension = self._negotiate()
        self._pointer, self._keyboard = self._masters()

    def _negotiate(self) -> Extension:
        extension = self._connection.extension("XInputExtension")
        if extension is not None:
            reply = self._connection.call(extension.opcode, _XI_QUERY_VERSION, struct.pack("<HH", 2, 2))
            if reply is not None and struct.unpack_from("<HH", reply, 8) >= (2, 1):
                return extension
        raise Unavailable("capture-failed", detail="The X server lacks the X Input Extension 2.1.")

    def _masters(self) -> tuple[int, int]:
        """Our client's pointer and the keyboard paired with it: the one that GetInputFocus and FocusIn speak of."""
        opcode = self._extension.opcode
        pointer = 0
        reply = self._connection.call(opcode, _XI_GET_CLIENT_POINTER, struct.pack("<I", 0))
        if reply is not None:
            (pointer,) = struct.unpack_from("<H", reply, 10)
            reply = self._connection.call(opcode, _XI_QUERY_DEVICE, struct.pack("<Hxx", pointer))
        if reply is None or len(reply) < 44:
            raise Unavailable("capture-failed", detail="The X server names no keyboard.")
        # The first device is the pointer: where the client has set none, the question was about all of them.
        pointer, _use, keyboard = struct.unpack_from("<HHH", reply, 32)
        return pointer, keyboard

    def select(self) -> None:
        """Ask for raw key and button events of every master device."""
        mask = 1 << _RAW_KEY_PRESS | 1 << _RAW_KEY_RELEASE | 1 << _RAW_BUTTON_PRESS | 1 << _RAW_BUTTON_RELEASE
        body = struct.pack("<IHxxHHI", self._connection.root, 1, _ALL_MASTER_DEVICES, 1, mask)
        self._connection.send(self._extension.opcode, _XI_SELECT_EVENTS, body)

    def is_press(self, event: bytes) -> bool:
        """Is this a key or a button going down? Cheaper than ``decode``."""
        return (
            event[0] & 0x7F == _GENERIC_EVENT
            and event[1] == self._extension.opcode
            and event[8] in (_RAW_KEY_PRESS, _RAW_BUTTON_PRESS)
        )

    def decode(self, event: bytes) -> RawInput | None:
        """None if the event is something else."""
        if event[0] & 0x7F != _GENERIC_EVENT or event[1] != self._extension.opcode or len(event) < 32:
            return None
        kind, device, time, detail, _source, _valuators, flags = struct.unpack_from("<HHIIHHI", event, 8)
        if kind in (_RAW_KEY_PRESS, _RAW_KEY_RELEASE):
            repeat = bool(flags & _KEY_REPEAT)
            return KeyEvent(kind == _RAW_KEY_PRESS, detail, time, repeat, device == self._keyboard)
        pressed = kind == _RAW_BUTTON_PRESS
        if pressed or (kind == _RAW_BUTTON_RELEASE and detail not in WHEEL):
            return ButtonEvent(pressed, detail, time, device == self._pointer)
        return None
