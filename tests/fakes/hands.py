"""Hands at the keyboard and the mouse of a virtual screen: XTEST events, which take the way of real ones."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from agent.native.x11.connection import Connection

_PRESS, _RELEASE, _BUTTON_PRESS, _BUTTON_RELEASE, _MOTION = 2, 3, 4, 5, 6
#: Key codes of a US keyboard with 105 keys (evdev numbering).
_ROWS = (
    (10, "1234567890-=", "!@#$%^&*()_+"),
    (24, "qwertyuiop[]", "QWERTYUIOP{}"),
    (38, "asdfghjkl;'", 'ASDFGHJKL:"'),
    (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
NAMED = {
    "Escape": 9,
    "BackSpace": 22,
    "Tab": 23,
    "Return": 36,
    "Control": 37,
    "Shift": 50,
    "Alt": 64,
    "space": 65,
    "Caps_Lock": 66,
    "Num_Lock": 77,
    "KP_7": 79,
    "KP_Add": 86,
    "AltGr": 108,
    "Home": 110,
    "Up": 111,
    "Left": 113,
    "Right": 114,
    "End": 115,
    "Down": 116,
    "Delete": 119,
    "Super": 133,
}
CODES: dict[str, tuple[int, bool]] = {" ": (65, False), "`": (49, False), "~": (49, True)}
for _first, _plain, _shifted in _ROWS:
    CODES |= {character: (_first + place, False) for place, character in enumerate(_plain)}
    CODES |= {character: (_first + place, True) for place, character in enumerate(_shifted)}


class Hands:
    """Types and clicks on the screen of ``environ["DISPLAY"]``. Each method returns when the server has done it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._connection = Connection(environ)
        extension = self._connection.extension("XTEST")
        assert extension is not None, "the server has no XTEST"
        self._opcode = extension.opcode

    def close(self) -> None:
        self._connection.close()

    def type(self, text: str) -> None:
        for character in text:
            code, shift = CODES[character]
            if shift:
                self._event(_PRESS, NAMED["Shift"])
            self.tap(code)
            if shift:
                self._event(_RELEASE, NAMED["Shift"])
        self.sync()

    def key(self, name: str) -> None:
        """Press and release a named key."""
        self.tap(NAMED[name])
        self.sync()

    def tap(self, code: int) -> None:
        self._event(_PRESS, code)
        self._event(_RELEASE, code)

    def down(self, name: str) -> None:
        self._event(_PRESS, NAMED.get(name) or CODES[name][0])
        self.sync()

    def up(self, name: str) -> None:
        self._event(_RELEASE, NAMED.get(name) or CODES[name][0])
        self.sync()

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.point(x, y)
        self._event(_BUTTON_PRESS, button)
        self._event(_BUTTON_RELEASE, button)
        self.sync()

    def press(self, x: int, y: int, button: int = 1) -> None:
        """Move there and press, without waiting for the server."""
        self._event(_MOTION, 0, x, y)
        self._event(_BUTTON_PRESS, button)

    def release(self, x: int, y: int, button: int = 1) -> None:
        """Move there and release, without waiting for the server."""
        self._event(_MOTION, 0, x, y)
        self._event(_BUTTON_RELEASE, button)

    def point(self, x: int, y: int) -> None:
        """Move the pointer there."""
        self._event(_MOTION, 0, x, y)
        self.sync()

    def sync(self) -> None:
        self._connection.call(43)

    def _event(self, kind: int, detail: int, x: int = 0, y: int = 0) -> None:
        body = struct.pack("<BBxxIIxxxxxxxxhhxxxxxxxx", kind, detail, 0, self._connection.root if x or y else 0, x, y)
        self._connection.send(self._opcode, 2, body)
