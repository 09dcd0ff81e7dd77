"""Which window the pointer is in, told only by crossings in the server's order, and where in it.

A press belongs to the program's window that the pointer had last entered on the ordered connection, as the focus view
does it for keys; nobody may hold the keyboard meanwhile (menus and launchers do). Where the order does not tell, the
press belongs to nobody. Only crossings of watched windows are asked for, never motion.

While a client holds the pointer (and every press is held until its release) crossings are told to that client alone.
What comes of them for the others is told when it lets go, as a crossing of its own mode: from then on the order tells
again. That somebody begins to hold it means that presses go to them, wherever the pointer is.
Sources: X11 protocol, EnterNotify and LeaveNotify, GrabPointer, QueryPointer, GetGeometry.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

from agent.native.x11.connection import Connection
from agent.native.x11.windows import Client, Windows

_ENTER: Final = 7
_LEAVE: Final = 8
_GET_GEOMETRY: Final = 14
_QUERY_POINTER: Final = 38
_GRAB: Final = 1
_INFERIOR: Final = 2
#: From the root down to where the pointer is: frames and toolkits add some.
_DEEPEST: Final = 16


class PointerView:
    """The ordered view of where the pointer is, and which window each held button went down in."""

    def __init__(self, connection: Connection, windows: Windows) -> None:
        self._connection = connection
        self._windows = windows
        self._inside: int | None = None
        self._client: Client | None = None
        self._client_of: int | None = None
        self._held: dict[int, int] = {}

    def event(self, event: bytes) -> bool:
        """A crossing? Then it is taken into account."""
        kind = event[0] & 0x7F
        if kind not in (_ENTER, _LEAVE):
            return False
        if event[30] == _GRAB:
            self._inside = None
            return True
        if kind == _ENTER:
            self._inside = struct.unpack_from("<I", event, 12)[0]
        elif event[1] != _INFERIOR:
            self._inside = None
        return True

    def anchor(self, free: Callable[[], bool]) -> None:
        """Where the order does not know, take the server's word, if nobody holds the pointer before and after it.
        Only while no press is at hand.
        """
        if self._inside is None and free():
            first, second = self._descend(), self._descend()
            if first == second and free():
                self._inside = first

    def pressed(self, button: int) -> Client | None:
        """The program's window that ``button`` went down in, None if that cannot be told."""
        client = self._below()
        if client is None:
            self._held.pop(button, None)
        else:
            self._held[button] = client.window
        return client

    def released(self, button: int) -> int | None:
        """The window in which ``button`` had gone down: it is told of the release wherever the pointer is."""
        return self._held.pop(button, None)

    def below(self) -> Client | None:
        """The program's window under the pointer, None if that cannot be told."""
        return self._below()

    def place(self, window: int) -> tuple[tuple[int, int, int, int], tuple[int, int]] | None:
        """((x, y, width, height) in ``window``, (x, y) on the screen), pixels; None if it is gone."""
        body = struct.pack("<I", window)
        where = self._connection.ask(_QUERY_POINTER, 0, body)
        size = self._connection.ask(_GET_GEOMETRY, 0, body)
        pointer, geometry = self._connection.answer(where), self._connection.answer(size)
        if pointer is None or geometry is None or not pointer[1]:
            return None
        root_x, root_y, x, y = struct.unpack_from("<hhhh", pointer, 16)
        width, height = struct.unpack_from("<HH", geometry, 16)
        return (x, y, width, height), (root_x, root_y)

    def _below(self) -> Client | None:
        if self._inside is None:
            return None
        if self._client_of != self._inside:
            self._client_of, self._client = self._inside, self._windows.client_of(self._inside)
        return self._client

    def forget_client(self) -> None:
        """A window changed: look again whose it is."""
        self._client_of = None

    def _descend(self) -> int | None:
        window = self._connection.root
        for _ in range(_DEEPEST):
            reply = self._connection.call(_QUERY_POINTER, 0, struct.pack("<I", window))
            if reply is None or not reply[1]:
                return None
            (child,) = struct.unpack_from("<I", reply, 12)
            if not child:
                return window
            window = child
        return window
