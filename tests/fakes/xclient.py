"""A small X client that makes windows: plain, unmanaged, shaped, see-through. Asks the server, draws nothing."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from agent.native.x11.connection import Connection
from tests.fakes.waiting import until
from tests.fakes.xvfb import start_xvfb


class XClient:
    """Windows on the screen of ``environ["DISPLAY"]``, owned by this process. ``close`` removes them all."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.connection = Connection(environ)
        self._windows: list[int] = []

    def clear(self) -> None:
        """Remove the windows, keep the connection: the next one's windows would get the same numbers again, and a
        window manager that is still busy with the old ones would take the new for them.
        """
        for window in self._windows:
            self.destroy(window)
        self._windows.clear()

    def close(self) -> None:
        self.connection.close()

    def window(
        self,
        x: int,
        y: int,
        width: int,
        height: int,
        *,
        managed: bool = False,
        parent: int | None = None,
        mapped: bool = True,
        input_only: bool = False,
    ) -> int:
        """A new window; ``managed``: the window manager puts it into a frame. Returns when it is on the screen."""
        window = self.connection.new_id()
        self._windows.append(window)
        kind = 2 if input_only else 1
        values = struct.pack("<II", 1 << 9, int(not managed))  # override-redirect
        body = struct.pack("<IIhhHHHHI", window, parent or self.connection.root, x, y, width, height, 0, kind, 0)
        self.connection.send(1, 0, body + values)
        if managed:
            # user-given position, or the window manager chooses one (ICCCM 4.1.2.3)
            self.property(window, "WM_NORMAL_HINTS", "WM_SIZE_HINTS", struct.pack("<18I", 1, *[0] * 17))
        if mapped:
            self.map(window)
            if not input_only and parent is None:
                until(lambda: self.viewable(window), "the window on the screen")
        self.sync()
        return window

    def map(self, window: int) -> None:
        self.connection.send(8, 0, struct.pack("<I", window))
        self.sync()

    def unmap(self, window: int) -> None:
        self.connection.send(10, 0, struct.pack("<I", window))
        self.sync()

    def destroy(self, window: int) -> None:
        self.connection.send(4, 0, struct.pack("<I", window))
        self.sync()

    def place(self, window: int, x: int, y: int, width: int, height: int) -> None:
        self.connection.send(12, 0, struct.pack("<IHxxiiII", window, 0b1111, x, y, width, height))
        self.sync()

    def lift(self, window: int) -> None:
        """To the top of its siblings."""
        self.connection.send(12, 0, struct.pack("<IHxxI", window, 1 << 6, 0))
        self.sync()

    def lower(self, window: int) -> None:
        """To the bottom of its siblings."""
        self.connection.send(12, 0, struct.pack("<IHxxI", window, 1 << 6, 1))
        self.sync()

    def reparent(self, window: int, parent: int, x: int, y: int) -> None:
        self.connection.send(7, 0, struct.pack("<IIhh", window, parent, x, y))
        self.sync()

    def property(self, window: int, name: str, kind: str, data: bytes) -> None:
        """Set a property of 32-bit items."""
        atoms = self.connection.atom(name), self.connection.atom(kind)
        self.connection.send(18, 0, struct.pack("<IIIBxxxI", window, *atoms, 32, len(data) // 4) + data)
        self.sync()

    def opacity(self, window: int, share: float) -> None:
        self.property(window, "_NET_WM_WINDOW_OPACITY", "CARDINAL", struct.pack("<I", int(share * 0xFFFFFFFF)))

    def shape(self, window: int, *rects: tuple[int, int, int, int], kind: int = 0) -> None:
        """Set the shape (kind 0 bounding, 1 clip) to these rectangles; none: nothing of it is left."""
        extension = self.connection.extension("SHAPE")
        assert extension is not None
        body = struct.pack("<BBBxIhh", 0, kind, 0, window, 0, 0) + b"".join(struct.pack("<hhHH", *r) for r in rects)
        self.connection.send(extension.opcode, 1, body)
        self.sync()

    def overlay(self) -> int:
        """The window above all others that a compositor paints into (Composite 0.3); there until ``close``."""
        extension = self.connection.extension("Composite")
        assert extension is not None
        assert self.connection.call(extension.opcode, 0, struct.pack("<II", 0, 4)) is not None
        reply = self.connection.call(extension.opcode, 7, struct.pack("<I", self.connection.root))
        assert reply is not None
        return int(struct.unpack_from("<I", reply, 8)[0])

    def viewable(self, window: int) -> bool:
        reply = self.connection.call(3, 0, struct.pack("<I", window))
        return reply is not None and reply[26] == 2

    def parent(self, window: int) -> int:
        reply = self.connection.call(15, 0, struct.pack("<I", window))
        assert reply is not None
        return int(struct.unpack_from("<I", reply, 12)[0])

    def sync(self) -> None:
        """Returns when the server has done all that was sent."""
        assert self.connection.call(43) is not None


@contextmanager
def screen(width: int = 1280, height: int = 800) -> Iterator[dict[str, str]]:
    """A virtual screen with a window manager; gives what to put into a program's environment."""
    server, display = start_xvfb(width, height)
    environ = {"DISPLAY": display}
    manager = client = None
    try:
        manager = subprocess.Popen(
            ["openbox"], env={**os.environ, **environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        client = XClient(environ)
        # It takes windows some time after it starts: only a window in a frame shows that it does.
        probe = client.window(0, 0, 50, 50, managed=True, mapped=False)

        def managed() -> bool:
            client.map(probe)
            return client.viewable(probe) and client.parent(probe) != client.connection.root

        until(managed, "the window manager to take a window")
        client.clear()
        yield environ
    finally:
        if client is not None:
            client.close()
        for program in (manager, server):
            if program is not None:
                program.terminate()
                program.wait(20)
