"""One waiting record: as text with its removed parts, or the exact bytes that would be sent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from agent.protocol import Record
from ui.components import Button, Card, ChipText, Label, Segmented, same_width
from ui.components.chips import units
from ui.deeds import sentence
from ui.pages.waiting.exact import places
from ui.pages.waiting.legend import Chips, counted
from ui.text import in_fours, t
from ui.theme import theme
from ui.when import clock, short_day


class RecordCard(Card):
    """``remove(start, end)``, ``delete``, ``keep``, ``send``, ``take_back``: what was asked for the shown record."""

    remove = Signal(int, int)
    delete = Signal()
    keep = Signal()
    send = Signal()
    take_back = Signal()

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
        self._selected(0, 0)

    # ------------------------------------------------------------ parts

    def _head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._title = Label("", "section")
        self._top.addWidget(self._title, 1)
        forms = [("text", t("waiting.as_text")), ("bytes", t("waiting.exact"))]
        self.form = Segmented(t("waiting.form"), forms, "text")
        self.form.chosen.connect(lambda key: self._stack.setCurrentIndex(1 if key == "bytes" else 0))
        self._top.addWidget(self.form)
        column.addLayout(self._top)
        self._facts = Label("", "small", colour="muted")
        column.addWidget(self._facts)
        return head

    def _as_text(self) -> QWidget:
        page = _ruled()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        self._text = ChipText(t("waiting.record"))
        self._text.document().setDocumentMargin(0)
        _elastic(self._text)
        self._deed = Label("")
        column.addWidget(self._deed)
        column.addWidget(self._text, 1)
        self._spare = QWidget()
        column.addWidget(self._spare, 1)
        column.addLayout(self._selection())
        legend = _ruled()
        below = QVBoxLayout(legend)
        below.setContentsMargins(0, 12, 0, 0)
        below.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._by: dict[str, tuple[Label, Chips]] = {}
        for place, by in enumerate(("machine", "employee")):
            name, chips = Label(t(f"waiting.removed_by.{by}"), wrap=False), Chips()
            name.setContentsMargins(0, 2, 0, 0)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(chips, place, 1)
            self._by[by] = (name, chips)
        below.addLayout(grid)
        self._nothing = Label(t("waiting.nothing_removed"))
        below.addWidget(self._nothing)
        self._can_miss = Label(t("waiting.can_miss"), "small", colour="muted")
        below.addWidget(self._can_miss)
        column.addWidget(legend)
        return page

    def _selection(self) -> QHBoxLayout:
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
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.bar)
        line.addWidget(self.hint, 1)
        line.addStretch(0)
        self._line = line
        return line

    def _as_bytes(self) -> QWidget:
        page = _ruled()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        self._exact = QPlainTextEdit()
        self._exact.setObjectName("bytes")
        self._exact.setReadOnly(True)
        self._exact.setAccessibleName(t("waiting.exact"))
        self._exact.setTabChangesFocus(True)
        _elastic(self._exact)
        self._exact.document().setDocumentMargin(12)
        column.addWidget(self._exact, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._length = Label("", "small")
        self._hash = Label("", "small", selectable=True)
        for place, (name, value) in enumerate(
            ((t("waiting.length.name"), self._length), (t("waiting.hash.name"), self._hash))
        ):
            grid.addWidget(Label(name, "small", colour="muted", wrap=False), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
        column.addLayout(grid)
        column.addWidget(Label(t("waiting.hash.more"), "small", colour="muted"))
        return page

    def _foot(self) -> QWidget:
        foot = _ruled()
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
        """Title and segment, and the three buttons, below each other where they do not fit beside each other."""
        width = event.size().width() - 32
        same_width(*self.buttons)
        for button in self.buttons:
            button.setMinimumWidth(0)
        widest = max(button.sizeHint().width() for button in self.buttons)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(across if 3 * widest + 16 <= width else down)
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        self._top.setDirection(across if title + self.form.sizeHint().width() + 8 <= width else down)
        super().resizeEvent(event)

    # ------------------------------------------------------------ what is shown

    def show_record(self, record: Record, mode_line: str, purposes: str) -> None:
        """Show one record. mode_line: when it leaves or is deleted. purposes: their titles in words."""
        before = self.record
        self.record = record
        self._title.set_words(t(f"waiting.title.{record.kind}", time=clock(record.time)))
        self._facts.set_words(t("waiting.facts", program=record.program, purposes=purposes, mode=mode_line))
        self.buttons[2].set_words(t("waiting.take_back" if record.approved else "waiting.send"))
        if before is not None and (before.row, before.digest) == (record.row, record.digest):
            return  # the same bytes: what the person has selected in them stays selected
        words = record.text or t("waiting.row.app", program=record.program)
        self._deed.set_words(sentence(record.deed, "") if record.deed is not None else "")
        self._deed.setVisible(record.deed is not None)
        self._text.setVisible(record.deed is None or bool(record.text))
        self._spare.setVisible(record.deed is not None and not record.text)
        self._text.show_text(words, record.removed if record.text else ())
        for by, (name, chips) in self._by.items():
            found = counted(record.removed, by)
            chips.show_counted(found)
            for widget in (name, chips):
                widget.setVisible(bool(found))
        self._nothing.setVisible(not record.removed)
        self._can_miss.setVisible(bool(record.text))
        self._exact.setPlainText(record.exact)
        self._mark_exact()
        self._length.set_words(t("waiting.length", n=len(record.exact.encode())))
        self._hash.set_words(in_fours(record.digest))
        self._selected(0, 0)

    def clear(self) -> None:
        """Nothing is shown, so nothing can be sent or deleted."""
        self.record = None

    def select_words(self, words: str) -> None:
        """Select these words of the shown text, as a person would with the mouse."""
        shown = self._text.toPlainText()
        start = shown.find(words)
        if start >= 0:
            cursor = self._text.textCursor()
            cursor.setPosition(units(shown[:start]))
            cursor.setPosition(units(shown[:start] + words), QTextCursor.MoveMode.KeepAnchor)
            self._text.setTextCursor(cursor)

    def _mark_exact(self) -> None:
        record = self.record
        marks = []
        for start, end, part in places(record.exact, record.text, record.removed) if record is not None else ():
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            if theme().high_contrast:
                form.setBackground(theme().colour("ink"))
            elif part.by == "machine":
                form.setBackground(theme().colour("removed_bg"))
            else:
                form.setFontUnderline(True)
            form.setForeground(theme().chip_ink(part.by))
            cursor = QTextCursor(self._exact.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self._exact.setExtraSelections(marks)

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
        start, end = self._text.selected()
        if end > start:
            self.remove.emit(start, end)

    def _dress(self) -> None:
        self._exact.setFont(theme().fixed_font())
        self._hash.setFont(theme().fixed_font())
        self._mark_exact()


def _elastic(text: QWidget) -> None:
    """It takes what room is left and scrolls inside: the rest of the card stays in sight."""
    text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    text.setMinimumHeight(110)


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
