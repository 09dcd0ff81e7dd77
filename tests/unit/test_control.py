"""What can be asked from outside: a closed list that only tightens; the client's side of the line."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from agent import protocol
from agent.native.control import ask
from agent.problems import Unavailable
from agent.protocol import ProtocolError, encode
from agent.protocol.control import (
    MOST,
    AskExclude,
    AskExport,
    AskPause,
    AskShow,
    AskStatus,
    Request,
    Told,
    control_places,
    decode_request,
    decode_told,
)


def test_the_list_of_what_can_be_asked_is_closed() -> None:
    """A name more is a decision: can it loosen anything?"""
    assert {kind.__name__ for kind in get_args(Request)} == {
        "AskStatus", "AskPause", "AskExclude", "AskShow", "AskErase", "AskExport",
    }  # fmt: skip


@pytest.mark.parametrize("request_", [AskStatus(), AskPause("tomorrow"), AskExclude("xterm"), AskExport("/a", "de")])
def test_a_request_comes_back_equal(request_: Request) -> None:
    assert decode_request(encode(request_)) == request_


def test_no_command_of_the_window_is_a_request() -> None:
    for command in (protocol.Resume(id=1), protocol.Collect(id=1, program="x"), protocol.Quit(id=1)):
        with pytest.raises(ProtocolError, match="not a request"):
            decode_request(encode(command))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"x" * (MOST + 1), "bytes"),
        (encode(AskExclude("")), "program"),
        (encode(AskExclude("a" * 201)), "program"),
        (encode(AskExclude("a\u202eb")), "program"),
        (encode(AskExport("relative", "en")), "absolute"),
        (encode(AskExport("/a\u2028b", "en")), "absolute"),
        (b"\xff", "not a request"),
    ],
)
def test_what_is_wrong_is_named_and_never_repeated(line: bytes, what: str) -> None:
    with pytest.raises(ProtocolError, match=what):
        decode_request(line)


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(ProtocolError):
        decode_told(b'{"type":"Told","more":1}')


@pytest.mark.parametrize("runtime", [None, "", "relative"])
def test_without_a_runtime_folder_the_profile_holds_the_socket(tmp_path: Path, runtime: str | None) -> None:
    assert control_places(tmp_path, runtime) == (tmp_path / "control.sock",)


def test_each_profile_has_a_place_of_its_own(tmp_path: Path) -> None:
    one, other = (control_places(tmp_path / name, "/run/user/7")[0] for name in ("one", "other"))
    assert one != other
    assert one.parent == other.parent == Path("/run/user/7/aboveboard")
    assert len(os.fsencode(one)) < 80


# ---------------------------------------------------------------- the client


@pytest.fixture
def place() -> Iterator[Path]:
    """A short one: the path of a socket has 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="ab-") as folder:
        yield Path(folder) / "s"


def served(place: Path, answer: Callable[[socket.socket], None]) -> threading.Thread:
    """Somebody who listens and does ``answer`` with the first who comes."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(place))
    listening.listen()

    def serve() -> None:
        with listening, listening.accept()[0] as line:
            line.makefile("rb").readline()
            answer(line)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_the_answer_is_taken_in_pieces(place: Path) -> None:
    told = encode(Told(count=3))
    thread = served(place, lambda line: [line.sendall(bytes([byte])) for byte in told] and None)
    assert ask([place.with_name("not-there"), place], AskShow()) == Told(count=3)
    thread.join()


@pytest.mark.parametrize("answer", [b"", b"half", b"not json\n", b"x" * 200_000])
def test_no_whole_answer_is_silence(place: Path, answer: bytes) -> None:
    def say(line: socket.socket) -> None:
        try:
            line.sendall(answer)
        except OSError:
            return

    thread = served(place, say)
    with pytest.raises(Unavailable) as refused:
        ask([place], AskShow())
    assert refused.value.code == "control-silent"
    thread.join()


def test_nobody_there_is_the_app_not_running(place: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(place))
    left.close()
    with pytest.raises(Unavailable) as refused:
        ask([place, place.with_name("absent"), place / ("x" * 200)], AskStatus())
    assert refused.value.code == "app-not-running"


def test_somebody_else_who_listens_is_told_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        here = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: here + 1)
        with pytest.raises(Unavailable) as refused:
            ask([place], AskStatus())
        assert refused.value.code == "app-not-running"
        with listening.accept()[0] as line:
            assert line.recv(100) == b""
