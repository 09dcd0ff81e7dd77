"""Windows: which one of a program has the focus, what it is called, and which process made it.

Nothing is remembered between calls: a focus change costs a few hundred microseconds and can never be stale.
Sources: X11 protocol; ICCCM 2.0 section 4; EWMH 1.5; X-Resource extension 1.2 (resproto).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from agent.native.x11.connection import Connection
from agent.native.x11.programs import WindowClass
from agent.problems import Unavailable
from agent.records import Raw

_CHANGE_WINDOW_ATTRIBUTES: Final = 2
_QUERY_TREE: Final = 15
_GET_PROPERTY: Final = 20
_EVENT_MASK: Final = 1 << 11
_SUBSTRUCTURE_NOTIFY: Final = 1 << 19
_FOCUS_CHANGE: Final = 1 << 21
_CROSSINGS: Final = 1 << 4 | 1 << 5
_PROPERTY_CHANGE: Final = 1 << 22
_XRES_QUERY_VERSION: Final = 0
_XRES_QUERY_CLIENT_IDS: Final = 4
_LOCAL_CLIENT_PID: Final = 1 << 1
_CREATE_NOTIFY: Final = 16
_PROPERTY_NOTIFY: Final = 28
#: From a window with the focus up to the root: frames of window managers add two, toolkits two or three.
_DEEPEST: Final = 16
#: Root, frame, wrapper, client: window managers that wrap twice.
_WATCHED_DEPTH: Final = 3
_TITLE_BYTES: Final = 1024


class Client(Raw):
    """A program's top window. title: what it says, None if nothing. pid: the server's own knowledge, None if unsure."""

    __slots__ = ("pid", "title", "window", "wm_class")

    def __init__(self, window: int, wm_class: WindowClass, title: str | None, pid: int | None) -> None:
        self.window = window
        self.wm_class = wm_class
        self.title = title
        self.pid = pid


class Windows:
    """Questions about windows on ``connection``. Raises ``Unavailable`` if the server cannot tell who made a window."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        extension = connection.extension("X-Resource")
        version = struct.pack("<BBxx", 1, 2)
        reply = connection.call(extension.opcode, _XRES_QUERY_VERSION, version) if extension else None
        if extension is None or reply is None or struct.unpack_from("<HH", reply, 8) < (1, 2):
            raise Unavailable("capture-failed", detail="The X server lacks the X-Resource extension 1.2.")
        self._resources = extension.opcode
        self._in_front: int | None = None
        self._net_wm_name = connection.atom("_NET_WM_NAME")
        self._wm_name = connection.atom("WM_NAME")
        self._wm_class = connection.atom("WM_CLASS")

    def watch(self, window: int) -> None:
        """Ask for the focus events and pointer crossings of ``window``; of the root window also for new windows."""
        mask = _FOCUS_CHANGE | _CROSSINGS | (_SUBSTRUCTURE_NOTIFY if window == self._connection.root else 0)
        mask |= _PROPERTY_CHANGE if window == self._in_front else 0
        self._connection.send(_CHANGE_WINDOW_ATTRIBUTES, 0, struct.pack("<III", window, _EVENT_MASK, mask))

    def watch_title(self, window: int) -> None:
        """Ask for changes of the title of ``window``, and of no other."""
        before, self._in_front = self._in_front, window
        if before is not None and before != window:
            self.watch(before)
        self.watch(window)

    def watch_all(self) -> None:
        """Ask for the focus and crossings of every window there is, as deep as the clients of window managers lie."""
        level = [self._connection.root]
        self.watch(self._connection.root)
        for _ in range(_WATCHED_DEPTH):
            level = [child for children in self._children(level) for child in children]
            for window in level:
                self.watch(window)

    def _children(self, windows: list[int]) -> Iterator[tuple[int, ...]]:
        tickets = [self._connection.ask(_QUERY_TREE, 0, struct.pack("<I", window)) for window in windows]
        for ticket in tickets:
            reply = self._connection.answer(ticket)
            if reply is not None:
                yield struct.unpack_from(f"<{struct.unpack_from('<H', reply, 16)[0]}I", reply, 32)

    def created(self, event: bytes) -> int | None:
        """The new window that an event announces, None if the event is something else."""
        if event[0] & 0x7F != _CREATE_NOTIFY:
            return None
        window: int = struct.unpack_from("<I", event, 8)[0]
        return window

    def titled(self, event: bytes) -> int | None:
        """The window whose title changed, None if the event is something else."""
        if event[0] & 0x7F != _PROPERTY_NOTIFY:
            return None
        window, name = struct.unpack_from("<II", event, 4)
        return window if name in (self._net_wm_name, self._wm_name) else None

    def title(self, window: int) -> str | None:
        """What the window says above itself, None if nothing."""
        return self._title(window)

    def client_of(self, window: int) -> Client | None:
        """The program's top window that ``window`` is or lies in: the nearest with WM_CLASS. None if there is none."""
        found = self._climb(window)
        if found is None:
            return None
        client, wm_class = found
        pid = self._pid(client)
        if self._connection.owner_of(window) != self._connection.owner_of(client) and self._pid(window) != pid:
            pid = None  # one program's window inside another's: neither is certain to be what the person sees
        return Client(client, wm_class, self._title(client), pid)

    def _climb(self, window: int) -> tuple[int, WindowClass] | None:
        for _ in range(_DEEPEST):
            if window in (0, self._connection.root):
                return None
            named = self._connection.ask(_GET_PROPERTY, 0, self._property(window, self._wm_class))
            tree = self._connection.ask(_QUERY_TREE, 0, struct.pack("<I", window))
            text, above = self._value(self._connection.answer(named)), self._connection.answer(tree)
            if text:
                instance, _, rest = text.partition(b"\0")
                name = rest.partition(b"\0")[0]
                return window, WindowClass(instance.decode("latin-1"), name.decode("latin-1"))
            if above is None:
                return None
            (window,) = struct.unpack_from("<I", above, 12)
        return None

    def _title(self, window: int) -> str | None:
        modern = self._connection.ask(_GET_PROPERTY, 0, self._property(window, self._net_wm_name))
        old = self._connection.ask(_GET_PROPERTY, 0, self._property(window, self._wm_name))
        named, fallback = (self._value(self._connection.answer(ticket)) for ticket in (modern, old))
        if named:
            return named.decode("utf-8", "replace")
        return fallback.decode("latin-1") if fallback else None

    def _pid(self, window: int) -> int | None:
        """The process that holds the connection which made ``window``, by the server's own look at its socket."""
        body = struct.pack("<III", 1, window, _LOCAL_CLIENT_PID)
        reply = self._connection.call(self._resources, _XRES_QUERY_CLIENT_IDS, body)
        if reply is None or struct.unpack_from("<I", reply, 8)[0] != 1 or len(reply) < 48:
            return None
        pid: int = struct.unpack_from("<I", reply, 44)[0]
        return pid or None

    @staticmethod
    def _property(window: int, name: int) -> bytes:
        return struct.pack("<IIIII", window, name, 0, 0, _TITLE_BYTES // 4)

    @staticmethod
    def _value(reply: bytes | None) -> bytes:
        if reply is None or reply[1] != 8:
            return b""
        return reply[32 : 32 + struct.unpack_from("<I", reply, 16)[0]]
