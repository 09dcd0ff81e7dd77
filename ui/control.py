"""The local socket: other programs of the same user may ask for the state, and tighten.

Whoever is at the other end is told by the system. A request that is late, too long or unknown is refused by name, and
neither it nor a hundred of them keep the window from anything.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from agent.protocol import ProtocolError, encode
from agent.protocol.control import (
    MOST,
    PATIENCE,
    AskShow,
    Request,
    Told,
    control_name,
    control_places,
    decode_request,
    decode_told,
)

#: Called with a request and with what takes its one answer, now or later.
Handler = Callable[[Request, Callable[[Told], None]], None]
#: Connections at a time; a person's programs need one.
CALLERS: Final = 8
_CREDENTIALS: Final = struct.Struct("3i")  # pid, uid, gid: struct ucred of unix(7)
_CONNECT_MS: Final = 1000
_ANSWER_MS: Final = 5000
#: Unix sockets have files; elsewhere (pipes of Windows) the name alone is the place, and access to it the check.
_FILES: Final = sys.platform != "win32"


def caller(descriptor: int) -> int | None:
    """The user at the other end of a connected local socket; None where the system does not tell."""
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    with socket.socket(fileno=os.dup(descriptor)) as line:
        _pid, uid, _gid = _CREDENTIALS.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))
        return int(uid)


class Control(QObject):
    """Listens once ``listen`` was called; every request goes to ``handle``. user: who may ask, ourselves."""

    def __init__(self, handle: Handler, parent: QObject | None = None, user: int | None = None) -> None:
        super().__init__(parent)
        self._handle = handle
        self._user = user if user is not None or not _FILES else os.getuid()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._came)
        self._callers: set[_Caller] = set()

    def listen(self, profile: Path, runtime: str | None) -> bool:
        """Listen at the first place that is ours alone. Only for the one window of this profile. False: nowhere."""
        if not _FILES:
            return self._server.listen(f"aboveboard-{control_name(profile)}")
        return any(self._listen_at(place) for place in control_places(profile, runtime))

    def close(self) -> None:
        """Nobody can ask any more."""
        self._server.close()

    def _listen_at(self, place: Path) -> bool:
        if not _ours_alone(place.parent):
            return False
        QLocalServer.removeServer(str(place))  # of a window that was killed: the profile's lock is ours
        if not self._server.listen(str(place)):
            return False
        place.chmod(0o600)  # Qt grants its owner the right to execute it, too
        return True

    def _came(self) -> None:
        while (line := self._server.nextPendingConnection()) is not None:
            one = _Caller(line, self)
            self._callers.add(one)
            line.destroyed.connect(partial(self._callers.discard, one))
            known = caller(int(line.socketDescriptor()))
            if known is not None and known != self._user:
                one.drop()
            elif len(self._callers) > CALLERS:
                one.answer(_refusal("too many ask at the same time"))
            else:
                one.begin(self._handle)


class _Caller(QObject):
    """One connection: one request, one answer, and it is over."""

    def __init__(self, line: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._line = line
        self._buffer = bytearray()
        self._handle: Handler | None = None
        self._over = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(int(PATIENCE * 1000))
        self._patience.timeout.connect(self._late)
        line.setParent(self)
        line.setReadBufferSize(MOST + 1)
        line.disconnected.connect(self._gone)

    def begin(self, handle: Handler) -> None:
        """Wait for the request, and not for long."""
        self._handle = handle
        self._line.readyRead.connect(self._read)
        self._patience.start()
        self._read()

    def answer(self, told: Told) -> None:
        """Say it and hang up. Whoever does not take it in time is dropped; whoever has gone is not missed."""
        if self._over:
            return
        self._over = True
        self._line.write(encode(told))
        self._line.flush()
        self._patience.start()
        self._line.disconnectFromServer()

    def drop(self) -> None:
        """Without a word."""
        self._over = True
        self._line.abort()
        self.deleteLater()

    def _gone(self) -> None:
        self._over = True  # an answer that a person gives later has nobody to go to
        self.deleteLater()

    def _read(self) -> None:
        handle = self._handle
        if handle is None or self._over:
            return
        self._buffer += self._line.readAll().data()
        request, found, _ = bytes(self._buffer).partition(b"\n")
        if not found and len(self._buffer) <= MOST:
            return
        self._patience.stop()
        self._handle = None
        try:
            asked = decode_request(request)
        except ProtocolError as error:
            self.answer(_refusal(str(error)))
            return
        handle(asked, self.answer)

    def _late(self) -> None:
        if self._over:
            self.drop()
        else:
            self.answer(_refusal("the request did not come in time"))


def _refusal(detail: str) -> Told:
    return Told(problem="control-invalid", facts={"detail": f"{detail[:1].upper()}{detail[1:]}."})


def _ours_alone(folder: Path) -> bool:
    """Make the folder if it is not there. Is it a real one, of this user, that nobody else can enter?"""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def show_other(profile: Path, runtime: str | None) -> bool:
    """Ask the window that runs to show itself. False: it does not answer."""
    places = (
        [str(place) for place in control_places(profile, runtime)]
        if _FILES
        else [f"aboveboard-{control_name(profile)}"]
    )
    return any(_shown_by(place) for place in places)


def _shown_by(place: str) -> bool:
    line = QLocalSocket()
    line.connectToServer(place)
    if not line.waitForConnected(_CONNECT_MS):
        return False
    if caller(int(line.socketDescriptor())) not in {None, os.getuid() if _FILES else None}:
        return False
    line.write(encode(AskShow()))
    line.flush()
    while not line.canReadLine():
        if not line.waitForReadyRead(_ANSWER_MS):
            return False
    try:
        return not decode_told(bytes(line.readLine().data())).problem
    except ProtocolError:
        return False
