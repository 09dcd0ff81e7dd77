"""The window's local socket, with the scripted engine behind it and raw sockets before it."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from agent.protocol import (
    Command,
    EraseAll,
    Exclude,
    Export,
    Hello,
    Pause,
    Resume,
    ShowIndicator,
    Snapshot,
    decode_command,
    encode,
)
from agent.protocol.control import (
    MOST,
    AskErase,
    AskExclude,
    AskExport,
    AskPause,
    AskShow,
    AskStatus,
    Request,
    Told,
    control_places,
    decode_told,
)
from tests.fakes import samples
from tests.ui.test_app import FAKE, wait_for
from ui.app import App, Options
from ui.control import CALLERS, Control, caller, show_other

RUNTIME = "XDG_RUNTIME_DIR"


class Client:
    """Another program of the same user. It never blocks: the window runs in this very process."""

    def __init__(self, place: Path) -> None:
        self.line = socket.socket(socket.AF_UNIX)
        self.line.connect(str(place))
        self.line.setblocking(False)
        self.heard = b""

    def says(self, data: bytes | Request) -> Client:
        self.line.sendall(data if isinstance(data, bytes) else encode(data))
        return self

    def hears(self) -> Told:
        """The answer, once it is there and the line is closed."""
        wait_for(self.ended)
        return decode_told(self.heard)

    def ended(self) -> bool:
        """The window has hung up."""
        try:
            while part := self.line.recv(4096):
                self.heard += part
        except BlockingIOError:
            return False
        except ConnectionResetError:
            pass
        self.line.close()
        return True


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A short one: the path of a socket has 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="ab-") as folder:
        yield Path(folder)


@pytest.fixture
def app(application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    monkeypatch.setenv(RUNTIME, str(run))
    (tmp_path / "first").write_bytes(encode(samples.snapshot()).strip())
    command = (sys.executable, "-P", str(FAKE), "--log", str(tmp_path / "log"), "--snapshot", str(tmp_path / "first"))
    (tmp_path / "profile").mkdir(mode=0o700)
    made = App(Options(tmp_path / "profile", hidden=True, engine=command), application)
    made.start()
    wait_for(lambda: made.state.fresh)
    yield made
    made.control.close()
    made.engine.end()
    made.tray.icon.hide()
    made.tray.menu.deleteLater()
    made.deleteLater()


@pytest.fixture
def ask(app: App, tmp_path: Path) -> Callable[[bytes | Request], Client]:
    return lambda request: Client(places(tmp_path)[0]).says(request)


def places(tmp_path: Path) -> tuple[Path, ...]:
    return control_places(tmp_path / "profile", str(tmp_path / "run"))


def commands(tmp_path: Path, kind: type) -> list[object]:
    told = [decode_command(line) for line in (tmp_path / "log").read_bytes().splitlines()]
    return [command for command in told if isinstance(command, kind)]


Ask = Callable[[bytes | Request], Client]


def test_the_socket_is_for_its_owner_alone(app: App, tmp_path: Path) -> None:
    place = places(tmp_path)[0]
    assert place.is_socket()
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert place.parent.parent == tmp_path / "run"
    app.end()
    assert not place.exists()


def test_status_is_what_the_sign_says(app: App, ask: Ask) -> None:
    status = ask(AskStatus()).hears().status
    assert status is not None
    assert status.sentence == app.tray.icon.toolTip()
    assert status.collecting is app.state.presented().collecting is True
    assert status.state == "collecting"
    app.state.engine_gone()
    gone = ask(AskStatus()).hears().status
    assert gone is not None
    assert (gone.collecting, gone.state) == (False, "stopped")


def test_a_no_is_told_to_no_program(ask: Ask, app: App) -> None:
    """Nor that somebody never answered, withdrew, or is asked: a script of IT may run as this user."""
    app.engine.snapshot.disconnect(app.state.take)  # the scripted engine goes on saying something else
    told = set()
    for consent in ("never-asked", "refused", "withdrawn", "expired"):
        for decision in (False, True):
            off = samples.snapshot(state="off", consent=consent, decision=decision, waiting=0, given=(), due_soon=0)
            client = ask(AskStatus())
            app.state.take(off)
            client.hears()
            told.add(client.heard)
    assert len(told) == 1
    assert b"Off. Nothing is being collected." in told.pop()


def test_status_names_no_program_and_no_text(ask: Ask) -> None:
    """What is in front, and what was typed, is nothing for other programs."""
    shown = samples.snapshot()
    client = ask(AskStatus())
    client.hears()
    told = json.loads(client.heard)
    assert set(told["status"]) == {
        "version", "collecting", "state", "sentence", "trial", "paused_until", "waiting", "leaving",
        "sending", "problems",
    }  # fmt: skip
    assert shown.organisation not in told["status"].values()


def test_a_pause_reaches_the_engine_as_one_that_never_shortens(ask: Ask, app: App, tmp_path: Path) -> None:
    assert ask(AskPause("1h")).hears().problem == ""
    (pause,) = commands(tmp_path, Pause)
    assert isinstance(pause, Pause)
    assert (pause.until, pause.at_least) == ("1h", True)
    wait_for(lambda: app.state.presented().sign == "paused")


@pytest.mark.parametrize("wanted", ["Writer", "writer", " WRITER "])
def test_a_program_is_excluded_by_its_name_or_id(ask: Ask, tmp_path: Path, wanted: str) -> None:
    row = next(row for row in samples.programs().rows if row.name.casefold() != row.id)
    name = {"Writer": row.name, "writer": row.id, " WRITER ": f" {row.name.upper()} "}[wanted]
    told = ask(AskExclude(name)).hears()
    assert (told.problem, told.program, told.known) == ("", row.id, True)
    (exclude,) = commands(tmp_path, Exclude)
    assert isinstance(exclude, Exclude)
    assert (exclude.program, exclude.delete_waiting) == (row.id, False)


def test_a_program_nobody_knows_is_excluded_and_said_to_be_unknown(ask: Ask) -> None:
    told = ask(AskExclude("Nowhere-To-Be-Found")).hears()
    assert (told.problem, told.program, told.known) == ("", "nowhere-to-be-found", False)


def test_show_brings_the_window(ask: Ask, app: App) -> None:
    assert not app.window.isVisible()
    assert ask(AskShow()).hears() == Told()
    assert app.window.isVisible()


# ---------------------------------------------------------------- what the person says in the window


def test_erasing_is_asked_in_the_window_and_yes_does_it(ask: Ask, app: App, tmp_path: Path) -> None:
    client = ask(AskErase())
    wait_for(lambda: app.flows.question)
    assert commands(tmp_path, EraseAll) == []
    assert app.flows.question is not None
    app.flows.question.yes.click()
    assert client.hears().problem == ""
    assert len(commands(tmp_path, EraseAll)) == 1


def test_a_no_does_nothing_and_is_told(ask: Ask, app: App, tmp_path: Path) -> None:
    client = ask(AskExport(str(tmp_path / "out"), "en"))
    wait_for(lambda: app.flows.question)
    assert app.flows.question is not None
    app.flows.question.close()
    assert client.hears().problem == "control-declined"
    assert commands(tmp_path, Export) == []


def test_no_program_can_answer_a_question_by_asking_another(ask: Ask, app: App, tmp_path: Path) -> None:
    """Closing the question of withdrawal would end the pause it made."""
    app.flows.withdraw()
    question = app.flows.question
    assert ask(AskErase()).hears().problem == "control-busy"
    assert ask(AskExport(str(tmp_path), "de")).hears().problem == "control-busy"
    assert app.flows.question is question


def test_who_asked_and_left_is_not_missed(ask: Ask, app: App, tmp_path: Path) -> None:
    client = ask(AskErase())
    wait_for(lambda: app.flows.question)
    client.line.close()
    assert ask(AskStatus()).hears().status is not None
    assert app.flows.question is not None
    app.flows.question.yes.click()
    wait_for(lambda: commands(tmp_path, EraseAll))
    assert ask(AskStatus()).hears().status is not None


# ---------------------------------------------------------------- bad clients


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"hello\n",
        b"\xff\xfe\n",
        b'{"type":"Resume","id":1}\n',
        b'{"type":"Give","id":1}\n',
        b'{"type":"Collect","id":1,"program":"mousepad"}\n',
        b'{"type":"AskStatus","more":1}\n',
        b'{"type":"AskPause","until":"never"}\n',
        b'{"type":"AskPause"}\n',
        b'{"type":"AskExclude","program":" "}\n',
        b'{"type":"AskExclude","program":"a\\nb"}\n',
        b'{"type":"AskExclude","program":"' + b"x" * 201 + b'"}\n',
        b'{"type":"AskExport","folder":"here","language":"en"}\n',
        b'{"type":"AskExport","folder":"/a\\nb","language":"en"}\n',
        b"[" * 5000 + b"\n",
        b"x" * (MOST + 1),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(ask: Ask, app: App, tmp_path: Path, line: bytes) -> None:
    told = ask(line).hears()
    assert told.problem == "control-invalid"
    assert told.facts["detail"].endswith(".")
    assert {type(command) for command in commands(tmp_path, Command)} <= {Hello, ShowIndicator}
    assert app.state.presented().collecting
    assert ask(AskStatus()).hears().status is not None


def test_a_request_in_pieces_is_one(app: App, tmp_path: Path) -> None:
    client = Client(places(tmp_path)[0])
    for byte in encode(AskStatus()):
        client.says(bytes([byte]))
        QApplication.processEvents()
    assert client.hears().status is not None


def test_who_says_nothing_is_refused_after_a_while(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.control.PATIENCE", 0.1)
    silent = Client(places(tmp_path)[0])
    assert "in time" in silent.hears().facts["detail"]


def test_many_who_say_nothing_keep_nobody_waiting(app: App, ask: Ask, tmp_path: Path) -> None:
    silent = [Client(places(tmp_path)[0]) for _ in range(CALLERS)]
    assert "too many" in ask(AskStatus()).hears().facts["detail"].lower()
    for one in silent:
        one.line.close()
    wait_for(lambda: ask(AskStatus()).hears().status is not None)


def test_another_user_is_told_nothing(application: QApplication, tmp_path: Path) -> None:
    heard: list[Request] = []
    control = Control(lambda request, _answer: heard.append(request), application, user=os.getuid() + 1)
    (tmp_path / "profile").mkdir(mode=0o700)
    assert control.listen(tmp_path / "profile", None)
    client = Client(tmp_path / "profile" / "control.sock").says(AskErase())
    wait_for(client.ended)
    assert (client.heard, heard) == (b"", [])
    control.close()
    control.deleteLater()


def test_the_system_says_who_is_at_the_other_end() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert caller(one.fileno()) == os.getuid()


@pytest.mark.parametrize("spoiled", ["open", "link"])
def test_a_folder_that_others_may_enter_is_not_used(application: QApplication, tmp_path: Path, spoiled: str) -> None:
    folder = tmp_path / "run" / "aboveboard"
    folder.parent.mkdir()
    if spoiled == "open":
        folder.mkdir()
        folder.chmod(0o755)
    else:
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "profile").mkdir(mode=0o700)
    control = Control(lambda _request, _answer: None, application)
    assert control.listen(tmp_path / "profile", str(tmp_path / "run"))
    assert (tmp_path / "profile" / "control.sock").is_socket()
    assert list(folder.iterdir()) == []
    control.close()
    control.deleteLater()


def test_nowhere_to_listen_is_told(application: QApplication, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)
    control = Control(lambda _request, _answer: None, application)
    assert not control.listen(long, None)
    assert not show_other(long, None)
    control.deleteLater()


def test_nobody_can_ask_to_go_on(ask: Ask, tmp_path: Path, app: App) -> None:
    """Whatever is said, no Resume reaches the engine."""
    ask(AskPause("resume")).hears()
    for request in (AskStatus(), AskShow(), AskExclude("xterm"), AskPause("15m")):
        ask(request).hears()
    assert commands(tmp_path, Resume) == []
    assert app.state.presented().sign == "paused"


def test_the_sample_is_collecting() -> None:
    assert isinstance(samples.snapshot(), Snapshot)
