"""The X connection against a server by script: order, errors, nonsense, silence, the end."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.native.x11.connection import Connection, ServerGone
from agent.problems import Unavailable

Script = Callable[[socket.socket], None]
ROOT, BASE, MASK = 0x123, 0x400000, 0x1FFFFF
WELCOME = (
    struct.pack("<BxHHH", 1, 11, 0, 18)
    + struct.pack("<IIIIHHBBBBBBBBxxxx", 0, BASE, MASK, 0, 0, 65535, 1, 0, 0, 0, 32, 32, 8, 255)
    + struct.pack("<I", ROOT).ljust(40, b"\0")
)


def reply(sequence: int, data: bytes = b"", extra: bytes = b"") -> bytes:
    return struct.pack("<BxHI", 1, sequence, len(extra) // 4) + data.ljust(24, b"\0") + extra


def error(sequence: int) -> bytes:
    return struct.pack("<BBH", 0, 3, sequence).ljust(32, b"\0")


def event(kind: int, number: int) -> bytes:
    return struct.pack("<BBHI", kind, 0, 0, number).ljust(32, b"\0")


@contextmanager
def server(script: Script, welcome: bytes = WELCOME) -> Iterator[Callable[[], Connection]]:
    """A display of our own in the abstract name space; ``script`` talks after the greeting."""
    listener = socket.socket(socket.AF_UNIX)
    number = 60_000 + os.getpid() % 5_000
    listener.bind(f"\0/tmp/.X11-unix/X{number}")
    listener.listen()
    listener.settimeout(30)

    def serve() -> None:
        channel, _ = listener.accept()
        with channel, contextlib.suppress(ConnectionError):
            channel.settimeout(30)
            channel.recv(4096)
            channel.sendall(welcome)
            script(channel)

    thread = threading.Thread(target=serve)
    thread.start()
    made: list[Connection] = []

    def connect(limit: float | None = None) -> Connection:
        made.append(Connection({"DISPLAY": f":{number}", "XAUTHORITY": "/nonexistent"}, limit))
        return made[-1]

    try:
        yield connect
    finally:
        for connection in made:
            connection.close()
        thread.join(30)
        listener.close()


def test_greeting() -> None:
    with server(lambda _: None) as connect:
        connection = connect()
        assert connection.root == ROOT
        first, second = connection.new_id(), connection.new_id()
        assert first != second
        assert {first & ~MASK, second & ~MASK} == {BASE}
        assert connection.owner_of(first) == connection.owner_of(second) != connection.owner_of(0x600001)


@pytest.mark.parametrize("welcome", [b"", b"\0" * 8, WELCOME[:20], b"\1" + b"\xff" * 30, b"\2\0\0\0\0\0\0\0"])
def test_a_bad_greeting_is_refused(welcome: bytes) -> None:
    with server(lambda _: None, welcome) as connect, pytest.raises(Unavailable) as refusal:
        connect()
    assert refusal.value.code == "capture-failed"


def test_events_stay_in_order_around_replies_and_errors() -> None:
    def script(channel: socket.socket) -> None:
        channel.recv(4096)
        channel.sendall(event(9, 1) + error(7) + reply(2, b"two") + event(10, 2) + error(1) + event(9, 3))

    with server(script) as connect:
        connection = connect()
        first, second = connection.ask(43), connection.ask(43)
        assert connection.answer(first) is None, "an error"
        answer = connection.answer(second)
        assert answer is not None
        assert answer[8:11] == b"two"
        connection.wait()
        numbers = [struct.unpack_from("<I", found, 4)[0] for found in connection.events()]
        assert numbers == [1, 2, 3]


def test_a_message_may_arrive_byte_by_byte() -> None:
    message = reply(1, b"whole", b"and more")

    def script(channel: socket.socket) -> None:
        channel.recv(4096)
        for place in range(len(message)):
            channel.sendall(message[place : place + 1])

    with server(script) as connect:
        assert connect().call(43) == message


def test_a_reply_of_impossible_length_ends_it() -> None:
    def script(channel: socket.socket) -> None:
        channel.recv(4096)
        channel.sendall(struct.pack("<BxHI", 1, 1, 0x7FFFFFFF).ljust(32, b"\0"))

    with server(script) as connect, pytest.raises(ServerGone):
        connect().call(43)


def test_the_end_of_the_server_ends_it() -> None:
    with server(lambda channel: channel.recv(4096) and None) as connect, pytest.raises(ServerGone):
        connect().call(43)


def test_a_silent_server_is_not_waited_for_longer_than_the_limit() -> None:
    over = threading.Event()
    with server(lambda _: over.wait(30) and None) as connect:
        connection = connect(0.05)  # type: ignore[call-arg]
        with pytest.raises(ServerGone):
            connection.call(43)
        over.set()


def test_breaking_off_wakes_whoever_waits() -> None:
    over = threading.Event()
    with server(lambda _: over.wait(30) and None) as connect:
        connection = connect()
        timer = threading.Timer(0.05, connection.break_off)
        timer.start()
        with pytest.raises(ServerGone):
            connection.wait()
        timer.join()
        connection.break_off()
        over.set()


def test_another_descriptor_wakes_too() -> None:
    over = threading.Event()
    read, write = os.pipe()
    with server(lambda _: over.wait(30) and None) as connect:
        connection = connect()
        os.write(write, b"!")
        connection.wait(read)
        assert connection.events() == []
        over.set()
    os.close(read)
    os.close(write)


@given(noise=st.binary(max_size=300))
def test_any_noise_ends_in_an_answer_or_in_server_gone(noise: bytes) -> None:
    def script(channel: socket.socket) -> None:
        channel.recv(4096)
        channel.sendall(noise)

    with server(script) as connect, contextlib.suppress(ServerGone):
        answer = connect().call(43)
        assert answer is None or len(answer) >= 32
