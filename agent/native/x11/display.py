"""Where the X server listens, and the cookie that lets us in. Reads DISPLAY and the Xauthority file, nothing else.

Sources: X(7) "DISPLAY NAMES", Xsecurity(7), xauth's file format (Xau library, ``AuFileRead``).
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agent.problems import Unavailable

_NAME: Final = re.compile(r"(?:[^:]*/unix|unix)?:(?P<number>\d+)(?:\.(?P<screen>\d+))?")
_COOKIE: Final = b"MIT-MAGIC-COOKIE-1"
_LOCAL: Final = 256
_WILD: Final = 65535


@dataclass(frozen=True, slots=True)
class DisplayName:
    """The display number and the screen of a local X server."""

    number: int
    screen: int

    @classmethod
    def parse(cls, name: str) -> DisplayName:
        """``:0``, ``:0.1``, ``unix:0``, ``host/unix:0``. A display over the network is another computer's screen:
        ``Unavailable`` (session-unsupported).
        """
        match = _NAME.fullmatch(name)
        if match is None:
            raise Unavailable("session-unsupported", detail="DISPLAY does not name an X server on this computer.")
        return cls(int(match["number"]), int(match["screen"] or 0))

    def connect(self) -> socket.socket:
        """A connected socket: the one in the file system first, because its folder is protected, then the abstract one.
        Raises OSError.
        """
        path = f"/tmp/.X11-unix/X{self.number}"  # noqa: S108 - the place every X server uses
        failure: OSError | None = None
        for address in (path, "\0" + path):
            channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
            try:
                channel.connect(address)
            except OSError as problem:
                channel.close()
                failure = failure or problem
            else:
                return channel
        raise failure or OSError("no address")


@dataclass(frozen=True, slots=True)
class _Entry:
    family: int
    address: bytes
    number: bytes
    name: bytes
    data: bytes


def _entries(content: bytes) -> Iterator[_Entry]:
    """Entries of an Xauthority file; a cut-off last entry ends the list."""
    at = 0
    try:
        while at < len(content):
            (family,) = struct.unpack_from(">H", content, at)
            at += 2
            fields = []
            for _ in range(4):
                (length,) = struct.unpack_from(">H", content, at)
                field = content[at + 2 : at + 2 + length]
                if len(field) != length:
                    return
                fields.append(field)
                at += 2 + length
            yield _Entry(family, *fields)
    except struct.error:
        return


def cookie(display: DisplayName, environ: Mapping[str, str], hostname: str) -> tuple[bytes, bytes]:
    """(name, data) for ``display`` out of the Xauthority file, empty if there is none: the server then decides."""
    place = environ.get("XAUTHORITY") or str(Path(environ.get("HOME", "/nonexistent")) / ".Xauthority")
    try:
        content = Path(place).read_bytes()
    except OSError:
        return b"", b""
    number = str(display.number).encode()
    fallback = (b"", b"")
    for entry in _entries(content):
        if entry.name != _COOKIE or entry.number not in (b"", number):
            continue
        if entry.family == _LOCAL and entry.address == hostname.encode():
            return entry.name, entry.data
        if entry.family in (_LOCAL, _WILD) and not fallback[0]:
            fallback = (entry.name, entry.data)
    return fallback
