"""One record: as text with its removed parts, or the exact bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import Qt
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

from agent.protocol import Deed, Part
from ui.components import Card, ChipText, Label, Segmented, high_enough
from ui.deeds import sentence
from ui.pages.record.exact import places
from ui.pages.record.legend import Chips, counted
from ui.removed import whys
from ui.text import in_fours, t
from ui.theme import theme
from ui.when import clock

#: Pixels that chips have beside their name at least.
_CHIPS: Final = 200


class ShownRecord(Protocol):
    """What is shown of a record, waiting or sent."""

    @property
    def kind(self) -> str: ...
    @property
    def time(self) -> int: ...
    @property
    def program(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def removed(self) -> Sequence[Part]: ...
    @property
    def exact(self) -> str: ...
    @property
    def deed(self) -> Deed | None: ...


class RecordView(Card):
    """``show_words`` above, the record below. remark: said below a text; about_hash: said below the hash.

    ``below_text`` is a row for what belongs to the text, ``body`` takes what belongs to the whole.
    """

    def __init__(self, remark: str, about_hash: str, parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self.body.setSpacing(0)
        self._shown: ShownRecord | None = None
        self.body.addWidget(self._head())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._as_text(remark))
        self._stack.addWidget(self._as_bytes(about_hash))
        self.body.addWidget(self._stack, 1)
        theme().changed.connect(self._dress)
        self._dress()

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

    def _as_text(self, remark: str) -> QWidget:
        page = ruled()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        self.words = ChipText(t("waiting.record"))
        self.words.document().setDocumentMargin(0)
        _elastic(self.words)
        self._deed = Label("")
        column.addWidget(self._deed)
        column.addWidget(self.words, 1)
        self._spare = QWidget()
        column.addWidget(self._spare, 1)
        self.below_text = QHBoxLayout()
        self.below_text.setSpacing(0)
        column.addLayout(self.below_text)
        self._below = _Legend()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 12, 0, 0)
        below.setSpacing(8)
        self._legend = QGridLayout()
        self._legend.setHorizontalSpacing(16)
        self._legend.setVerticalSpacing(4)
        self._legend.setColumnStretch(1, 1)
        self._by: dict[str, tuple[Label, Chips]] = {}
        for by in ("machine", "employee"):
            name, chips = Label(t(f"waiting.removed_by.{by}"), wrap=False), Chips()
            name.setContentsMargins(0, 2, 0, 0)
            self._by[by] = (name, chips)
        self._place_legend(stacked=False)
        below.addLayout(self._legend)
        self._nothing = Label(t("waiting.nothing_removed"))
        below.addWidget(self._nothing)
        self._remark = Label(remark, "small", colour="muted")
        below.addWidget(self._remark)
        column.addWidget(self._below)
        return page

    def _as_bytes(self, about_hash: str) -> QWidget:
        page = ruled()
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
        self.about_hash = Label(about_hash, "small", colour="muted")
        column.addWidget(self.about_hash)
        return page

    def _place_legend(self, *, stacked: bool) -> None:
        for place, (name, chips) in enumerate(self._by.values()):
            self._legend.addWidget(name, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            self._legend.addWidget(
                chips, 2 * place + (1 if stacked else 0), 0 if stacked else 1, 1, 2 if stacked else 1
            )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Title and segment, name and chips, below each other where they do not fit beside each other."""
        room = event.size().width() - 32
        widest = max(name.sizeHint().width() for name, _ in self._by.values())
        self._place_legend(stacked=widest + 16 + _CHIPS > room)
        self.form.fit(room)
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        fits = title + self.form.across() + 8 <= room
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    # ------------------------------------------------------------ what is shown

    def show_facts(self, record: ShownRecord, facts: str) -> None:
        """What it is and when, and a muted line below."""
        self._title.set_words(t(f"waiting.title.{record.kind}", time=clock(record.time)))
        self._facts.set_words(facts)

    def show_contents(self, record: ShownRecord, digest: str) -> None:
        """The record itself. digest: SHA-256 of its exact bytes, hex."""
        self._shown = record
        words = record.text or t("waiting.row.app", program=record.program)
        self._deed.set_words(sentence(record.deed, "") if record.deed is not None else "")
        self._deed.setVisible(record.deed is not None)
        self.words.setVisible(record.deed is None or bool(record.text))
        self._spare.setVisible(record.deed is not None and not record.text)
        self.words.show_text(words, record.removed if record.text else ())
        for by, (name, chips) in self._by.items():
            found = counted(record.removed, by)
            chips.show_counted(found, whys(part for part in record.removed if part.by == by))
            for widget in (name, chips):
                widget.setVisible(bool(found))
        self._nothing.setVisible(not record.removed)
        self._remark.setVisible(bool(record.text))
        high_enough(self._below)
        self._exact.setPlainText(record.exact)
        self._mark_exact()
        self._length.set_words(t("waiting.length", n=len(record.exact.encode())))
        self._hash.set_words(in_fours(digest))

    def _mark_exact(self) -> None:
        record = self._shown
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

    def forget(self) -> None:
        """Nothing is shown any more, and nothing of it is kept."""
        self._shown = None
        self.words.show_text("", ())
        self._exact.clear()

    def _dress(self) -> None:
        self._exact.setFont(theme().fixed_font())
        self._hash.setFont(theme().fixed_font())
        self._mark_exact()


def _elastic(text: QWidget) -> None:
    """It takes what room is left and scrolls inside: the rest of the card stays in sight."""
    text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    text.setMinimumHeight(110)


class _Legend(QFrame):
    """Whole at any width: the text above it gives way, and its place scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ruled", True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        high_enough(self)


def ruled() -> QFrame:
    """A part of a card below a line."""
    frame = QFrame()
    frame.setProperty("ruled", True)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return frame
