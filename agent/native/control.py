"""Ask the running window something over its local socket. The other end is in the window's process; this one is any
program of the same user, first of all the ``aboveboard`` command.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from agent.problems import Unavailable
from agent.protocol import ProtocolError, encode
from agent.protocol.control import AskErase, AskExport, Request, Told, decode_told

#: Seconds the window may take where it only has to look or to tell the engine.
ANSWER: Final = 20.0
_CREDENTIALS: Final = struct.Struct("3i")  # pid, uid, gid: struct ucred of unix(7)
_MOST: Final = 1 << 16


def ask(places: Sequence[Path], request: Request) -> Told:
    """Send ``request`` to whoever listens at the first of ``places`` and wait for the answer; without limit where a
    person is asked.

    Raises ``Unavailable``: ``app-not-running`` if nobody listens, ``control-silent`` if no answer can be had.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise Unavailable("app-not-running")
    for place in places:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(ANSWER)
            try:
                line.connect(os.fspath(place))
            except OSError:
                continue  # not there, nobody behind it, or a path too long for a socket
            if _owner(line) != os.getuid():
                continue  # somebody else's: nothing is told to it
            try:
                line.sendall(encode(request))
                line.settimeout(None if isinstance(request, AskErase | AskExport) else ANSWER)
                return decode_told(_read(line))
            except (OSError, ProtocolError) as error:
                raise Unavailable("control-silent") from error
    raise Unavailable("app-not-running")


def _owner(line: socket.socket) -> int:
    """Who listens; the system says it, not they."""
    _pid, uid, _gid = _CREDENTIALS.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))
    return int(uid)


def _read(line: socket.socket) -> bytes:
    """One line. An end before it is no answer."""
    found = b""
    while not found.endswith(b"\n"):
        part = line.recv(4096)
        if not part or len(found) > _MOST:
            raise ProtocolError("no whole line")
        found += part
    return found
