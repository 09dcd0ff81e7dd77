"""A real HTTP server on loopback that hands requests on to a collector and breaks them as the script says.

``faults`` are used up one per request; without any left it behaves. ``seen`` lists what came in.
"""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


Behind: TypeAlias = Callable[[Asked], Answer]


@dataclass(frozen=True)
class Status:
    """Answers itself; the collector never hears of it."""

    code: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Reset:
    """Connection reset; ``delivered``: only after the collector has taken the batch."""

    delivered: bool


@dataclass(frozen=True)
class Truncated:
    """The collector's answer is cut in the middle."""


@dataclass(frozen=True)
class Silent:
    """No answer until the proxy ends; ``delivered`` as in Reset."""

    delivered: bool = False


@dataclass(frozen=True)
class Replaced:
    """The collector has taken it, but another body comes back with the same status."""

    body: bytes


Fault: TypeAlias = Status | Reset | Truncated | Silent | Replaced


def forward_to(url: str) -> Behind:
    """The collector that listens at ``url``."""
    address = urlsplit(url)

    def ask(asked: Asked) -> Answer:
        connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=30)
        try:
            headers = {name: value for name, value in asked.headers.items() if name.lower() != "host"}
            connection.request(asked.method, asked.path, asked.body or None, headers)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    return ask


class FaultProxy:
    def __init__(self, behind: Behind) -> None:
        self.behind = behind
        self.faults: deque[Fault] = deque()
        self.seen: list[Asked] = []
        self.arrived = threading.Semaphore(0)
        self.ended = threading.Event()
        self.url = ""

    def puts(self) -> list[Asked]:
        return [asked for asked in self.seen if asked.method == "PUT"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: FaultProxy

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        pass

    def do_PUT(self) -> None:
        self._handle()

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path, dict(self.headers.items()), body)
        self.proxy.seen.append(asked)
        self.proxy.arrived.release()
        fault = self.proxy.faults.popleft() if self.proxy.faults else None
        match fault:
            case None:
                self._answer(self.proxy.behind(asked))
            case Status(code, headers, own):
                self._answer(Answer(code, headers, own))
            case Replaced(other):
                self._answer(self.proxy.behind(asked)._replace(body=other))
            case Truncated():
                self._answer(self.proxy.behind(asked), cut=True)
            case Reset(delivered):
                if delivered:
                    self.proxy.behind(asked)
                self._reset()
            case Silent(delivered):
                if delivered:
                    self.proxy.behind(asked)
                self.proxy.ended.wait(30)
                self._reset()

    def _answer(self, answer: Answer, *, cut: bool = False) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in {"content-length", "connection", "transfer-encoding", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if cut else answer.body)
        if cut:
            self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that break are what this is for."""


@contextmanager
def fault_proxy(behind: Behind, *faults: Fault) -> Iterator[FaultProxy]:
    proxy = FaultProxy(behind)
    proxy.faults.extend(faults)
    handler = type("Handler", (_Handler,), {"proxy": proxy})
    server = _Server(("127.0.0.1", 0), handler)
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
