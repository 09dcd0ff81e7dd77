"""The two ends of the inherited pipe."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from agent.engine.inbox import BadLine, EndOfInput, Item
from agent.protocol import MAX_LINE, Message, ProtocolError, decode_command, encode


def private_stdout() -> BinaryIO:
    """The protocol's own descriptor. Descriptor 1 then points at stderr, so a chatty library cannot break a line."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb", buffering=0)


class Reader(threading.Thread):
    """Reads commands until the end of stdin, which is told like any other item."""

    def __init__(self, source: BinaryIO, put: Callable[[Item], None]) -> None:
        super().__init__(name="commands", daemon=True)
        self._source = source
        self._put = put

    def run(self) -> None:
        while True:
            try:
                line = self._source.readline(MAX_LINE + 1)
            except (OSError, ValueError):
                line = b""
            if not line:
                self._put(EndOfInput())
                return
            try:
                self._put(decode_command(line))
            except ProtocolError as error:
                self._put(BadLine(str(error)))
                if not line.endswith(b"\n"):
                    # A line without an end cannot be told from the next one: the pipe is of no more use.
                    self._put(EndOfInput())
                    return


class Writer:
    """Writes reports; False once the window is gone."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._lock = threading.Lock()

    def __call__(self, message: Message) -> bool:
        data = encode(message)
        with self._lock:
            try:
                while data:
                    written = self._target.write(data)
                    data = data[written or 0 :]
            except OSError:
                return False
        return True
