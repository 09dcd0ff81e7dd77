"""The bridge to the engine, driven against a real program on the other side of real pipes."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop

from agent.protocol import Done, GetNotice, Notice, Pause, Snapshot
from tests.fakes import samples
from ui.engine import Reply
from ui.engine_process import RESTARTS_WITHIN, EngineProcess, allowed
from ui.state import State

FAKE = Path(__file__).parents[1] / "fakes" / "engine.py"


def wait_for(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not true():
        assert not deadline.hasExpired(), "never became true"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)


class Watched:
    """An EngineProcess and everything it said."""

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self.now = 0.0
        self.process = EngineProcess(
            [sys.executable, "-P", str(FAKE), *arguments], environment or dict(os.environ), "en", clock=lambda: self.now
        )
        self.state = State(clock=lambda: self.now)
        self.snapshots: list[Snapshot] = []
        self.gone = 0
        self.process.snapshot.connect(self.snapshots.append)
        self.process.snapshot.connect(self.state.take)
        self.process.started_again.connect(self.state.started)
        self.process.gone.connect(self.state.engine_gone)
        self.process.gone.connect(self._count)
        self.process.start()

    def _count(self) -> None:
        self.gone += 1


@pytest.fixture
def watched() -> Iterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def make(*arguments: str, **more: dict[str, str]) -> Watched:
        made.append(Watched(*arguments, **more))
        return made[-1]

    yield make
    for each in made:
        each.process.end()
        each.process.deleteLater()
        each.state.deleteLater()


def test_it_greets_first_and_gets_snapshots(watched: Callable[..., Watched], tmp_path: Path) -> None:
    engine = watched("--log", str(tmp_path / "log"))
    wait_for(lambda: engine.snapshots)
    first = json.loads((tmp_path / "log").read_text().splitlines()[0])
    assert first == {"type": "Hello", "id": 1, "version": 1, "language": "en"}
    assert engine.state.presented().sign == "collecting"


def test_every_command_gets_its_own_answer(watched: Callable[..., Watched]) -> None:
    engine = watched()
    answers: list[Reply] = []
    engine.process.ask(GetNotice(id=0), answers.append)
    engine.process.ask(Pause(id=0, until="resume"), answers.append)
    wait_for(lambda: len(answers) == 2)
    assert isinstance(answers[0], Notice)
    assert isinstance(answers[1], Done)
    wait_for(lambda: engine.state.presented().sign == "paused")


@pytest.mark.parametrize("misbehaviour", ["die", "bad-line", "endless-line"])
def test_an_engine_that_misbehaves_is_gone_and_shown_as_stopped(
    watched: Callable[..., Watched], misbehaviour: str
) -> None:
    engine = watched("--then", misbehaviour)
    wait_for(lambda: engine.gone)
    assert engine.gone == 1
    assert not engine.process.running()
    assert engine.state.presented().sign == "stopped"
    answers: list[Reply] = []
    engine.process.ask(GetNotice(id=0), answers.append)
    assert answers == [Done(problem="engine-stopped")]


def test_who_waits_for_an_answer_is_told_when_the_engine_goes(watched: Callable[..., Watched]) -> None:
    engine = watched("--then", "silence-from-start")
    answers: list[Reply] = []
    engine.process.ask(GetNotice(id=0), answers.append)
    engine.process.end()
    assert answers == [Done(problem="engine-stopped")]


def test_two_seconds_of_silence_are_shown_as_stopped_and_end_it_later(watched: Callable[..., Watched]) -> None:
    engine = watched("--then", "silence")
    wait_for(lambda: engine.snapshots)
    assert engine.state.presented().collecting
    engine.now = 2.1
    wait_for(lambda: engine.state.presented().sign == "stopped")
    assert engine.process.running()
    engine.now = 16
    wait_for(lambda: engine.gone)
    assert not engine.process.running()


def test_it_is_started_again_three_times_in_ten_minutes(watched: Callable[..., Watched]) -> None:
    engine = watched()
    assert [engine.process.restart() for _ in range(4)] == [True, True, True, False]
    engine.now = RESTARTS_WITHIN + 1
    assert engine.process.restart()
    wait_for(lambda: engine.state.presented().collecting)


def test_a_program_that_is_not_there_is_gone() -> None:
    process = EngineProcess(["/no/such/program"], {}, "en")
    gone: list[bool] = []
    process.gone.connect(lambda: gone.append(True))
    process.start()
    wait_for(lambda: gone)
    assert not process.running()


def test_the_engine_sees_an_allow_listed_environment() -> None:
    kept = {"HOME": "/home/a", "LC_TIME": "de_DE", "XDG_RUNTIME_DIR": "/run", "PATH": "/bin", "DISPLAY": ":1"}
    dropped = {"PYTHONPATH": "/x", "LD_PRELOAD": "x.so", "https_proxy": "http://p", "QT_DEBUG": "1"}
    assert allowed({**kept, **dropped}) == kept


def test_the_real_child_gets_no_more(tmp_path: Path) -> None:
    out = tmp_path / "names"
    code = f"import os, pathlib; pathlib.Path({str(out)!r}).write_text(' '.join(os.environ))"
    process = EngineProcess(
        [sys.executable, "-c", code], {**os.environ, "PYTHONSTARTUP": "x", "https_proxy": "p"}, "en"
    )
    gone: list[bool] = []
    process.gone.connect(lambda: gone.append(True))
    process.start()
    wait_for(lambda: gone)
    names = set(out.read_text().split())
    assert "PATH" in names
    assert not {name for name in names if name.startswith(("PYTHON", "LD_"))} | ({"https_proxy"} & names)


def test_samples_are_messages() -> None:
    assert samples.snapshot(state="paused").state == "paused"


def test_the_binding_counts_references_right() -> None:
    """PySide6 6.12.0 under Python 3.11 gives back None and True once too often, until the process aborts."""
    before = sys.getrefcount(None)
    for _ in range(200):
        QCoreApplication.processEvents()
    assert sys.getrefcount(None) > before - 100
