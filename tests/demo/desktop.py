"""A whole desktop that nobody sees: X server, session bus, unlocked keyring, window manager, tray, accessibility."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

import psutil

from agent.native.x11.connection import Connection
from tests.fakes.session import PrivateSession
from tests.fakes.waiting import until
from tests.fakes.xvfb import start_xvfb

SIZE = (1280, 900)


def missing() -> list[str]:
    """What this desktop needs and the system does not have: the reason to skip a test."""
    path = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    wanted = ("Xvfb", "openbox", "trayer", "xsetroot")
    lacks = [name for name in wanted if not any((folder / name).exists() for folder in path)]
    return lacks + PrivateSession.missing(accessibility=True)


class VirtualDesktop:
    """As a context manager: starts it, ends everything that ran on it, also after Ctrl-C or a plain kill.

    environ: the complete environment of its programs; HOME, the XDG folders and TMPDIR lie below ``home``.
    logs: one file per program, named after it. keystore: without, the computer has nothing that keeps secrets.
    """

    def __init__(self, size: tuple[int, int] = SIZE, *, keystore: bool = True) -> None:
        self.size = size
        self._keystore = keystore
        self._programs: list[subprocess.Popen[bytes]] = []
        self._server: subprocess.Popen[bytes] | None = None
        self._session: PrivateSession | None = None
        self._handlers: dict[int, Any] = {}
        self.environ: dict[str, str] = {}

    @property
    def session(self) -> PrivateSession:
        assert self._session is not None, "not started"
        return self._session

    @property
    def home(self) -> Path:
        return self.session.home

    @property
    def logs(self) -> Path:
        return self.home / "log"

    @property
    def temp(self) -> Path:
        return self.home / "tmp"

    def start(self) -> None:
        """Returns when windows are managed, the tray takes icons and the keyring is open."""
        self._catch_signals()
        self._server, display = start_xvfb(*self.size)
        self._session = PrivateSession(
            display=display, accessibility=True, keyring=self._keystore, keystores=self._keystore
        )
        for folder in (self.logs, self.temp):
            folder.mkdir(mode=0o700)
        self.session.environ["TMPDIR"] = str(self.temp)
        # What it is. Under the name of a GTK desktop Qt hands the tray's menu to GTK, which hides it from AT-SPI.
        self.session.environ["XDG_CURRENT_DESKTOP"] = "openbox"
        self.session.start()
        self.environ = self.session.environ
        self.manager = self.run(["openbox", "--sm-disable"])
        self.run(["xsetroot", "-solid", "#7d8c91"])  # a calm ground for the pictures
        self.tray = self.start_tray()

    def start_tray(self) -> subprocess.Popen[bytes]:
        """A tray host at the bottom right, owning the tray's selection."""
        tray = self.run(
            [
                "trayer",
                "--edge",
                "bottom",
                "--align",
                "right",
                "--height",
                "32",
                "--widthtype",
                "request",
                "--tint",
                "0x303030",
            ]
        )
        connection = Connection(self.environ)
        selection = connection.atom("_NET_SYSTEM_TRAY_S0").to_bytes(4, "little")
        until(lambda: (connection.call(23, 0, selection) or bytes(12))[8:12] != bytes(4), "the tray host")
        connection.close()
        return tray

    def run(
        self, command: Sequence[str], *, extra: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; what it says goes into ``logs``. It ends with the desktop."""
        name = Path(command[0]).name
        number = sum(log.name.startswith(f"{name}-") for log in self.logs.iterdir())
        with (self.logs / f"{name}-{number}.log").open("wb") as log:
            program = subprocess.Popen(
                command,
                env={**self.environ, **(extra or {})},
                cwd=cwd or self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._programs.append(program)
        return program

    def end(self, program: subprocess.Popen[bytes], seconds: float = 10.0) -> int:
        """Ask a program to end, insist after ``seconds``; its exit status."""
        if program in self._programs:
            self._programs.remove(program)
        return _end(program, seconds)

    def stop(self) -> None:
        """End all of it and remove its home. Twice is fine."""
        for program in reversed(self._programs):
            _end(program, 5)
        self._programs.clear()
        if self._session is not None:
            for process in self.leftovers():
                process.kill()
            self._session.stop()
            for process in self.leftovers():
                process.kill()
            self._session = None
        if self._server is not None:
            _end(self._server, 5)
            self._server = None
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()

    def leftovers(self) -> list[psutil.Process]:
        """Programs of this desktop that nobody here started by hand: services of the bus, children of children."""
        known = {program.pid for program in self.session._started}
        found = []
        for process in psutil.process_iter():
            try:
                if process.pid not in known and process.environ().get("HOME") == str(self.home):
                    found.append(process)
            except psutil.Error:
                continue  # ended meanwhile, or somebody else's
        return found

    def _catch_signals(self) -> None:
        """A plain kill or a closed terminal unwinds like Ctrl-C does, so that ``stop`` runs."""

        def unwind(number: int, frame: FrameType | None) -> None:
            raise SystemExit(128 + number)

        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGHUP):
                self._handlers[number] = signal.signal(number, unwind)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _end(program: subprocess.Popen[bytes], seconds: float) -> int:
    program.terminate()
    try:
        return program.wait(seconds)
    except subprocess.TimeoutExpired:
        program.kill()
        return program.wait()
