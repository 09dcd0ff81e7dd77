from __future__ import annotations

import http.client
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.demo.recorder import Recorder, request_bodies


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:  # the name http.server calls
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield ("127.0.0.1", server.server_port)
    server.shutdown()
    server.server_close()
    thread.join(10)


def test_every_byte_is_kept_and_none_changed(server: tuple[str, int], tmp_path: Path) -> None:
    with Recorder(server, tmp_path / "wire") as recorder:
        assert (recorder.connections, recorder.sent) == (0, 0)
        bodies = [os.urandom(size) for size in (10, 300_000)]
        client = http.client.HTTPConnection("127.0.0.1", recorder.port, timeout=20)
        for body in bodies:
            client.request("PUT", "/x", body)
            assert client.getresponse().read() == body[::-1]
        client.close()
        assert recorder.connections == 1
        assert recorder.bodies() == bodies
        assert recorder.sent > sum(map(len, bodies))
        assert recorder.received > sum(map(len, bodies))


def test_a_target_that_is_not_there_counts_as_a_connection(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        target = closed.getsockname()
    with Recorder(target, tmp_path) as recorder:
        with socket.create_connection(("127.0.0.1", recorder.port), timeout=20) as client:
            assert client.recv(1) == b""
        assert recorder.connections == 1


def test_bodies_with_a_length_and_in_chunks() -> None:
    stream = b"PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
    stream += b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
    stream += b"GET / HTTP/1.1\r\n\r\n"
    assert request_bodies(stream) == [b"abc", b"def"]
