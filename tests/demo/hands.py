"""Hands at the keyboard and the mouse: input events through the server's XTEST extension, and pictures of the screen.

The server handles these events like those of a device (XTEST Extension Protocol 2.2); no program is told anything.
"""

from __future__ import annotations

import random
import struct
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

from agent.native.x11.connection import Connection
from tests.demo.keyboard import Keyboard, Stroke

#: x, y, width, height on the screen.
Box: TypeAlias = tuple[int, int, int, int]

_KEY_PRESS, _KEY_RELEASE, _BUTTON_PRESS, _BUTTON_RELEASE, _MOTION = 2, 3, 4, 5, 6
_WHEEL_UP, _WHEEL_DOWN = 4, 5

#: Names as in keysymdef.h of the X protocol's headers.
_NAMED = {
    "BackSpace": 0xFF08, "Tab": 0xFF09, "Return": 0xFF0D, "Escape": 0xFF1B, "Home": 0xFF50, "Left": 0xFF51,
    "Up": 0xFF52, "Right": 0xFF53, "Down": 0xFF54, "Page_Up": 0xFF55, "Page_Down": 0xFF56, "End": 0xFF57,
    "Menu": 0xFF67, "F4": 0xFFC1, "F10": 0xFFC7, "Shift": 0xFFE1, "Control": 0xFFE3, "Alt": 0xFFE9,
    "Super": 0xFFEB, "Delete": 0xFFFF, "space": 0x20, "\n": 0xFF0D, "\t": 0xFF09,
}  # fmt: skip


class Placed(Protocol):
    """Something with a place on the screen."""

    def box(self) -> Box: ...


class Hands:
    """One pair of hands on one screen. Nothing returns before the server has handled the last event.

    pace: seconds between two keys on average; typed like a person, with seeded irregularity.
    """

    def __init__(self, environ: Mapping[str, str], pace: float = 0.07) -> None:
        self._connection = Connection(environ)
        extension = self._connection.extension("XTEST")
        assert extension is not None, "the server has no XTEST"
        self._opcode = extension.opcode
        self._pace = pace
        self._rng = random.Random(7)
        self._at = (0, 0)
        self.keyboard = Keyboard(self._connection, environ)

    def close(self) -> None:
        self._connection.close()

    # Keyboard ------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type ``text`` on the layout that is set; a newline is Return. All of it can be typed, or nothing is."""
        for stroke in [stroke for character in text for stroke in self.keyboard.strokes(character)]:
            self._stroke(stroke)
            time.sleep(self._pace * self._rng.uniform(0.5, 1.5))

    def key(self, chord: str, times: int = 1) -> None:
        """Press a key or a chord such as ``BackSpace`` or ``Control+Shift+t``, ``times`` times."""
        *held, last = chord.split("+")
        modifiers = tuple(self.keyboard.symbol(_NAMED[name]).code for name in held)
        stroke = Stroke(self.keyboard.symbol(self._symbol(last)).code, modifiers)
        for _ in range(times):
            self._stroke(stroke)
            time.sleep(self._pace * self._rng.uniform(0.5, 1.5))

    def _stroke(self, stroke: Stroke) -> None:
        for modifier in stroke.held:
            self._fake(_KEY_PRESS, modifier)
        self._fake(_KEY_PRESS, stroke.code)
        self._fake(_KEY_RELEASE, stroke.code)
        for modifier in reversed(stroke.held):
            self._fake(_KEY_RELEASE, modifier)
        self._sync()

    @staticmethod
    def _symbol(name: str) -> int:
        if name in _NAMED:
            return _NAMED[name]
        assert len(name) == 1, f"no such key: {name}"
        return ord(name) if ord(name) < 0x100 else 0x01000000 + ord(name)

    # Mouse ---------------------------------------------------------------------------------------------------

    def click(self, target: Placed, button: int = 1) -> None:
        """Move to the middle of ``target`` and click."""
        x, y, width, height = target.box()
        assert width > 0, f"{target} has no place on the screen"
        assert height > 0, f"{target} has no place on the screen"
        self.click_at(x + width // 2, y + height // 2, button)

    def click_at(self, x: int, y: int, button: int = 1) -> None:
        self.move(x, y)
        self._fake(_BUTTON_PRESS, button)
        self._fake(_BUTTON_RELEASE, button)
        self._sync()

    def double_click_at(self, x: int, y: int) -> None:
        """Two clicks as one."""
        self.move(x, y)
        for _ in range(2):
            self._fake(_BUTTON_PRESS, 1)
            self._fake(_BUTTON_RELEASE, 1)
            self._sync()
            time.sleep(0.05)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at ``start``, move, let go at ``end``."""
        self.move(*start)
        self._fake(_BUTTON_PRESS, 1)
        self._sync()
        time.sleep(0.1)
        self.move(*end)
        time.sleep(0.1)
        self._fake(_BUTTON_RELEASE, 1)
        self._sync()

    def move(self, x: int, y: int) -> None:
        """Along a straight line, as windows expect to be entered and hovered."""
        steps = 8
        from_x, from_y = self._at
        for step in range(1, steps + 1):
            place = from_x + (x - from_x) * step // steps, from_y + (y - from_y) * step // steps
            self._fake(_MOTION, 0, *place)
            self._sync()
        self._at = (x, y)

    def jump(self, x: int, y: int) -> None:
        """One movement of the pointer, and no more."""
        self._fake(_MOTION, 0, x, y)
        self._sync()
        self._at = (x, y)

    def scroll(self, target: Placed, steps: int) -> None:
        """Turn the wheel over ``target``: positive is down."""
        x, y, width, height = target.box()
        self.scroll_at(x + width // 2, y + height // 2, steps)

    def scroll_at(self, x: int, y: int, steps: int) -> None:
        self.move(x, y)
        for _ in range(abs(steps)):
            self._fake(_BUTTON_PRESS, _WHEEL_DOWN if steps > 0 else _WHEEL_UP)
            self._fake(_BUTTON_RELEASE, _WHEEL_DOWN if steps > 0 else _WHEEL_UP)
            self._sync()

    def _fake(self, kind: int, detail: int, x: int = 0, y: int = 0) -> None:
        self._connection.send(self._opcode, 2, struct.pack("<BBxxII8xhh7xB", kind, detail, 0, 0, x, y, 0))

    def _sync(self) -> None:
        assert self._connection.call(43) is not None, "the server is gone"

    # Pictures ------------------------------------------------------------------------------------------------

    def pixels(self, box: Box | None = None) -> tuple[int, int, bytes]:
        """Width, height and RGB bytes of the screen, or of the part of ``box`` that is on it."""
        root = struct.pack("<I", self._connection.root)
        reply = self._connection.call(14, 0, root)
        assert reply is not None
        screen_width, screen_height = struct.unpack_from("<HH", reply, 16)
        x, y, width, height = box or (0, 0, screen_width, screen_height)
        left, top = max(x, 0), max(y, 0)
        width, height = min(x + width, screen_width) - left, min(y + height, screen_height) - top
        assert width > 0, "nothing of it is on the screen"
        assert height > 0, "nothing of it is on the screen"
        z_pixmap = 2
        picture = self._connection.call(
            73, z_pixmap, root + struct.pack("<hhHHI", left, top, width, height, 0xFFFFFFFF)
        )
        assert picture is not None
        data = picture[32 : 32 + width * height * 4]
        rgb = bytearray(width * height * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = data[2::4], data[1::4], data[0::4]
        return width, height, bytes(rgb)

    def screenshot(self, path: Path, box: Box | None = None) -> None:
        """A PNG of the screen or of a part of it."""
        width, height, rgb = self.pixels(box)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(width, height, rgb))


def png(width: int, height: int, rgb: bytes) -> bytes:
    """The bytes as a PNG (ISO 15948), eight bits a channel, each line filtered by difference to the one above."""
    row = width * 3
    lines = bytearray()
    above = bytes(row)
    for number in range(height):
        line = rgb[number * row : (number + 1) * row]
        if line == above:
            lines += b"\2" + bytes(row)
        else:
            lines += b"\0" + line
        above = line

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(lines), 6)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
