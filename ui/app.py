"""Start to end of the window's process: signs first, then the engine, then the truth it tells."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDateTime, QLockFile, QObject, QStandardPaths
from PySide6.QtWidgets import QApplication, QWidget

from ui import text
from ui.asked import Asked
from ui.control import Control, show_other
from ui.engine import Engine
from ui.engine_process import EngineProcess
from ui.first_run.window import FirstRun
from ui.flows import Flows
from ui.indicator import Indicators
from ui.main_window import MainWindow
from ui.pages.about import AboutPage
from ui.pages.consent import ConsentPage
from ui.pages.live import LiveLines, LivePage
from ui.pages.policy import PolicyPage
from ui.pages.programs import ProgramsPage
from ui.pages.rights import RightsPage
from ui.pages.sent import SentPage
from ui.pages.waiting import WaitingPage
from ui.small_window import SmallWindow
from ui.state import State
from ui.theme import Theme
from ui.tray import Tray


@dataclass(frozen=True, slots=True)
class Options:
    """The command line. profile: folder of this employee's profile. trial: None outside a trial.

    engine: program and arguments of the engine, None for the real one (tests give a scripted one).
    """

    profile: Path
    trial: Path | None = None
    language: str | None = None
    hidden: bool = False
    engine: tuple[str, ...] | None = None

    def engine_command(self) -> list[str]:
        """What is started as the engine: our own interpreter, deaf to PYTHON* and to the current folder; in the
        frozen app the program beside this one.
        """
        ours = [sys.executable, "-I", "-m", "agent.engine"]
        if getattr(sys, "frozen", False):
            ours = [str(Path(sys.executable).with_name("aboveboard-engine"))]
        command = list(self.engine or ours)
        command += ["--profile", str(self.profile)]
        return command if self.trial is None else [*command, "--trial", str(self.trial)]


def default_profile(trial: Path | None) -> Path:
    """Where the profile stands: beside the trial's files, else in the data folder of this user."""
    if trial is not None:
        return trial / "profile"
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "aboveboard"


def make_window(engine: Engine, state: State, flows: Flows) -> tuple[MainWindow, LiveLines]:
    """The main window with every page there is, and the lines of its live page."""
    lines = LiveLines()
    window = MainWindow(
        state,
        flows,
        (
            (LivePage(engine, state, lines), WaitingPage(engine, state), SentPage(engine, state)),
            (ProgramsPage(engine, state, flows), ConsentPage(engine, state)),
            (PolicyPage(engine, state), RightsPage(engine, state), AboutPage(engine, state)),
        ),
    )
    lines.setParent(window)
    return window, lines


class App(QObject):
    """Everything that lives as long as the process. ``start`` shows the signs, then starts the engine."""

    def __init__(self, options: Options, application: QApplication) -> None:
        super().__init__(application)
        self._options = options
        self._application = application
        self.state = State(parent=self, trial=options.trial is not None)
        self.engine = EngineProcess(options.engine_command(), dict(os.environ), text.current().language, parent=self)
        self.flows = Flows(self.engine, self.state, self._parent_of_questions, self)
        self.window, self.lines = make_window(self.engine, self.state, self.flows)
        self.small = SmallWindow(self.state, self.flows)
        self.tray = Tray(self.state, self.flows, self)
        self.indicators = Indicators(self.engine, self.state, lambda: self.tray.there, self)
        self.first_run: FirstRun | None = None
        self._asked_here = False
        self._ending = False
        self._opening = False
        self.asked = Asked(self.engine, self.state, self.flows, self)
        self.control = Control(self.asked.take, self)
        self.engine.snapshot.connect(self.state.take)
        self.engine.live.connect(self.state.take_live)
        self.engine.started_again.connect(self.state.started)
        self.engine.gone.connect(self.state.engine_gone)
        self.state.lived.connect(self.lines.add)
        self.state.changed.connect(self._follow)
        self.flows.open_page.connect(self.show_page)
        self.asked.show_asked.connect(lambda: self.show_page(""))
        self.flows.quit_asked.connect(self.end)
        self.flows.forgotten.connect(self._forgotten)
        self.small.closed.connect(self.end)
        self.tray.available_changed.connect(self._tray_changed)

    def start(self) -> None:
        """Signs, engine, and with the first truth it tells the window, unless ``--hidden``. Then others may ask."""
        self.tray.start()
        self.engine.started_again.connect(self.indicators.tell_again)
        self.engine.start()
        self.indicators.tell_again()
        self._opening = not self._options.hidden
        # Without a place that is ours alone nobody can ask: no reason not to work.
        self.control.listen(self._options.profile, os.environ.get("XDG_RUNTIME_DIR"))

    def show_page(self, key: str) -> None:
        """Bring the window to the front; while the question is open, that."""
        if self.first_run is not None and key in {"", "consent"}:
            self.first_run.show()
            self.first_run.raise_()
            self.first_run.activateWindow()
            return
        snapshot = self.state.snapshot
        if key == "consent" and snapshot is not None and snapshot.decision and snapshot.consent != "given":
            # Beside a yes only what is new is asked, on the page itself: a no there is not a withdrawal.
            self._ask()
            return
        self.window.open_page(key)

    def end(self) -> None:
        """Quit: the engine first, so that nothing is collected without a sign; then everything."""
        if self._ending:
            return
        self._ending = True
        self.control.close()
        self.engine.end()
        self.tray.icon.hide()
        self._application.quit()

    def _follow(self) -> None:
        snapshot = self.state.snapshot
        if snapshot is not None and snapshot.consent != "given" and self.lines.rowCount():
            self.lines.forget()
        if snapshot is not None and snapshot.decision and snapshot.consent == "never-asked" and not self._asked_here:
            self._ask()
        elif self._opening and (snapshot is not None or self.state.gone):
            self.window.open_page()
        else:
            return
        self._opening = False

    def _ask(self) -> None:
        """The question opens by itself once per start; later from the tray and the window."""
        self._asked_here = True
        if self.first_run is None:
            self.first_run = FirstRun(self.engine, self.state)
            self.first_run.closed.connect(self._asked)
        self.window.hide()
        self.first_run.show()
        self.first_run.raise_()

    def _asked(self) -> None:
        if self.first_run is not None:
            self.first_run.deleteLater()
            self.first_run = None

    def _forgotten(self, minutes: int) -> None:
        now = QDateTime.currentDateTime()
        since = now.addSecs(-60 * minutes) if minutes else now.date().startOfDay()
        self.lines.forget(since.toSecsSinceEpoch())

    def _tray_changed(self, there: bool) -> None:  # a Qt signal has no keywords
        self.small.setVisible(not there)
        self.indicators.look()

    def _parent_of_questions(self) -> QWidget | None:
        return self.window if self.window.isVisible() else None


def run(options: Options) -> int:
    """The whole life of the process. Exit codes: 0 ended by the person, 1 refused (said on stderr)."""
    application = QApplication(["aboveboard"])
    application.setApplicationName("Aboveboard")
    application.setDesktopFileName("aboveboard")
    application.setQuitOnLastWindowClosed(False)
    text.use(text.choose(options.language))
    application.setWindowIcon(Theme(application).icon("logo", None, 48))
    options.profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    # One window per profile: the lock says who is first, and a second start can do no more than show it.
    lock = QLockFile(str(options.profile / "window.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        if show_other(options.profile, os.environ.get("XDG_RUNTIME_DIR")):
            return 0
        words = text.problem("profile-in-use")
        sys.stderr.write(f"{words.title}. {words.text} {words.remedy}\n")
        return 1
    app = App(options, application)
    app.start()
    code = application.exec()
    app.engine.end()
    return code
