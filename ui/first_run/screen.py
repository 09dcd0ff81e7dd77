"""What every screen of the first run is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent.protocol import Notice, Snapshot
from ui.components import HeadingLabel, Label
from ui.engine import Engine


class Screen(QWidget):
    """Heading, one line below it, then ``body``. ``changed``: note or buttons may read differently.

    note: the small line beside Back. next_words: what the right button says. ready: may it be pressed.
    ``go``: the right button was pressed; calls ``done`` when the next screen may come.
    """

    changed = Signal()
    done = Signal()
    failed = Signal(str)

    def __init__(self, engine: Engine, notice: Notice, heading: str, lead: str = "") -> None:
        super().__init__()
        self.engine = engine
        self.notice = notice
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 26, 32, 16)
        outer.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(3)
        self.heading = HeadingLabel(heading, "firstRun")
        words.addWidget(self.heading)
        if lead:
            lead_label = Label(lead, "section", colour="muted", bold=False)
            words.addWidget(lead_label)
        outer.addLayout(words)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        outer.addLayout(self.body, 1)

    @property
    def note(self) -> str:
        return ""

    @property
    def next_words(self) -> str:
        raise NotImplementedError

    @property
    def ready(self) -> bool:
        return True

    def go(self) -> None:
        """The right button: by default nothing but the next screen."""
        self.done.emit()

    def enter(self) -> None:
        """The screen is shown now."""

    def render_state(self, snapshot: Snapshot | None) -> None:
        """The engine said something new."""
        del snapshot
