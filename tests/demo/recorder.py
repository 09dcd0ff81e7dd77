"""A proxy in front of the collector that keeps every byte, and a count of connections the product opens.

What is checked is what really went over the wire, not what either end says about it.
"""

from __future__ import annotations

import selectors
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self


class Recorder:
    """Forwards ``127.0.0.1:port`` to a target and keeps both directions, one file each per connection.

    Files ``up-N`` hold what the product sent, ``down-N`` what it got back. No bytes are changed. Thread-safe to read
    while it runs.
    """

    def __init__(self, target: tuple[str, int], folder: Path, port: int = 0) -> None:
        self._target = target
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._wake_reader, self._wake = socket.socketpair()
        self._lock = threading.Lock()
        self._connections = 0
        self._sent = 0
        self._received = 0
        self._thread = threading.Thread(target=self._serve, name="recorder", daemon=True)
        self._thread.start()

    @property
    def connections(self) -> int:
        """Connections the product opened so far."""
        with self._lock:
            return self._connections

    @property
    def sent(self) -> int:
        """Bytes the product sent so far."""
        with self._lock:
            return self._sent

    @property
    def received(self) -> int:
        """Bytes the product got back so far."""
        with self._lock:
            return self._received

    def uploads(self) -> list[bytes]:
        """What the product sent, per connection, in order."""
        return [(self._folder / f"up-{number}").read_bytes() for number in range(self.connections)]

    def bodies(self) -> list[bytes]:
        """The bodies of the HTTP/1.1 requests the product sent, in order."""
        return [body for upload in self.uploads() for body in request_bodies(upload)]

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            #: socket -> (its other side, file to keep its bytes in)
            peers: dict[socket.socket, tuple[socket.socket, Path]] = {}
            while True:
                for key, _ in selector.select():
                    ready = key.fileobj
                    assert isinstance(ready, socket.socket)
                    if ready is self._wake_reader:
                        for one in peers:
                            one.close()
                        return
                    if ready is self._listener:
                        self._accept(selector, peers)
                    elif ready in peers:
                        self._forward(ready, selector, peers)

    def _accept(self, selector: selectors.BaseSelector, peers: dict[socket.socket, tuple[socket.socket, Path]]) -> None:
        client, _ = self._listener.accept()
        with self._lock:
            number = self._connections
            up, down = self._folder / f"up-{number}", self._folder / f"down-{number}"
            up.touch()
            down.touch()
            self._connections += 1
        try:
            server = socket.create_connection(self._target, timeout=10)
        except OSError:
            client.close()
            return
        peers[client] = (server, up)
        peers[server] = (client, down)
        for one in (client, server):
            one.settimeout(10)
            selector.register(one, selectors.EVENT_READ)

    def _forward(
        self,
        source: socket.socket,
        selector: selectors.BaseSelector,
        peers: dict[socket.socket, tuple[socket.socket, Path]],
    ) -> None:
        other, path = peers[source]
        try:
            data = source.recv(65536)
            with path.open("ab") as file:
                file.write(data)
            with self._lock:
                if path.name.startswith("up-"):
                    self._sent += len(data)
                else:
                    self._received += len(data)
            if data:
                other.sendall(data)
                return
        except OSError:
            pass  # either end is gone; both are closed below
        for one in (source, other):
            selector.unregister(one)
            del peers[one]
            one.close()

    def close(self) -> None:
        """End all connections. Twice is fine."""
        if self._thread.is_alive():
            self._wake.send(b"x")
            self._thread.join(10)
        for one in (self._listener, self._wake_reader, self._wake):
            one.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def request_bodies(stream: bytes) -> list[bytes]:
    """Bodies of the requests in one connection's bytes (RFC 9112: Content-Length or chunked)."""
    bodies = []
    while stream:
        head, found, stream = stream.partition(b"\r\n\r\n")
        if not found:
            break
        fields = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
        }
        if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
            body = b""
            while stream:
                size, _, stream = stream.partition(b"\r\n")
                length = int(size.split(b";")[0], 16)
                body, stream = body + stream[:length], stream[length + 2 :]
                if length == 0:
                    break
        else:
            length = int(fields.get(b"content-length", b"0"))
            body, stream = stream[:length], stream[length:]
        if body:
            bodies.append(body)
    return bodies
