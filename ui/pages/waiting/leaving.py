"""What was let go and has not left: until when it can be taken back, and two equal answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from agent.protocol import Snapshot
from ui.components import Button, Label, same_width
from ui.text import t
from ui.when import clock


class LeavingBar(QFrame):
    """Shown while something is approved. take_back: all of it waits again. send_now: it leaves at once."""

    def __init__(
        self, take_back: Callable[[], object], send_now: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(12)
        self.words = Label("")
        self._row.addWidget(self.words, 1)
        self.take_back = Button(t("waiting.take_back_all"), take_back)
        self.send_now = Button(t("waiting.send_now"), send_now)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(self.take_back)
        both.addWidget(self.send_now)
        self._row.addLayout(both)
        self.setVisible(False)

    def render_state(self, snapshot: Snapshot) -> None:
        """Say how many leave, and when at the latest: the very minute would say nothing more."""
        self.setVisible(snapshot.leaving > 0)
        if snapshot.leaving:
            until = clock(snapshot.leaving_at) if snapshot.leaving_at is not None else clock(snapshot.at + 3600)
            self.words.set_words(t("waiting.leaving", n=snapshot.leaving, time=until))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The buttons go below the words where both do not fit beside each other."""
        same_width(self.take_back, self.send_now)
        wide = 2 * self.take_back.sizeHint().width() + 24 * self.fontMetrics().averageCharWidth() + 60
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide <= event.size().width() else down)
        super().resizeEvent(event)
