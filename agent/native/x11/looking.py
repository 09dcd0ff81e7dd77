"""Questions to the X server about windows: where they are, what they show, what lies above them, whose they are.

Answers only; what to make of them is the caller's business. Errors of the server come out as None, a broken
connection as ``ServerGone``. Sources: X11R7 protocol; Shape 1.1; X-Resource 1.2; RandR 1.5.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.native.x11.connection import Connection, ServerGone
from agent.native.x11.region import Rect, Region, union, within

_GET_ATTRIBUTES: Final = 3
_GET_GEOMETRY: Final = 14
_QUERY_TREE: Final = 15
_GET_PROPERTY: Final = 20
_SHAPE_QUERY_EXTENTS: Final = 5
_SHAPE_GET_RECTANGLES: Final = 8
_BOUNDING: Final = 0
_CLIP: Final = 1
_RES_QUERY_VERSION: Final = 0
_RES_QUERY_CLIENT_IDS: Final = 4
_RES_LOCAL_PID: Final = 2
_RANDR_QUERY_VERSION: Final = 0
_RANDR_GET_MONITORS: Final = 42
_CARDINAL: Final = 6
_INPUT_OUTPUT: Final = 1
_VIEWABLE: Final = 2
#: A shape of more rectangles than this is not worth reading.
_RECTANGLES: Final = 400


@dataclass(frozen=True, slots=True)
class Seen:
    """One window as the server has it. ``place``: inside its border, ``outer``: with it; both within the parent.

    drawn: viewable (it and all above it in the tree are mapped) and not a mere input area.
    """

    drawn: bool
    place: Rect
    outer: Rect


class Looking:
    """Asks over one connection, several questions at a time, so that a look takes few round trips."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._shape = connection.extension("SHAPE")
        self._resources = connection.extension("X-Resource")
        self._randr = connection.extension("RANDR")
        if self._resources is not None:
            version = connection.call(self._resources.opcode, _RES_QUERY_VERSION, struct.pack("<BBxx", 1, 2))
            if version is None or struct.unpack_from("<HH", version, 8) < (1, 2):
                self._resources = None
        if self._randr is not None:
            version = connection.call(self._randr.opcode, _RANDR_QUERY_VERSION, struct.pack("<II", 1, 5))
            if version is None or struct.unpack_from("<II", version, 8) < (1, 5):
                self._randr = None

    def windows(self, ids: Sequence[int]) -> list[Seen | None]:
        """Each of ``ids``; None if there is no such window."""
        ask = self._connection.ask
        tickets = [
            (ask(_GET_ATTRIBUTES, 0, struct.pack("<I", window)), ask(_GET_GEOMETRY, 0, struct.pack("<I", window)))
            for window in ids
        ]
        answers = [(self._connection.answer(first), self._connection.answer(second)) for first, second in tickets]
        return [None if one is None or two is None else _seen(one, two) for one, two in answers]

    def tree(self, window: int) -> tuple[int, tuple[int, ...]] | None:
        """(parent, children from lowest to topmost); the parent of the root is 0.

        The server leaves out the overlay that a compositor paints into: it lies above all and shows what is below.
        """
        reply = self._connection.call(_QUERY_TREE, 0, struct.pack("<I", window))
        if reply is None:
            return None
        (parent, count) = struct.unpack_from("<IH", reply, 12)
        return parent, struct.unpack_from(f"<{count}I", reply, 32)

    def owner(self, window: int) -> int | None:
        """The process that made ``window``, as the kernel told the server; None if it cannot tell."""
        if self._resources is None:
            return None
        reply = self._connection.call(
            self._resources.opcode, _RES_QUERY_CLIENT_IDS, struct.pack("<III", 1, window, _RES_LOCAL_PID)
        )
        if reply is None:
            return None
        (count,) = struct.unpack_from("<I", reply, 8)
        at = 32
        for _ in range(count):
            mask, length = struct.unpack_from("<II", reply, at + 4)
            if mask == _RES_LOCAL_PID and length == 4:
                return int(struct.unpack_from("<I", reply, at + 12)[0])
            at += 12 + length
        return None

    def cardinal(self, window: int, name: str) -> int | None:
        """A property holding one number; None if it is not there."""
        atom = self._connection.atom(name)
        reply = self._connection.call(_GET_PROPERTY, 0, struct.pack("<IIIII", window, atom, _CARDINAL, 0, 1))
        if reply is None or reply[1] != 32 or len(reply) < 36:
            return None
        return int(struct.unpack_from("<I", reply, 32)[0])

    def of_the_server(self, window: int) -> bool:
        """Did the server itself make it? No client can make such a number."""
        return self._connection.owner_of(window) == 0

    def same_client(self, one: int, other: int) -> bool:
        """Did one client make both?"""
        return self._connection.owner_of(one) == self._connection.owner_of(other)

    def shape(self, window: int, place: Rect, outer: Rect) -> Region | None:
        """What the window and those inside it can show at all, in its parent's coordinates; None: cannot tell."""
        if self._shape is None:
            return union([outer])
        outline = self._outline(window)
        if outline is None:
            return None
        region: Region | None = union([outer])
        if outline[8]:
            region = self._rectangles(window, _BOUNDING, place)
        if outline[9] and region is not None:
            clip = self._rectangles(window, _CLIP, place)
            region = None if clip is None else within(region, clip)
        return region

    def cover(self, window: int, place: Rect, outer: Rect) -> Region:
        """What the window hides of those below it, in its parent's coordinates; all of it if that cannot be told."""
        outline = self._outline(window)
        if outline is None or not outline[8]:
            return union([outer])
        exact = self._rectangles(window, _BOUNDING, place)
        return union([outer]) if exact is None else exact

    def _outline(self, window: int) -> bytes | None:
        if self._shape is None:
            return None
        return self._connection.call(self._shape.opcode, _SHAPE_QUERY_EXTENTS, struct.pack("<I", window))

    def _rectangles(self, window: int, kind: int, place: Rect) -> Region | None:
        if self._shape is None:
            return None
        reply = self._connection.call(self._shape.opcode, _SHAPE_GET_RECTANGLES, struct.pack("<IBxxx", window, kind))
        if reply is None:
            return None
        (count,) = struct.unpack_from("<I", reply, 8)
        if count > _RECTANGLES:
            return None
        rects = (Rect(*struct.unpack_from("<hhHH", reply, 32 + 8 * number)) for number in range(count))
        return union(rect.moved(place.x, place.y) for rect in rects)

    def root(self) -> int:
        """The root window of our screen."""
        root: int = self._connection.root
        return root

    def monitors(self) -> tuple[Rect, ...]:
        """The active monitors; the whole root window if the server does not know monitors."""
        if self._randr is not None:
            reply = self._connection.call(
                self._randr.opcode, _RANDR_GET_MONITORS, struct.pack("<IBxxx", self._connection.root, 1)
            )
            if reply is None:
                raise ServerGone("no monitors")
            if found := _monitors(reply):
                return found
        (whole,) = self.windows([self._connection.root])
        if whole is None:
            raise ServerGone("no root window")
        return (whole.place,)


def _seen(attributes: bytes, geometry: bytes) -> Seen:
    (kind,) = struct.unpack_from("<H", attributes, 12)
    x, y, width, height, border = struct.unpack_from("<hhHHH", geometry, 12)
    return Seen(
        drawn=kind == _INPUT_OUTPUT and attributes[26] == _VIEWABLE,
        place=Rect(x + border, y + border, width, height),
        outer=Rect(x, y, width + 2 * border, height + 2 * border),
    )


def _monitors(reply: bytes) -> tuple[Rect, ...]:
    (count,) = struct.unpack_from("<I", reply, 12)
    found = []
    at = 32
    for _ in range(count):
        outputs, x, y, width, height = struct.unpack_from("<HhhHH", reply, at + 6)
        found.append(Rect(x, y, width, height))
        at += 24 + 4 * outputs
    return tuple(rect for rect in found if rect.area)
