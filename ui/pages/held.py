"""What is sealed waits for another network or for mains: why, and a button for whoever wants to send it anyway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from agent.protocol import ActiveProblem, Snapshot
from ui.components import Button, Label
from ui.text import problem, t

#: Codes of what only costs something; the person decides.
HELD: Final = ("upload-held-metered", "upload-held-battery")


class HeldBar(QFrame):
    """Shown while something is held back. send_anyway: the person lets it leave all the same."""

    def __init__(self, send_anyway: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(12)
        self.words = Label("")
        self._row.addWidget(self.words, 1)
        self.anyway = Button(t("sent.anyway"), send_anyway)
        self._row.addWidget(self.anyway, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setVisible(False)

    def render_state(self, snapshot: Snapshot | None) -> None:
        """Say what is true now; with no fresh snapshot nothing is known."""
        found = _first(snapshot)
        self.setVisible(found is not None)
        if found is not None:
            words = problem(found.code, found.facts)
            self.words.set_words(f"{words.title}. {words.text}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The button goes below the words where both do not fit beside each other."""
        wide = self.anyway.sizeHint().width() + 40 * self.fontMetrics().averageCharWidth()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide <= event.size().width() else down)
        super().resizeEvent(event)


def _first(snapshot: Snapshot | None) -> ActiveProblem | None:
    problems = snapshot.problems if snapshot is not None else ()
    return next((one for one in problems if one.code in HELD), None)
