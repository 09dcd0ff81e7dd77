"""Which keys a person presses to type a character on the layout that is set now, dead keys included.

Reads the server's own map (X11 protocol, GetKeyboardMapping): columns are group 1 plain and with Shift, group 2 plain
and with Shift, group 1 with AltGr and with AltGr and Shift. Key symbols become characters through libxkbcommon.
"""

from __future__ import annotations

import ctypes
import struct
import subprocess
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from agent.native.x11.connection import Connection

_GET_KEYBOARD_MAPPING = 101
_FIRST_CODE = 8
_XKB_USE_EXTENSION, _XKB_LATCH_LOCK_STATE = 0, 5
_CORE_KEYBOARD = 0x100

SHIFT, ALTGR = 0xFFE1, 0xFE03
#: Combining character -> key symbol of the dead key (keysymdef.h).
_DEAD = {
    "\u0300": 0xFE50, "\u0301": 0xFE51, "\u0302": 0xFE52, "\u0303": 0xFE53, "\u0308": 0xFE57, "\u030a": 0xFE58,
    "\u030c": 0xFE5A, "\u0327": 0xFE5B,
}  # fmt: skip
_RETURN, _TAB = 0xFF0D, 0xFF09
#: column -> (group, key symbols of the modifiers held)
_COLUMNS = {0: (0, ()), 1: (0, (SHIFT,)), 2: (1, ()), 3: (1, (SHIFT,)), 4: (0, (ALTGR,)), 5: (0, (ALTGR, SHIFT))}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key press. held: key codes of the modifiers."""

    code: int
    held: tuple[int, ...] = ()


class NotOnThisKeyboard(AssertionError):
    """The layout has no way to type this."""


class Keyboard:
    """The keyboard of the screen of ``environ``. ``connection`` is the one that presses the keys."""

    def __init__(self, connection: Connection, environ: Mapping[str, str]) -> None:
        self._connection = connection
        self._environ = environ
        self._library = ctypes.CDLL("libxkbcommon.so.0")
        self._library.xkb_keysym_to_utf32.restype = ctypes.c_uint32
        self._library.xkb_keysym_to_utf32.argtypes = (ctypes.c_uint32,)
        self.group = 0
        self.read()

    def use(self, layout: str, variant: str = "") -> None:
        """Another layout for the whole session, as its settings program would set it."""
        command = ["setxkbmap", "-layout", layout, *(["-variant", variant] if variant else [])]
        subprocess.run(command, env=dict(self._environ), check=True)
        self.switch(0)
        self.read()

    def switch(self, group: int) -> None:
        """The other one of two layouts, as the switching key would do it (XkbLatchLockState)."""
        extension = self._connection.extension("XKEYBOARD")
        assert extension is not None, "the server has no XKEYBOARD"
        self._connection.call(extension.opcode, _XKB_USE_EXTENSION, struct.pack("<HH", 1, 0))
        body = struct.pack("<HBBBBBBBBh", _CORE_KEYBOARD, 0, 0, 1, group, 0, 0, 0, 0, 0)
        self._connection.send(extension.opcode, _XKB_LATCH_LOCK_STATE, body)
        assert self._connection.call(43) is not None, "the server is gone"
        self.group = group

    def read(self) -> None:
        """Read the server's map anew."""
        count = 256 - _FIRST_CODE
        reply = self._connection.call(_GET_KEYBOARD_MAPPING, 0, struct.pack("<BBxx", _FIRST_CODE, count))
        assert reply is not None, "the server has no keyboard map"
        width = reply[1]
        symbols = struct.unpack_from(f"<{width * count}I", reply, 32)
        #: (group, key symbol) -> (key code, modifiers)
        self._keys: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        self._characters: dict[tuple[int, str], tuple[int, tuple[int, ...]]] = {}
        for column, (group, held) in _COLUMNS.items():
            if column >= width:
                continue
            for number in range(count):
                if symbol := symbols[number * width + column]:
                    key = (_FIRST_CODE + number, held)
                    self._keys.setdefault((group, symbol), key)
                    if character := self._library.xkb_keysym_to_utf32(symbol):
                        self._characters.setdefault((group, chr(character)), key)

    def symbol(self, symbol: int) -> Stroke:
        """The key with this symbol. Raises ``NotOnThisKeyboard``."""
        found = self._keys.get((self.group, symbol)) or self._keys.get((0, symbol))
        if found is None:
            raise NotOnThisKeyboard(f"key symbol {symbol:#x}")
        return self._stroke(found)

    def strokes(self, character: str) -> list[Stroke]:
        """What to press for one character; a dead key and a letter where there is no key of its own."""
        if character in "\n\t":
            return [self.symbol(_RETURN if character == "\n" else _TAB)]
        found = self._characters.get((self.group, character))
        if found is not None:
            return [self._stroke(found)]
        parts = unicodedata.normalize("NFD", character)
        if len(parts) == 2 and parts[1] in _DEAD:
            return [self.symbol(_DEAD[parts[1]]), *self.strokes(parts[0])]
        raise NotOnThisKeyboard(character)

    def _stroke(self, key: tuple[int, tuple[int, ...]]) -> Stroke:
        code, held = key
        return Stroke(code, tuple(self._keys[0, modifier][0] for modifier in held))
