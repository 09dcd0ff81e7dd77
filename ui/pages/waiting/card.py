"""One waiting record, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from agent.protocol import Record
from ui.components import Button, Label, same_width
from ui.components.chips import units
from ui.pages.record import RecordView
from ui.pages.record.view import ruled
from ui.text import t
from ui.when import clock, short_day


class RecordCard(RecordView):
    """``remove(start, end)``, ``delete``, ``keep``, ``send``, ``take_back``: what was asked for the shown record."""

    remove = Signal(int, int)
    delete = Signal()
    keep = Signal()
    send = Signal()
    take_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(t("waiting.can_miss"), t("waiting.hash.more"), parent)
        self.record: Record | None = None
        self._selection()
        self.body.addWidget(self._foot())
        self.words.selection_changed.connect(self._selected)
        self._selected(0, 0)

    def _selection(self) -> None:
        """The bar below the text, as wide as its words."""
        self.bar = QFrame()
        self.bar.setProperty("bar", True)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(8)
        self._chosen = Label("", wrap=False)
        row.addWidget(self._chosen)
        row.addWidget(Button(t("waiting.remove"), self._remove_selected))
        self.hint = Label(t("waiting.select_hint"), "small", colour="muted")
        self.below_text.addWidget(self.bar)
        self.below_text.addWidget(self.hint, 1)
        self.below_text.addStretch(0)

    def _foot(self) -> QWidget:
        foot = ruled()
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        self._answers.setContentsMargins(16, 12, 16, 12)
        self._answers.setSpacing(8)
        self.buttons = (
            Button(t("waiting.delete"), self.delete.emit),
            Button(t("waiting.keep"), self.keep.emit),
            Button(t("waiting.send"), self._send_or_take_back),
        )
        for button in self.buttons:
            self._answers.addWidget(button, 1)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The three buttons below each other where they do not fit beside each other."""
        width = event.size().width() - 32
        same_width(*self.buttons)
        for button in self.buttons:
            button.setMinimumWidth(0)
        widest = max(button.sizeHint().width() for button in self.buttons)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(across if 3 * widest + 16 <= width else down)
        super().resizeEvent(event)

    def show_record(self, record: Record, mode_line: str, purposes: str) -> None:
        """Show one record. mode_line: when it leaves or is deleted. purposes: their titles in words."""
        before = self.record
        self.record = record
        self.show_facts(record, t("waiting.facts", program=record.program, purposes=purposes, mode=mode_line))
        self.buttons[2].set_words(t("waiting.take_back" if record.approved else "waiting.send"))
        if before is not None and (before.row, before.digest) == (record.row, record.digest):
            return  # the same bytes: what the person has selected in them stays selected
        self.show_contents(record, record.digest)
        self._selected(0, 0)

    def clear(self) -> None:
        """Nothing is shown, so nothing can be sent or deleted."""
        self.record = None

    def select_words(self, words: str) -> None:
        """Select these words of the shown text, as a person would with the mouse."""
        shown = self.words.toPlainText()
        start = shown.find(words)
        if start >= 0:
            cursor = self.words.textCursor()
            cursor.setPosition(units(shown[:start]))
            cursor.setPosition(units(shown[:start] + words), QTextCursor.MoveMode.KeepAnchor)
            self.words.setTextCursor(cursor)

    def _selected(self, start: int, end: int) -> None:
        text = self.record.text if self.record is not None else ""
        words = len(text[start:end].split())
        self.bar.setVisible(words > 0)
        self.hint.setVisible(words == 0 and bool(text))
        self._chosen.set_words(t("waiting.selected", n=words) if words else "")

    def _send_or_take_back(self) -> None:
        approved = self.record is not None and self.record.approved
        (self.take_back if approved else self.send).emit()

    def _remove_selected(self) -> None:
        start, end = self.words.selected()
        if end > start:
            self.remove.emit(start, end)


def deleted_line(expires: int) -> str:
    """When the record goes if nothing is done."""
    return t("waiting.if_nothing", day=short_day(expires))


def leaves_line(leaves: int) -> str:
    """When the record leaves if nothing is done."""
    return t("waiting.if_nothing.leaves", day=short_day(leaves), time=clock(leaves))
