"""What every screen of the first run is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Done, Notice, Snapshot
from ui.components import HeadingLabel, Label
from ui.engine import Engine


class Screen(QWidget):
    """Heading, one line below it, ``controls`` at their right, then ``body``.

    note: the small line beside Back. next_words: what the right button says. ready: may it be pressed.
    ``go``: the right button was pressed; emits ``done`` when the next screen may come, ``failed(Done)`` if the engine
    would not. ``changed``: note or buttons may read differently.
    """

    changed = Signal()
    done = Signal()
    failed = Signal(Done)

    def __init__(self, engine: Engine, notice: Notice, heading: str, lead: str = "") -> None:
        super().__init__()
        self.engine = engine
        self.notice = notice
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 16)
        outer.setSpacing(16)
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        self.heading = HeadingLabel(heading, "firstRun")
        words.addWidget(self.heading)
        if lead:
            words.addWidget(Label(lead, "section", colour="muted", bold=False))
        self.top.addLayout(words, 1)
        self.controls = QVBoxLayout()
        self.top.addLayout(self.controls)
        self.top.setAlignment(self.controls, Qt.AlignmentFlag.AlignBottom)
        outer.addLayout(self.top)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
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
