"""A real X session with the moves of the scripted desktop: the same contract can be asked of both."""

from __future__ import annotations

import os
import signal
import socket
import struct

from agent.native.x11.fields import OnCaret, OnControl, OnField, OnPage
from agent.native.x11.input import X11Input
from agent.records import Secure
from tests.fakes.hands import Hands
from tests.fakes.typewriter import Typewriter
from tests.fakes.waiting import until
from tests.fakes.xclient import XClient


class ScriptedFields:
    """Implements ``agent.native.x11.fields.FieldWatch``: knows what the test tells it."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[str | None, Secure]] = {}
        self.asked: list[int] = []
        self.hits: list[tuple[int, int, tuple[int, int]]] = []
        self.pages: list[int] = []
        self.carets: list[int] = []
        self._on_field: OnField | None = None

    def also(self, on_control: OnControl, on_page: OnPage, on_caret: OnCaret) -> None:
        self.on_control, self.on_page, self.on_caret = on_control, on_page, on_caret

    def caret(self, pid: int) -> None:
        self.carets.append(pid)

    def hit(self, pid: int, serial: int, place: tuple[int, int]) -> None:
        self.hits.append((pid, serial, place))

    def page(self, pid: int) -> None:
        self.pages.append(pid)

    def start(self, on_field: OnField) -> None:
        assert self._on_field is None, "started twice"
        self._on_field = on_field

    def current(self, pid: int) -> tuple[str | None, Secure]:
        return self.known.get(pid, (None, Secure.UNKNOWN))

    def ask(self, pid: int) -> None:
        self.asked.append(pid)

    def healthy(self) -> bool:
        return True

    def stop(self) -> None:
        self._on_field = None

    def found(self, pid: int, name: str | None, secure: Secure) -> None:
        """The watch finds out."""
        self.known[pid] = (name, secure)
        assert self._on_field is not None, "not started"
        self._on_field(pid, name, secure)


class RealDesktop:
    """Two programs, NOTES and VAULT, on the screen of ``environ``; ``input`` observes it."""

    def __init__(
        self,
        environ: dict[str, str],
        *,
        managed: bool = True,
        fields: ScriptedFields | None = None,
        vault_at: int = 500,
        buttons: bool = False,
    ) -> None:
        """managed: a window manager runs, which gives the focus to new windows. vault_at: its x; Notes' is 40, both are
        300 wide. buttons: they take the mouse's and say so.
        """
        self.environ = environ
        self._buttons = buttons
        self.fields = fields or ScriptedFields()
        self.input = X11Input(self.fields, environ=environ)
        self.hands = Hands(environ)
        self.client = XClient(environ)
        self.notes = self._program("Notes", 40, managed)
        self.vault = self._program("Vault", vault_at, managed)

    def _program(self, name: str, x: int, managed: bool) -> Typewriter:
        program = Typewriter(self.environ, name, x, 60, buttons=self._buttons)
        if managed:
            until(lambda: program.focused, f"the window manager to give {name} the focus")
        return program

    def close(self) -> None:
        self.input.stop()
        for part in (self.notes, self.vault, self.hands, self.client):
            part.close()

    def focus(self, program: Typewriter) -> None:
        """Set the focus and wait until the server has it there."""
        window = program.windows[0]
        until(lambda: self.client.viewable(window), "the window on the screen")
        self.set_focus(window)
        until(lambda: self.focused() == window, "the focus")

    def set_focus(self, window: int) -> None:
        self.client.connection.send(42, 1, struct.pack("<II", window, 0))
        self.client.sync()

    def activate(self, window: int) -> None:
        """Ask the window manager, as a task bar does."""
        atom = self.client.connection.atom("_NET_ACTIVE_WINDOW")
        event = struct.pack("<BBHII5I", 33, 32, 0, window, atom, 2, 0, 0, 0, 0)
        body = struct.pack("<II", self.client.connection.root, 1 << 19 | 1 << 20) + event
        self.client.connection.send(25, 0, body)
        self.client.sync()

    def server(self) -> int:
        """The process id of the X server, which the kernel knows as the other end of our connection."""
        channel = self.client.connection._socket
        return int(struct.unpack("<iII", channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0])

    def end_server(self) -> None:
        """Kill the X server of this screen."""
        os.kill(self.server(), signal.SIGKILL)

    def focused(self) -> int:
        reply = self.client.connection.call(43)
        assert reply is not None
        return int(struct.unpack_from("<I", reply, 8)[0])
