"""A trial on a virtual desktop: the real app, the employee in front of it, the wire behind it, and eyes outside."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psutil

from agent.buffer import Buffer
from agent.native.keystore import SecretServiceKeystore
from agent.vault import Vault
from installers.trial import Organisation
from tests.demo.desktop import VirtualDesktop
from tests.demo.hands import Box
from tests.demo.person import Person
from tests.demo.recorder import Recorder
from tests.demo.report import DemoReport
from tests.demo.windows import Window
from tests.fakes.outside import Outside, alive
from tests.fakes.waiting import until
from tests.fakes.xclient import XClient

#: The product's largest window ends above this line of the screen, in pixels from the top.
_FREE_FROM: Final = 800
_STATE: Final = re.compile(r"(Trial\. )?(Collecting|Not collecting|Stopped|Paused|Off|Starting)\b")


class Office:
    """As a context manager: desktop, organisation, recorded wire and an editor are there; the app is not started.

    person: uses the app. outside: looks at it. organisation: what it sends to.
    profile: the folder of the employee's profile.
    """

    def __init__(self, *, keystore: bool = True) -> None:
        self._keystore = keystore
        self._undo = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            self.desktop = undo.enter_context(VirtualDesktop(keystore=self._keystore))
            folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="office-")))
            self.trial = self.desktop.home / "trial"
            self.profile = self.trial / "profile"
            self.organisation = organisation = Organisation(self.trial)
            self.trial.mkdir(mode=0o700)
            organisation.make_keys()
            organisation.start_collector()
            undo.callback(organisation.stop)
            self.recorder = undo.enter_context(Recorder(("127.0.0.1", organisation.port), folder / "wire"))
            organisation.prepare(self.recorder.port)
            self.person = Person(self.desktop, DemoReport(), folder)
            undo.callback(self.person.close)
            self.outside = Outside(self.desktop)
            undo.callback(self.outside.close)
            self.editor, self.page = self.person.open_editor()
            self.put(self.editor.pid, (300, _FREE_FROM - 300, 640, 380))
            undo.callback(self.end)
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._undo.close()

    # ------------------------------------------------------------ the app

    @property
    def pid(self) -> int:
        """Of the window's process."""
        return self.person.pid

    @property
    def running(self) -> bool:
        return self.person.app is not None and self.person.app.poll() is None

    def start(self, trial: Path | None = None) -> None:
        """Start the app; it has shown something when this returns. trial: another one than the office's own."""
        self.person.start(trial or self.trial)
        self.person.window()

    def end(self) -> None:
        """The session ends: both processes are gone when this returns. Fine if none runs."""
        if self.person.app is None:
            return
        engines = [child.pid for child in psutil.Process(self.pid).children()] if self.running else []
        self.desktop.end(self.person.app)
        until(lambda: not any(alive(pid) for pid in engines), "the engine to end")
        self.person.app = None

    def kill(self, pid: int) -> None:
        """As the system does when memory is short: nothing can be done about it."""
        os.kill(pid, signal.SIGKILL)

    def agree(self) -> None:
        """Through all six screens, to text and programs, in the editor."""
        person = self.person
        person.sees("asks if it may learn")
        person.press("Show me more")
        person.sees("See what a record looks like")
        person.press("Next")
        person.sees("The notice, in short")
        person.press("I have read this")
        person.sees("What may be collected?")
        person.tick("Program, ")
        person.tick("Text you type, ")
        person.press("Yes, collect what I ticked")
        person.sees("Only in these programs")
        person.tick("Mousepad", part=False)
        person.tick("XTerm", part=False)
        person.press("Next")
        person.sees("How you stay in charge")
        person.press("Finish")
        until(lambda: not self.shown("Step 6"), "the question to be over")

    def works(self) -> int:
        """The employee is in the editor and the product collects there; the engine's pid."""
        if not self.running:
            self.start()
        self.person.goes_to(self.editor)
        self.person.hands.key("Control+End")
        self.person.sees("Collecting")
        engine = self.person.engine().pid
        until(lambda: self.outside.reads_keys(engine), "the hooks to be in")
        return engine

    def open_terminal(self) -> subprocess.Popen[bytes]:
        """Beside the editor."""
        terminal = self.person.open_terminal()
        self.put(terminal.pid, (960, _FREE_FROM - 160, 300, 240))
        return terminal

    def put(self, pid: int, place: Box) -> None:
        """Move and resize the window of a program, so that no window of the product covers its lower end."""
        client = XClient(self.desktop.environ)
        client.place(self.person.windows.of(pid)[0].id, *place)
        client.close()
        until(lambda: self.person.windows.of(pid)[0].box()[1] >= place[1], "the window to be there")

    def writes(self, words: str) -> None:
        """Into the editor, a line of its own."""
        self.person.hands.type(f"{words}\n")

    # ------------------------------------------------------------ what there is

    def shown(self, words: str = "") -> list[str]:
        """Everything the product says on the screen that contains ``words``; nothing if it has no window."""
        eyes = self.person.eyes
        roots = [one for one in eyes.applications() if eyes.pid(one.place) == self.pid]
        return [one.name for root in roots for one in eyes.all("", words, inside=root, part=True) if one.name]

    def states(self) -> list[str]:
        """What sign and windows say about the state: one sentence each."""
        return [name for name in self.shown() if _STATE.match(name)]

    def sign(self) -> Window:
        """The sign on the screen: the product's one window that no window manager manages and that takes no focus."""
        return until(self.find_sign, "the sign")

    def find_sign(self) -> Window | None:
        tray = self.desktop.tray.pid
        icon = self.person.windows.tray_icon(self.pid, tray)
        for one in self.person.windows.of(self.pid, viewable=False):
            if not one.managed and one.depth == 1 and one.name == "Aboveboard" and (icon is None or one.id != icon.id):
                return one
        return None

    def stored(self) -> str:
        """Everything that waits, in clear, one record a line; read with the product's own store after it has ended."""
        assert not self.running, "the product has its store open"
        if not (self.profile / "records.db").exists():
            return ""
        keystore = SecretServiceKeystore(str(self.profile.resolve()), self.desktop.session.address)
        buffer = Buffer.open(self.profile / "records.db", Vault.open(keystore))
        try:
            return "\n".join(stored.record.canonical().decode() for stored in buffer.rows())
        finally:
            buffer.close()


def missing() -> Sequence[str]:
    """What an office needs and the system does not have: the reason to skip."""
    from tests.demo.desktop import missing as desktop  # noqa: PLC0415

    return [*desktop(), *(name for name in ("mousepad", "xterm") if shutil.which(name) is None)]
