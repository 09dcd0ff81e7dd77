"""One waiting record: as text with its removed parts, or the exact bytes that would be sent."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from agent.protocol import Record
from ui.components import Button, Card, ChipText, Label, Segmented, same_width
from ui.text import in_fours, t
from ui.theme import theme
from ui.when import clock, short_day


class RecordCard(Card):
    """``remove(start, end)``, ``delete``, ``keep`` and ``send``: what the person asked for the shown record."""

    remove = Signal(int, int)
    delete = Signal()
    keep = Signal()
    send = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self.body.setSpacing(0)
        self.record: Record | None = None
        self.body.addWidget(self._head())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._as_text())
        self._stack.addWidget(self._as_bytes())
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._foot())
        self._text.selection_changed.connect(self._selected)
        theme().changed.connect(self._dress)
        self._dress()

    def _head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(18, 12, 18, 10)
        column.setSpacing(4)
        row = QHBoxLayout()
        self._title = Label("", "section")
        row.addWidget(self._title, 1)
        self._form = Segmented(
            t("waiting.form"), [("text", t("waiting.as_text")), ("bytes", t("waiting.exact"))], "text"
        )
        self._form.chosen.connect(lambda key: self._stack.setCurrentIndex(1 if key == "bytes" else 0))
        row.addWidget(self._form)
        column.addLayout(row)
        self._facts = Label("", "small", colour="muted")
        column.addWidget(self._facts)
        return head

    def _as_text(self) -> QWidget:
        page = _ruled()
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(10)
        self._text = ChipText(t("waiting.record"))
        column.addWidget(self._text, 1)
        self._bar = QFrame()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        self._chosen = Label("", wrap=False)
        row.addWidget(self._chosen)
        self._remove = Button(t("waiting.remove"), self._remove_selected)
        row.addWidget(self._remove)
        row.addStretch(1)
        column.addWidget(self._bar)
        self._removed = Label("", "small")
        self._can_miss = Label(t("waiting.can_miss"), "small", colour="muted")
        column.addWidget(self._removed)
        column.addWidget(self._can_miss)
        return page

    def _as_bytes(self) -> QWidget:
        page = _ruled()
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(8)
        self._exact = QPlainTextEdit()
        self._exact.setObjectName("bytes")
        self._exact.setReadOnly(True)
        self._exact.setAccessibleName(t("waiting.exact"))
        self._exact.setTabChangesFocus(True)
        column.addWidget(self._exact, 1)
        self._length = Label("", "small", colour="muted")
        self._hash = Label("", "small", selectable=True)
        column.addWidget(self._length)
        column.addWidget(self._hash)
        return page

    def _foot(self) -> QWidget:
        foot = _ruled()
        row = QHBoxLayout(foot)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(8)
        delete = Button(t("waiting.delete"), self.delete.emit)
        keep = Button(t("waiting.keep"), self.keep.emit)
        self._send = Button(t("waiting.send"), self.send.emit)
        for button in (delete, keep, self._send):
            row.addWidget(button, 1)
        same_width(delete, keep, self._send)
        return foot

    def show_record(self, record: Record, mode_line: str, *, sendable: bool) -> None:
        """Show one record. mode_line: when it leaves or is deleted."""
        self.record = record
        self._title.set_words(t(f"waiting.title.{record.kind}", time=clock(record.time)))
        purposes = ", ".join(record.purposes)
        self._facts.set_words(t("waiting.facts", program=record.program, purposes=purposes, mode=mode_line))
        words = record.text or t("waiting.row.app", program=record.program)
        self._text.show_text(words, record.removed if record.text else ())
        counted = Counter((part.by, part.kind) for part in record.removed)
        lines = [t("waiting.count", kind=f"[{kind}]", n=n) for (_by, kind), n in sorted(counted.items())]
        removed = t("waiting.removed_parts", parts=", ".join(lines)) if lines else t("waiting.nothing_removed")
        self._removed.set_words(removed)
        self._exact.setPlainText(record.exact)
        self._length.set_words(t("waiting.length", n=len(record.exact.encode())))
        self._hash.set_words(t("waiting.hash", hash=in_fours(record.digest)))
        self._send.setEnabled(sendable)
        self._selected(0, 0)

    def _selected(self, start: int, end: int) -> None:
        text = self.record.text if self.record is not None else ""
        words = len(text[start:end].split())
        self._bar.setVisible(words > 0)
        self._chosen.set_words(t("waiting.selected", n=words) if words else "")

    def _remove_selected(self) -> None:
        start, end = self._text.selected()
        if end > start:
            self.remove.emit(start, end)

    def _dress(self) -> None:
        self._exact.setFont(theme().fixed_font())
        self._hash.setFont(theme().fixed_font())


def _ruled() -> QFrame:
    frame = QFrame()
    frame.setProperty("ruled", True)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return frame


def deleted_line(expires: int) -> str:
    """When the record goes if nothing is done."""
    return t("waiting.if_nothing", day=short_day(expires))


def leaves_line(leaves: int) -> str:
    """When the record leaves if nothing is done."""
    return t("waiting.if_nothing.leaves", day=short_day(leaves), time=clock(leaves))
