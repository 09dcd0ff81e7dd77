"""Presses that the server makes itself while a key is held: the one thing raw events leave out.

The RECORD extension reports every key press that the server hands out, repeats too, but on a connection of its own
and so in no order with the focus. What comes from here therefore only says *that* a held key repeated and when;
where it went is decided from the ordered connection.
Source: X Record Extension Protocol Specification 1.13.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from agent.native.x11.connection import Connection
from agent.problems import Unavailable

_QUERY_VERSION: Final = 0
_CREATE_CONTEXT: Final = 1
_ENABLE_CONTEXT: Final = 5
_ALL_CLIENTS: Final = 3
_REPLY: Final = 1
_FROM_SERVER: Final = 0
_KEY_PRESS: Final = 2
#: One XRecordRange: core requests and replies, extension requests and replies, delivered events, *device events*,
#: errors, client started and died.
_RANGE: Final = bytes(18) + bytes((_KEY_PRESS, _KEY_PRESS)) + bytes(4)


@dataclass(frozen=True, slots=True)
class Press:
    """The server handed out a key press. time: server milliseconds."""

    keycode: int
    time: int


class Recorder:
    """Reads on its own connection; ``control`` is used to set it up and must stay open.

    Raises ``Unavailable`` if the server has no RECORD extension.
    """

    def __init__(self, control: Connection, environ: Mapping[str, str]) -> None:
        extension = control.extension("RECORD")
        if extension is None:
            raise Unavailable("capture-failed", detail="The X server lacks the RECORD extension.")
        control.call(extension.opcode, _QUERY_VERSION, struct.pack("<HH", 1, 13))
        context = control.new_id()
        body = struct.pack("<IBxxxIII", context, 0, 1, 1, _ALL_CLIENTS) + _RANGE
        control.send(extension.opcode, _CREATE_CONTEXT, body)
        control.call(extension.opcode, _QUERY_VERSION, struct.pack("<HH", 1, 13))  # the context exists from here on
        self._connection = Connection(environ)
        self._connection.stream(extension.opcode, _ENABLE_CONTEXT, struct.pack("<I", context))

    def fileno(self) -> int:
        return self._connection.fileno()

    def presses(self) -> list[Press]:
        """What arrived by now, oldest first. Does not wait."""
        self._connection.take_in()
        # Other messages: events that every client gets, and the marks of beginning and end.
        data = [event for event in self._connection.events() if event[0] == _REPLY and event[1] == _FROM_SERVER]
        return [
            Press(message[at + 1], struct.unpack_from("<I", message, at + 4)[0])
            for message in data
            for at in range(32, len(message) - 31, 32)
            if message[at] & 0x7F == _KEY_PRESS
        ]

    def break_off(self) -> None:
        """From any thread: whoever reads gets ServerGone."""
        self._connection.break_off()

    def close(self) -> None:
        self._connection.close()
