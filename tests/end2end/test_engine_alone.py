"""The engine believes nobody: whoever starts it and whatever is written to it, without a sign it reads no key."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent import protocol
from agent.protocol import MAX_LINE, Command, Message, Report, Snapshot, decode_report, encode
from tests.fakes.office import Office, missing
from tests.fakes.outside import alive
from tests.fakes.waiting import until
from tests.fakes.xclient import XClient

_missing = missing()
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}"),
]
SECRET = "Kupfer-Lampe-93"
#: Longer than the engine takes from a sign to the hooks, several times over.
WATCHED = 2.0


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office() as office:
        yield office


class Piped:
    """The engine with this process in the place of the window."""

    def __init__(self, office: Office, folder: Path) -> None:
        self._said, self._errors = folder / "said", folder / "errors"
        command = [sys.executable, "-I", "-m", "agent.engine", "--profile", str(folder / "profile")]
        with self._said.open("wb") as said, self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*command, "--trial", str(office.trial)],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=errors,
                env=office.desktop.environ,
            )
        self._ids = 0

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def errors(self) -> str:
        return self._errors.read_text(encoding="utf-8", errors="replace")

    def told(self) -> list[Message]:
        lines = self._said.read_bytes().splitlines(keepends=True)
        return [decode_report(line) for line in lines if line.endswith(b"\n")]

    def write(self, data: bytes) -> None:
        """Whether or not anybody still reads."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except BrokenPipeError:
            return

    def ask(self, kind: type[Command], **facts: object) -> Report:
        self._ids += 1
        mine = self._ids
        self.write(encode(kind(id=mine, **facts)))
        return until(
            lambda: next((one for one in self.told() if isinstance(one, Report) and one.re == mine), None), "an answer"
        )

    def agrees(self) -> None:
        """Everything a window can say for an employee."""
        notice = self.ask(protocol.GetNotice)
        assert isinstance(notice, protocol.Notice)
        cells = (("try", "app"), ("try", "text"))
        given = self.ask(
            protocol.Give, notice=notice.notice, cells=cells, programs=("mousepad",), language="en", shown="0" * 64
        )
        assert given == protocol.Done(re=self._ids)

    def snapshot(self) -> Snapshot:
        """The newest."""
        return until(lambda: next((s for s in reversed(self.told()) if isinstance(s, Snapshot)), None), "a snapshot")

    def close(self) -> None:
        if self.process.stdin is not None and not self.process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        try:
            self.process.wait(30)
        finally:
            self.process.kill()


@pytest.fixture
def engine(office: Office, tmp_path: Path) -> Iterator[Piped]:
    engine = Piped(office, tmp_path)
    yield engine
    engine.close()


def watch(office: Office, engine: Piped, between: Callable[[], object] = lambda: None) -> None:
    """For a while it reads no key, has no part of the hooks in memory and does not say that it collects."""
    end = time.monotonic() + WATCHED
    while time.monotonic() < end:
        between()
        assert not office.outside.reads_keys(engine.pid)
        assert engine.snapshot().state != "collecting"
    assert office.outside.loaded(engine.pid) == []


class TestSign:
    def test_no_window_of_others_passes_for_the_sign(self, office: Office, engine: Piped) -> None:
        """Made-up numbers, the root, windows of other programs; and Resume does not help."""
        engine.agrees()
        root = XClient(office.desktop.environ)
        others = [one.id for one in office.person.windows.all() if one.pid != os.getpid()]
        claims = [(), (0,), (1,), (2**32 - 1,), (2**63,), (-1,), (root.connection.root,), (0xDEAD01,)]
        claims += [(window,) for window in others] + [tuple(others)]
        root.close()
        waiting = iter(claims * 3)

        def claim() -> None:
            windows = next(waiting, (1,))
            engine.ask(protocol.ShowIndicator, windows=windows, tray=True)
            engine.ask(protocol.Resume)

        office.person.goes_to(office.editor)
        watch(office, engine, claim)
        office.writes("unsignedwords")
        assert not any(isinstance(one, protocol.Live) and one.kept for one in engine.told())

    def test_a_window_of_its_parent_that_can_be_seen_does(self, office: Office, engine: Piped) -> None:
        """So it was the sign that was missing above, and nothing else."""
        engine.agrees()
        client = XClient(office.desktop.environ)
        sign = client.window(1000, 10, 160, 30)
        engine.ask(protocol.ShowIndicator, windows=(sign,), tray=True)
        until(lambda: office.outside.reads_keys(engine.pid), "the hooks")
        client.close()
        until(lambda: not office.outside.reads_keys(engine.pid), "the hooks to be out")


GARBAGE = {
    "no JSON": f"password {SECRET}\n".encode(),
    "no UTF-8": b"\xff\xfe\x00" + SECRET.encode() + b"\n",
    "unknown type": f'{{"type":"{SECRET}","id":1}}\n'.encode(),
    "unknown field": f'{{"type":"Resume","id":1,"{SECRET}":1}}\n'.encode(),
    "missing field": b'{"type":"Pause","id":1}\n',
    "wrong type": f'{{"type":"Pause","id":"{SECRET}","until":"resume"}}\n'.encode(),
    "value not in the list": f'{{"type":"Pause","id":1,"until":"{SECRET}"}}\n'.encode(),
    "number beyond 64 bits": b'{"type":"Delete","id":1,"rows":[' + b"9" * 400 + b"]}\n",
    "deep": b"[" * 100_000 + b"\n",
    "empty line": b"\n",
}


class TestGarbage:
    def test_every_bad_line_is_a_named_problem_and_the_next_command_is_answered(
        self, office: Office, engine: Piped
    ) -> None:
        for line in GARBAGE.values():
            engine.write(line)
            assert isinstance(engine.ask(protocol.Hello, version=protocol.VERSION, language="en"), protocol.Done)
        until(lambda: any(p.code == "protocol-invalid" for p in engine.snapshot().problems), "the problem to be named")
        assert office.outside.connections(engine.pid) == 0
        engine.close()
        assert engine.process.returncode == 0
        assert engine.errors == ""

    @pytest.mark.parametrize(
        "line",
        [SECRET.encode() * (MAX_LINE // 8), f'{{"type":"Resume","id":1{SECRET}'.encode()],
        ids=["endless", "cut"],
    )
    def test_a_line_without_an_end_ends_it(self, engine: Piped, line: bytes) -> None:
        engine.agrees()
        engine.write(line)
        assert engine.process.stdin is not None
        if len(line) < MAX_LINE:
            engine.process.stdin.close()
        until(lambda: not alive(engine.pid), "the end")
        engine.close()
        assert engine.process.returncode == 0
        assert SECRET not in engine.errors
        assert "Traceback" not in engine.errors


class TestNobodyReads:
    def test_it_ends_when_its_reports_find_no_reader(self, office: Office, tmp_path: Path) -> None:
        """A parent that goes, even if somebody else holds the other end of its stdin."""
        reader, writer = os.pipe()
        stdin_reader, stdin_writer = os.pipe()
        command = [sys.executable, "-I", "-m", "agent.engine", "--profile", str(tmp_path / "profile")]
        process = subprocess.Popen(
            [*command, "--trial", str(office.trial)],
            stdin=stdin_reader,
            stdout=writer,
            stderr=subprocess.DEVNULL,
            env=office.desktop.environ,
        )
        for one in (stdin_reader, writer):
            os.close(one)
        os.read(reader, 1)
        os.close(reader)
        try:
            until(lambda: not alive(process.pid), "the end")
        finally:
            os.close(stdin_writer)
            process.kill()
            process.wait()
