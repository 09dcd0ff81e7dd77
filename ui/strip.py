"""The strip on top of every page: sign, sentence, facts, and how to stop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.components import Button, Ground, Label, StateGlyph
from ui.flows import Flows, fill_pause_menu
from ui.presented import Presented, may_exclude, may_resume
from ui.state import State
from ui.text import t

#: Characters of its own font the sentence keeps beside the buttons.
_WORDS: Final = 24


class Strip(Ground):
    """Follows ``state``. The buttons are those that can do something now."""

    def __init__(self, state: State, flows: Flows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._state = state
        self._shown: Presented | None = None
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(20, 14, 24, 14)
        self._both.setSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.glyph = StateGlyph(36)
        row.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.sentence = Label("", "section")
        self.facts = Label("", "small", colour="muted")
        words.addStretch(1)
        words.addWidget(self.sentence)
        words.addWidget(self.facts)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._both.addLayout(row, 1)
        self._buttons = buttons = QHBoxLayout()
        buttons.setSpacing(8)
        menu = QMenu(self)
        fill_pause_menu(menu, flows)
        self.start_again = Button(t("action.start_again"), flows.start_again)
        self.resume = Button(t("action.resume"), flows.resume)
        self.pause = Button(t("action.pause"), menu=menu)
        self.exclude = Button("", flows.exclude_current)
        for button in (self.start_again, self.resume, self.pause, self.exclude):
            buttons.addWidget(button)
        self._both.addLayout(buttons)
        state.changed.connect(self.follow)
        self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """The buttons go below the words where the sentence would be squeezed beside them: it is the state."""
        room = self.width() - self._buttons.sizeHint().width() - 120
        fits = room >= _WORDS * self.sentence.fontMetrics().averageCharWidth()
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self._both.setAlignment(self._buttons, Qt.AlignmentFlag(0) if fits else Qt.AlignmentFlag.AlignLeft)

    def follow(self) -> None:
        """Show the state as it is now."""
        shown = self._state.presented()
        snapshot = self._state.snapshot if self._state.fresh else None
        agreed = snapshot is not None and snapshot.consent == "given"
        self.start_again.setVisible(self._state.gone)
        self.resume.setVisible(may_resume(snapshot))
        self.pause.setVisible(agreed)
        program = snapshot.program if snapshot is not None and snapshot.program_id else ""
        can_exclude = may_exclude(snapshot)
        if can_exclude:
            self.exclude.set_words(t("action.exclude", program=program))
        self.exclude.setVisible(can_exclude)
        self._fit()
        if shown == self._shown:
            return
        self.glyph.show_sign(shown.sign, shown.count, shown.sentence)
        self.sentence.set_words(shown.sentence)
        self.facts.set_words(shown.facts)
        if self._shown is None or shown.sign != self._shown.sign:
            self.setProperty("state", shown.sign)
            self.style().unpolish(self)
            self.style().polish(self)
        self._shown = shown
        QAccessible.updateAccessibility(QAccessibleEvent(self.sentence, QAccessible.Event.NameChanged))
