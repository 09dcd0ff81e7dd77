"""What is asked beyond what was agreed: exactly that, in words, and two equal buttons. Doing nothing leaves it off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Notice
from ui.changes import new_lines
from ui.components import Button, Card, Label, StateGlyph, same_width
from ui.text import t

_BUTTON = 200


class AskedAnew(Card):
    """``no`` and ``yes`` are the two equal buttons."""

    def __init__(
        self, notice: Notice, no: Callable[[], object], yes: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        head = QHBoxLayout()
        head.setSpacing(12)
        sign = StateGlyph(24)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        sentence = t("consent.new", organisation=notice.organisation)
        sign.show_sign("decision", 0, sentence)
        words.addWidget(Label(sentence, bold=True))
        for line in new_lines(notice.changes, notice.purposes):
            words.addWidget(Label(t("consent.new.line", what=line), selectable=True))
        words.addWidget(Label(t("consent.new.same"), colour="muted"))
        head.addLayout(words, 1)
        self.body.addLayout(head)
        self.no = Button(t("consent.new.no"), no)
        self.yes = Button(t("consent.new.yes"), yes)
        same_width(self.no, self.yes)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        self._row.addStretch(1)
        for button in (self.no, self.yes):
            button.setMinimumWidth(max(_BUTTON, button.minimumWidth()))
            self._row.addWidget(button)
        self.body.addLayout(self._row)
        self.setAccessibleName(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """One below the other where both do not fit."""
        super().resizeEvent(event)
        fits = 2 * self.yes.minimumWidth() + 12 + 40 <= event.size().width()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
