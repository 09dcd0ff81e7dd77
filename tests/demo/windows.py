"""The windows of a screen as the X server has them: whose they are, where they are, whether they can be seen."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agent.native.x11.connection import Connection
from tests.demo.hands import Box

_GET_ATTRIBUTES, _GET_GEOMETRY, _QUERY_TREE, _GET_PROPERTY, _TRANSLATE = 3, 14, 15, 20, 40
_QUERY_CLIENT_IDS, _LOCAL_CLIENT_PID = 4, 2
_VIEWABLE = 2


@dataclass(frozen=True, slots=True)
class Window:
    """One window. pid: its client's, as the server knows it (X-Resource extension 1.2). depth: 1 below the root.

    kind: its class, e.g. ``Mousepad``. viewable: mapped, and so are all above it; it may still be covered.
    """

    id: int
    parent: int
    depth: int
    pid: int
    name: str
    kind: str
    place: Box
    viewable: bool
    managed: bool

    def box(self) -> Box:
        """Where it was when looked at: what ``Hands.click`` and ``Hands.screenshot`` take."""
        return self.place


class Windows:
    """Looks at the windows of the screen of this environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._connection = Connection(environ)
        resource = self._connection.extension("X-Resource")
        assert resource is not None, "the server has no X-Resource"
        self._resource = resource.opcode

    def close(self) -> None:
        self._connection.close()

    def all(self) -> Iterator[Window]:
        """Every window below the root, in stacking order from the bottom, each before its children."""
        yield from self._below(self._connection.root, 1)

    def of(self, pid: int, *, viewable: bool = True) -> list[Window]:
        """The outermost windows of a process, bottom one first; without the frames that the window manager adds."""
        found: list[Window] = []
        for one in self.all():
            if one.pid == pid and one.parent not in {known.id for known in found} and (one.viewable or not viewable):
                found.append(one)
        return found

    def tray_icon(self, pid: int, tray: int) -> Window | None:
        """The icon that process ``pid`` has in the tray host, process ``tray``; None while there is none."""
        hosts = {one.id for one in self.all() if one.pid == tray}
        icons = [one for one in self.all() if one.pid == pid and one.parent in hosts and one.viewable]
        return icons[0] if icons else None

    def pid(self, window: int) -> int:
        """Process behind a window; 0 if the server cannot tell."""
        reply = self._connection.call(
            self._resource, _QUERY_CLIENT_IDS, struct.pack("<III", 1, window, _LOCAL_CLIENT_PID)
        )
        if reply is None or struct.unpack_from("<I", reply, 8)[0] == 0:
            return 0
        length, value = struct.unpack_from("<II", reply, 40)
        return int(value) if length else 0

    def activate(self, window: int) -> None:
        """Ask the window manager to bring it to the front, as a task bar does (EWMH, _NET_ACTIVE_WINDOW)."""
        atom = self._connection.atom("_NET_ACTIVE_WINDOW")
        event = struct.pack("<BBHII5I", 33, 32, 0, window, atom, 2, 0, 0, 0, 0)
        root = struct.pack("<II", self._connection.root, 1 << 19 | 1 << 20)
        self._connection.send(25, 0, root + event)
        self._connection.call(43)

    def clients(self) -> set[int]:
        """Processes that have a connection to the server."""
        reply = self._connection.call(self._resource, _QUERY_CLIENT_IDS, struct.pack("<III", 1, 0, _LOCAL_CLIENT_PID))
        assert reply is not None
        (count,) = struct.unpack_from("<I", reply, 8)
        found, at = set(), 32
        for _ in range(count):
            (length,) = struct.unpack_from("<I", reply, at + 8)
            found.update(struct.unpack_from(f"<{length // 4}I", reply, at + 12))
            at += 12 + length
        return found

    def reads_keys(self, pid: int) -> bool:
        """Can this process read keys? Without a connection to the server nobody can."""
        return pid in self.clients()

    def _below(self, parent: int, depth: int) -> Iterator[Window]:
        reply = self._connection.call(_QUERY_TREE, 0, struct.pack("<I", parent))
        if reply is None:
            return
        (count,) = struct.unpack_from("<H", reply, 16)
        for window in struct.unpack_from(f"<{count}I", reply, 32):
            one = self._look(window, parent, depth)
            if one is not None:
                yield one
                yield from self._below(window, depth + 1)

    def _look(self, window: int, parent: int, depth: int) -> Window | None:
        question = struct.pack("<I", window)
        attributes = self._connection.call(_GET_ATTRIBUTES, 0, question)
        geometry = self._connection.call(_GET_GEOMETRY, 0, question)
        corner = self._connection.call(_TRANSLATE, 0, struct.pack("<IIhh", window, self._connection.root, 0, 0))
        if attributes is None or geometry is None or corner is None:
            return None  # gone meanwhile
        x, y = struct.unpack_from("<hh", corner, 12)
        width, height = struct.unpack_from("<HH", geometry, 16)
        return Window(
            window,
            parent,
            depth,
            self.pid(window),
            self._text(window, "_NET_WM_NAME") or self._text(window, "WM_NAME"),
            self._text(window, "WM_CLASS").rstrip("\0").rpartition("\0")[2],
            (x, y, width, height),
            attributes[26] == _VIEWABLE,
            attributes[27] == 0,
        )

    def _text(self, window: int, name: str) -> str:
        reply = self._connection.call(
            _GET_PROPERTY, 0, struct.pack("<IIIII", window, self._connection.atom(name), 0, 0, 256)
        )
        if reply is None or reply[1] != 8:
            return ""
        (length,) = struct.unpack_from("<I", reply, 16)
        return reply[32 : 32 + length].decode("utf-8", "replace")
