"""The only bridge to the engine: a child process, one JSON line per message in each direction.

The child gets an allow-listed environment. If this process dies, the child's stdin ends and it stops capturing.
A line that cannot be understood, a line without end, or silence ends the child: what is shown must be true.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from agent.protocol import (
    MAX_LINE,
    VERSION,
    AnyReport,
    Command,
    Done,
    Hello,
    Live,
    ProtocolError,
    Quit,
    Snapshot,
    decode_report,
    encode,
)
from ui.engine import Then

#: Names the child may see; of everything else (PYTHON*, LD_*, proxies) it sees nothing.
ALLOWED: Final = frozenset(
    {
        "HOME",
        "USER",
        "LOGNAME",
        "LANG",
        "DISPLAY",
        "XAUTHORITY",
        "DBUS_SESSION_BUS_ADDRESS",
        "PATH",
        "TMPDIR",
        "TZ",
        "XCOMPOSEFILE",
    }
    | {"SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP"}  # Windows cannot start Python without
)
ALLOWED_PREFIXES: Final = ("LC_", "XDG_")
RESTARTS: Final = 3
RESTARTS_WITHIN: Final = 600.0
#: Seconds of silence after which the child is ended: it is shown as stopped since 2 s, so it must be.
SILENCE: Final = 15.0
SILENCE_AT_START: Final = 60.0
_END_MS: Final = 3000


def allowed(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of ``environment`` the engine may see."""
    return {name: value for name, value in environment.items() if name in ALLOWED or name.startswith(ALLOWED_PREFIXES)}


class EngineProcess(QObject):
    """Starts and speaks to the engine. Is an ``ui.engine.Engine``.

    command: program and arguments. environment: filtered here. language: told in Hello. clock: monotonic seconds.
    Signals: ``started_again`` after the greeting, ``snapshot``, ``live``, ``gone`` (once per start, however).
    """

    started_again = Signal()
    snapshot = Signal(object)
    live = Signal(object)
    gone = Signal()

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        language: str,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._environment = allowed(environment)
        self._language = language
        self._clock = clock
        self._process: QProcess | None = None
        self._buffer = bytearray()
        self._waiting: dict[int, Then] = {}
        self._next = 0
        self._restarts: deque[float] = deque()
        self._heard = 0.0
        self._spoke = False
        self._watch = QTimer(self)
        self._watch.setInterval(1000)
        self._watch.timeout.connect(self._look)

    def start(self) -> None:
        """Start the child and greet it. Does nothing while one runs."""
        if self._process is not None:
            return
        process = QProcess(self)
        environment = QProcessEnvironment()
        for name, value in self._environment.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        self._process = process
        self._buffer.clear()
        self._heard, self._spoke = self._clock(), False
        self._watch.start()
        process.start(self._command[0], self._command[1:])
        if self._process is process:  # a program that is not there may have been noticed already
            self.ask(Hello(id=0, version=VERSION, language=self._language))
            self.started_again.emit()

    def running(self) -> bool:
        """Whether a child runs or is starting."""
        return self._process is not None

    def restart(self) -> bool:
        """End what runs and start anew. False: this was done 3 times within 10 minutes, and is not done again."""
        now = self._clock()
        while self._restarts and now - self._restarts[0] > RESTARTS_WITHIN:
            self._restarts.popleft()
        if len(self._restarts) >= RESTARTS:
            return False
        self._restarts.append(now)
        self._drop()
        self.start()
        return True

    def ask(self, command: Command, then: Then | None = None) -> None:
        """Send ``command`` under a fresh id; ``then`` gets its one answer, ``engine-stopped`` if there will be none."""
        if self._process is None:
            if then is not None:
                then(Done(problem="engine-stopped"))
            return
        self._next += 1
        if then is not None:
            self._waiting[self._next] = then
        self._process.write(encode(msgspec.structs.replace(command, id=self._next)))

    def end(self) -> None:
        """Say Quit, close its stdin, and wait until it has ended; kill it after 3 s."""
        process = self._process
        if process is None:
            return
        self.ask(Quit(id=0))
        process.closeWriteChannel()
        process.waitForFinished(_END_MS)
        self._drop()

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        self._buffer += process.readAllStandardOutput().data()
        while self._process is process:
            line, found, rest = self._buffer.partition(b"\n")
            if not found:
                if len(self._buffer) > MAX_LINE:
                    self._drop()
                return
            self._buffer = bytearray(rest)
            try:
                report = decode_report(bytes(line))
            except ProtocolError:
                self._drop()
                return
            self._take(report)

    def _take(self, report: AnyReport) -> None:
        self._heard, self._spoke = self._clock(), True
        if isinstance(report, Snapshot):
            self.snapshot.emit(report)
        elif isinstance(report, Live):
            self.live.emit(report)
        then = self._waiting.pop(report.re, None)
        if then is not None:
            then(report)

    def _look(self) -> None:
        if self._clock() - self._heard > (SILENCE if self._spoke else SILENCE_AT_START):
            self._drop()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._drop()

    def _ended(self) -> None:
        self._read()
        self._drop()

    def _drop(self) -> None:
        """The child is no more, by its will or ours: kill, answer what waits, say so once."""
        process, self._process = self._process, None
        if process is None:
            return
        self._watch.stop()
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._ended)
        process.errorOccurred.disconnect(self._failed)
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(_END_MS)
        process.deleteLater()
        waiting, self._waiting = self._waiting, {}
        self.gone.emit()
        for then in waiting.values():
            then(Done(problem="engine-stopped"))
