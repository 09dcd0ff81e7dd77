"""One connection to the X server: requests, replies, and events in the order in which the server sent them.

Little-endian only: client and server share a computer. Not thread-safe, except ``break_off``.
Source: X Window System Protocol, X Consortium Standard, X Version 11, release 7.
"""

from __future__ import annotations

import os
import select
import socket
import struct
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.native.x11.display import DisplayName, cookie
from agent.problems import Unavailable

_ERROR: Final = 0
_REPLY: Final = 1
_GENERIC_EVENT: Final = 35
#: No reply that we ask for comes near this; a longer one means that we lost the thread.
_LONGEST: Final = 16 * 1024 * 1024
_HANDSHAKE_SECONDS: Final = 10.0

_QUERY_EXTENSION: Final = 98
_INTERN_ATOM: Final = 16


class ServerGone(Exception):
    """The connection ended, or what came over it made no sense."""


@dataclass(frozen=True, slots=True)
class Extension:
    """Where an extension's requests and events begin."""

    opcode: int
    first_event: int


def padded(data: bytes) -> bytes:
    """``data`` filled with zero bytes to a multiple of four."""
    return data + b"\0" * (-len(data) % 4)


class Connection:
    """A client of the X server at ``DISPLAY``.

    Raises ``Unavailable``: session-unsupported if the display is not local, capture-failed if it does not let us in.
    limit: seconds of the server's silence after which an ``answer`` is not waited for any longer (``ServerGone``).
    """

    def __init__(self, environ: Mapping[str, str] | None = None, limit: float | None = None) -> None:
        environ = os.environ if environ is None else environ
        display = DisplayName.parse(environ.get("DISPLAY", ""))
        try:
            self._socket = display.connect()
        except OSError as problem:
            raise Unavailable("capture-failed", detail="The X server does not answer.") from problem
        self._buffer = bytearray()
        self._events: deque[bytes] = deque()
        self._awaited: dict[int, bytes | None] = {}
        self._waiting: set[int] = set()
        self._stream: int | None = None
        self._out = bytearray()
        self._sequence = 0
        self._atoms: dict[str, int] = {}
        try:
            self._socket.settimeout(limit or _HANDSHAKE_SECONDS)
            self._shake_hands(*cookie(display, environ, socket.gethostname()), display.screen)
            self._socket.settimeout(limit)
        except (OSError, ServerGone, struct.error) as problem:
            self._socket.close()
            raise Unavailable("capture-failed", detail="The X server did not let us in.") from problem

    def _shake_hands(self, name: bytes, data: bytes, screen: int) -> None:
        hello = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(data))
        self._socket.sendall(hello + padded(name) + padded(data))
        head = self._take(8)
        body = self._take(4 * struct.unpack_from("<H", head, 6)[0])
        if head[0] != 1:
            raise ServerGone("refused")
        self._id_base: int
        self._id_mask: int
        self._id_base, self._id_mask = struct.unpack_from("<II", body, 4)
        self._next_id = 0
        vendor, screens, formats = struct.unpack_from("<HxxBB", body, 16)
        if screen >= screens:
            raise ServerGone("no such screen")
        at = 32 + (vendor + 3) // 4 * 4 + 8 * formats
        for _ in range(screen):
            at += self._screen_length(body, at)
        self.root: int
        (self.root,) = struct.unpack_from("<I", body, at)

    @staticmethod
    def _screen_length(body: bytes, at: int) -> int:
        end = at + 40
        for _ in range(body[at + 39]):
            (visuals,) = struct.unpack_from("<H", body, end + 2)
            end += 8 + 24 * visuals
        return end - at

    # Reading -------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Wait for more bytes."""
        try:
            chunk = self._socket.recv(65536)
        except OSError as problem:
            raise ServerGone("connection lost") from problem
        if not chunk:
            raise ServerGone("connection closed")
        self._buffer += chunk

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._fill()
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _sort(self) -> None:
        """Move every complete message out of the buffer: events to their queue, awaited answers to their place."""
        while len(self._buffer) >= 32:
            kind = self._buffer[0] & 0x7F
            length = 32
            if kind in (_REPLY, _GENERIC_EVENT):
                length += 4 * int.from_bytes(self._buffer[4:8], "little")
            if length > _LONGEST:
                raise ServerGone("a message of impossible length")
            if len(self._buffer) < length:
                return
            message = self._take(length)
            if kind > _REPLY:
                self._events.append(message)
                continue
            (sequence,) = struct.unpack_from("<H", message, 2)
            if sequence == self._stream and kind == _REPLY:
                self._events.append(message)
            elif sequence in self._waiting:
                self._waiting.discard(sequence)
                self._awaited[sequence] = message if kind == _REPLY else None

    # Requests ------------------------------------------------------------------------------------------------

    def send(self, opcode: int, detail: int = 0, body: bytes = b"") -> None:
        """Queue a request without a reply. An error it causes (a window that went away meanwhile) is passed over."""
        self._out += struct.pack("<BBH", opcode, detail, 1 + len(body) // 4) + body
        self._sequence = (self._sequence + 1) & 0xFFFF

    def ask(self, opcode: int, detail: int = 0, body: bytes = b"") -> int:
        """Queue a request with a reply; ``answer`` takes the ticket. Several may be on their way."""
        self.send(opcode, detail, body)
        self._waiting.add(self._sequence)
        return self._sequence

    def answer(self, ticket: int) -> bytes | None:
        """The reply, at least 32 bytes, or None for an error. Events met on the way are queued in order."""
        self.flush()
        self._sort()
        while ticket not in self._awaited:
            self._fill()
            self._sort()
        return self._awaited.pop(ticket)

    def stream(self, opcode: int, detail: int = 0, body: bytes = b"") -> None:
        """Send a request whose replies never end (RECORD): they arrive among the events, and nothing else is asked."""
        self.send(opcode, detail, body)
        self._stream = self._sequence
        self.flush()

    def call(self, opcode: int, detail: int = 0, body: bytes = b"") -> bytes | None:
        """``ask`` and ``answer`` in one."""
        return self.answer(self.ask(opcode, detail, body))

    def flush(self) -> None:
        if self._out:
            try:
                self._socket.sendall(self._out)
            except OSError as problem:
                raise ServerGone("connection lost") from problem
            self._out.clear()

    # Events --------------------------------------------------------------------------------------------------

    def wait(self, *others: int) -> None:
        """Sleep until an event is there or one of the file descriptors ``others`` can be read."""
        self.flush()
        self._sort()
        poll = select.poll()
        for descriptor in (self._socket.fileno(), *others):
            poll.register(descriptor, select.POLLIN)
        while not self._events:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self._socket.fileno() in ready:
                self._fill()
                self._sort()
            if ready & set(others):
                return

    def take_in(self) -> None:
        """Read what has arrived by now. Does not wait."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        while poll.poll(0):
            self._fill()
        self._sort()

    def waiting(self) -> Sequence[bytes]:
        """The events received so far, left where they are."""
        return tuple(self._events)

    def events(self) -> list[bytes]:
        """Every event received so far, in the server's order. Does not wait."""
        taken = list(self._events)
        self._events.clear()
        return taken

    def fileno(self) -> int:
        return self._socket.fileno()

    # Odds and ends -------------------------------------------------------------------------------------------

    def new_id(self) -> int:
        """A fresh resource id of ours."""
        step = self._id_mask & -self._id_mask
        self._next_id += step
        return self._id_base | self._next_id

    def owner_of(self, resource: int) -> int:
        """A number that two resources share exactly if the same client made them."""
        return resource & ~self._id_mask

    def extension(self, name: str) -> Extension | None:
        """None if the server does not have it."""
        text = name.encode()
        reply = self.call(_QUERY_EXTENSION, 0, struct.pack("<Hxx", len(text)) + padded(text))
        if reply is None or not reply[8]:
            return None
        return Extension(reply[9], reply[10])

    def atom(self, name: str) -> int:
        """The number of a name; made if new."""
        if name not in self._atoms:
            text = name.encode()
            reply = self.call(_INTERN_ATOM, 0, struct.pack("<Hxx", len(text)) + padded(text))
            if reply is None:
                raise ServerGone("no atom")
            (self._atoms[name],) = struct.unpack_from("<I", reply, 8)
        return self._atoms[name]

    def break_off(self) -> None:
        """End the connection from any thread: whoever reads gets ServerGone."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # already gone, which is what was asked for

    def close(self) -> None:
        self._socket.close()
