"""An engine in a process of its own that is killed at a moment nobody chose, and started again on the same profile."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from agent.protocol import Command, Live, Message, Report, Snapshot, decode_report, encode

ROOT = Path(__file__).resolve().parents[2]
_Report = TypeVar("_Report", bound=Report)


class Killed(Exception):
    """The process is gone, as was planned."""


class MortalEngine:
    """``ask`` is the window, ``does`` is the desktop. After ``dies`` either may raise ``Killed``.

    folder: holds ``trial`` (policy and profile), ``tmp`` (the process's TMPDIR) and ``logs`` (what it said on stderr).
    keys: folder of the keystore. reports: folder for what it said on stdout.
    """

    def __init__(self, folder: Path, keys: Path, reports: Path) -> None:
        self.folder = folder
        self.profile = folder / "trial/profile"
        self._keys = keys
        self._reports = reports
        for place in (folder / "tmp", folder / "logs", reports):
            place.mkdir(parents=True, exist_ok=True)
        self._starts = 0
        self._ids = 0
        self.told: list[Message] = []
        self.start()

    def start(self) -> None:
        """A new process on the same profile. Its reports so far are forgotten."""
        self._starts += 1
        self.told = []
        self._fatal: tuple[int, float] | None = None
        self._fate: threading.Timer | None = None
        self._script, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.fakes.engine_child", "--profile", str(self.profile)]
        command += ["--trial", str(self.folder / "trial"), "--keys", str(self._keys), "--script", str(theirs.fileno())]
        with (self.folder / f"logs/stderr-{self._starts}").open("wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TMPDIR": str(self.folder / "tmp")},
                pass_fds=[theirs.fileno()],
            )
        theirs.close()
        self._ended = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _read(self) -> None:
        assert self._process.stdout is not None
        with (self._reports / f"stdout-{self._starts}").open("wb") as copy:
            for line in self._process.stdout:
                copy.write(line)
                if line.endswith(b"\n"):  # the last line of a killed process may be half
                    self.told.append(decode_report(line))
        self._ended.set()

    # ------------------------------------------------------------ the window

    def ask(self, kind: type[Command], **facts: object) -> Report:
        """Send a command, wait for its one answer."""
        self._ids += 1
        mine = self._ids
        self._approach()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(encode(kind(id=mine, **facts)))
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None
        return self.waits(lambda: next((m for m in self.told if isinstance(m, Report) and m.re == mine), None))

    def page(self, kind: type[_Report], command: type[Command], **facts: object) -> _Report:
        """As ``ask``, for an answer that must be a page of this kind."""
        answer = self.ask(command, **facts)
        assert type(answer) is kind, answer
        return answer

    def lines(self) -> list[Live]:
        return [message for message in self.told if isinstance(message, Live)]

    def snapshot(self, fits: Callable[[Snapshot], bool]) -> Snapshot:
        """The first snapshot from now on that fits."""
        seen = len(self.told)
        return self.waits(lambda: next((m for m in self.told[seen:] if isinstance(m, Snapshot) and fits(m)), None))

    def waits(self, state: Callable[[], _Report | Snapshot | None], seconds: float = 60.0) -> object:
        """Until something was told; ``Killed`` if the process ends first."""
        deadline = time.monotonic() + seconds
        while (found := state()) is None:
            if self._ended.wait(0.01) and (found := state()) is None:
                raise self._gone()
            assert time.monotonic() < deadline, f"waited {seconds:g} s; it said last: {self.told[-3:]}"
        return found

    # ------------------------------------------------------------ the desktop

    def does(self, deed: str, *facts: object) -> None:
        """Something happens on the scripted desktop, and has happened when this returns."""
        self._approach()
        try:
            self._script.sendall(json.dumps([deed, *facts]).encode() + b"\n")
            done = self._script.recv(1)
        except (BrokenPipeError, ConnectionResetError):
            done = b""
        if not done:
            raise self._gone()

    def passes(self, seconds: float) -> None:
        """Time passes on the desktop; ``Killed`` if the process does not live to see it."""
        if self._ended.wait(seconds):
            raise self._gone()

    # ------------------------------------------------------------ its end

    def dies(self, deeds: int, seconds: float) -> None:
        """``seconds`` after so many more commands and deeds the process is killed (SIGKILL)."""
        self._fatal = (deeds, seconds)

    def meets_its_end(self) -> None:
        """Wait until it was killed, at the planned moment, or now if that never came. Everything it said is read."""
        if self._fate is None:
            self._process.kill()
        self._ended.wait(60)
        self.close()

    def close(self) -> None:
        """End it if it lives. Twice is fine."""
        if self._fate is not None:
            self._fate.cancel()
        self._process.kill()
        self._process.wait()
        self._reader.join(30)
        for pipe in (self._process.stdin, self._process.stdout, self._script):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was not yet written has no reader any more

    def _approach(self) -> None:
        """One deed nearer to the end."""
        if self._fatal is None:
            return
        left, seconds = self._fatal
        self._fatal = (left - 1, seconds) if left > 1 else None
        if self._fatal is None:
            self._fate = threading.Timer(seconds, self._process.kill)
            self._fate.start()

    def _gone(self) -> Exception:
        if self._fate is None:
            return AssertionError(f"the engine ended by itself: {self._log()}")
        return Killed()

    def _log(self) -> str:
        return (self.folder / f"logs/stderr-{self._starts}").read_text(encoding="utf-8")[-2000:]
