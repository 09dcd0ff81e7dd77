"""A line of words with what can be done about them; the buttons go below where both do not fit beside each other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from ui.components.buttons import Button, same_width
from ui.components.labels import Label

#: Characters the words keep beside the buttons.
_WORDS: Final = 28


class Bar(QFrame):
    """``words`` at the left, equal buttons at the right. Hidden until it has something to say.

    icon: stands before the words and says by shape how grave they are.
    """

    def __init__(self, *buttons: Button, icon: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._buttons = buttons
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(12)
        said = QHBoxLayout()
        said.setSpacing(12)
        if icon is not None:
            said.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self.words = Label("")
        said.addWidget(self.words, 1)
        self._row.addLayout(said, 1)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        for button in buttons:
            beside.addWidget(button)
        self._row.addLayout(beside)
        self._row.setAlignment(beside, Qt.AlignmentFlag.AlignVCenter)
        self.setVisible(False)

    def say(self, words: str) -> None:
        """Show these words; none: hide."""
        self.words.set_words(words)
        self.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        wide = 36 + _WORDS * self.fontMetrics().averageCharWidth()
        if self._buttons:
            same_width(*self._buttons)
            wide += len(self._buttons) * (self._buttons[0].sizeHint().width() + 8)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide <= event.size().width() else down)
        super().resizeEvent(event)
