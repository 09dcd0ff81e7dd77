"""What is not even HTTP, sent to the real collector: a refusal or a closed connection, and it goes on serving."""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from agent.seal import parse_header
from tests.fakes.batches import sealed
from tests.fakes.collector import Running, running_collector
from tests.fakes.fault_proxy import Asked, forward_to

DATA: Final = sealed("x", day=datetime.now(UTC).date().isoformat())[0].data
HEADER: Final = parse_header(DATA)
PATH: Final = f"/v1/{HEADER.organisation}/{HEADER.device}/{HEADER.day}/{HEADER.batch}"
PUT: Final = f"PUT {PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: *\r\n".encode()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_collector(tmp_path_factory.mktemp("raw")) as collector:
        yield collector


def say(running: Running, data: bytes) -> bytes:
    """Everything it answers until it closes, after we said all we had to say."""
    place = urlsplit(running.url)
    with socket.create_connection((place.hostname, place.port), 30) as line:
        answer = b""
        try:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65536):
                answer += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
        return answer


def nonsense() -> Iterator[bytes]:
    dice = random.Random(1126)
    for _ in range(40):
        yield dice.randbytes(dice.randrange(1, 3000))
    good = PUT + b"Content-Length: %d\r\n\r\n" % len(DATA) + DATA
    for _ in range(40):
        at = dice.randrange(good.index(b"\r"))
        yield good[:at] + dice.choice((b"\0", b"\n", b"\r", b"\t", b":", b"\xff")) + good[at + 1 :]
    for _ in range(20):
        yield good[: dice.randrange(1, len(good))]
    for head in (
        b"Content-Length: -1",
        b"Content-Length: 5, 6",
        b"Content-Length: 4\r\nContent-Length: 5",
        b"Content-Length: " + b"9" * 30,
        b"Transfer-Encoding: chunked\r\nContent-Length: 3",
        b"Transfer-Encoding: x",
        b"Transfer-Encoding: chunked, chunked",
    ):
        yield PUT + head + b"\r\n\r\n" + DATA
    for body in (b"-1\r\nx\r\n0\r\n\r\n", b"zz\r\n", b"f" * 20 + b"\r\nx", b"5\r\nabc", b"3\r\nabcdef\r\n0\r\n\r\n"):
        yield PUT + b"Transfer-Encoding: chunked\r\n\r\n" + body
    yield b"GET / HTTP/9.9\r\n\r\n"
    yield b"GET " + b"/" * 200_000 + b" HTTP/1.1\r\n\r\n"
    yield b"GET /health HTTP/1.1\r\n" + b"a: b\r\n" * 20_000 + b"\r\n"
    yield b"GET /health HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nHost: x\r\n\r\n" + b"\xff" * 50


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_no_http_is_refused_or_cut_and_nothing_is_stored(running: Running) -> None:
    before = files(running.store)
    for data in nonsense():
        answer = say(running, data)
        for status in re.findall(rb"^HTTP/1\.1 ([0-9]{3})", answer):
            # The health page may be asked for with headers that nobody needs.
            assert status[:1] == b"4" or (status == b"200" and data.startswith(b"GET /health")), (data[:300], answer)
        assert running.process.poll() is None
    assert files(running.store) == before
    ask = forward_to(running.url)
    assert ask(Asked("PUT", PATH, {"If-None-Match": "*", "Content-Length": str(len(DATA))}, DATA)).status == 201
    log = (running.store.parent / "collector.log").read_text()
    assert "Traceback" not in log, log
