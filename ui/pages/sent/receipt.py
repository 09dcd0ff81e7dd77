"""One batch: what is known about it, what was approved, sent and confirmed, who opened it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Openings, SentRow
from ui.components import Button, Card, FactRows, Icon, Label, Link
from ui.notice_facts import who_opens
from ui.pages.sent.openings import log_sentence, none_found, opening_sentence, openings_of
from ui.pages.sent.states import ICON, Sign, left_at, may_ask, sentence, short, sign
from ui.text import in_fours, t
from ui.theme import theme
from ui.when import clock, day, size

_BESIDE: Final = 640
#: Characters the words keep beside the buttons.
_WORDS: Final = 28


class Receipt(Card):
    """``show_row`` shows one batch; hashes are whole and can be copied.

    look, ask: what the two buttons do, look inside and ask for its deletion; each is there only if it can be done.
    """

    def __init__(self, look: Callable[[], object], ask: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self._shown: tuple[SentRow, Openings | None, str] | None = None
        self.body.setSpacing(0)
        head = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        self._head.setContentsMargins(24, 16, 24, 12)
        self._head.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        self._title = Label("", "section")
        self._more = Label("", "small", colour="muted")
        words.addWidget(self._title)
        words.addWidget(self._more)
        words.addStretch(1)
        self._head.addLayout(words, 1)
        self.look, self.ask = Button(t("sent.look"), look), Button(t("sent.delete"), ask)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.look)
        self._buttons.addWidget(self.ask)
        self._head.addLayout(self._buttons)
        self.body.addWidget(head)
        said = QWidget()
        line = QHBoxLayout(said)
        line.setContentsMargins(24, 0, 24, 14)
        line.setSpacing(8)
        self._icon = Icon("ui/check", "ok", 16)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        self.state = Label("", bold=True)
        self.closed = Label(t("sent.not_openable"), "small", colour="muted")
        column.addWidget(self.state)
        column.addWidget(self.closed)
        line.addLayout(column, 1)
        self.body.addWidget(said)
        below = QFrame()
        below.setProperty("ruled", True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, below)
        self._row.setContentsMargins(24, 16, 24, 16)
        self._row.setSpacing(32)
        self.body.addWidget(below)

    def show_row(self, row: SentRow, openings: Openings | None, organisation: str) -> None:
        """Show this batch. organisation: the name of who asks."""
        if (row, openings, organisation) == self._shown:
            return  # hashes that were unfolded stay so
        before = self._shown
        self._shown = (row, openings, organisation)
        left = row.state == "acknowledged"
        at = left_at(row)
        self._title.set_words(t("sent.receipt" if left else "sent.receipt.not_yet", day=day(at), time=clock(at)))
        self._more.set_words(t("sent.receipt.more" if left else "sent.receipt.more.not_yet", n=row.count))
        self._icon.show_icon(*ICON[sign(row)])
        self.state.set_words(sentence(row, organisation))
        if before is not None and before[0].batch == row.batch and short(before[0]) != short(row):
            QAccessible.updateAccessibility(QAccessibleEvent(self.state, QAccessible.Event.Alert))
        self.closed.setVisible(not row.openable)
        self.look.setVisible(row.openable)
        self.ask.setVisible(may_ask(row))
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._row.addWidget(self._bytes(row), 3)
        self._row.addWidget(self._facts(row, openings), 2)
        self._arrange(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        """The two halves, and words and buttons, below each other where they do not fit beside each other."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        unit = self.fontMetrics().averageCharWidth()
        self._row.setDirection(across if width >= max(_BESIDE, 84 * unit) else down)
        buttons = [one for one in (self.look, self.ask) if not one.isHidden()]
        needed = sum(one.sizeHint().width() + 8 for one in buttons)
        self._buttons.setDirection(across if needed + 48 <= width else down)
        beside = needed + 64 + _WORDS * unit <= width
        self._head.setDirection(across if beside else down)
        self._head.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag.AlignLeft)

    def _bytes(self, row: SentRow) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label(_heading(row), bold=True), 0, 0, 1, 2)
        lines: list[tuple[Sign, str, QWidget]] = [
            ("yes", t("sent.records"), _Hashes(row.records)),
            (_sent_sign(row), _sent_words(row), _hash(in_fours(row.digest))),
            (_confirmed_sign(row), _confirmed_words(row), _confirmed(row)),
        ]
        for place, (mark, words, widget) in enumerate(lines):
            icon, role = ICON[mark]
            at = 1 + 2 * place
            grid.setRowMinimumHeight(at, 24)
            grid.addWidget(Icon(icon, role, 16), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Label(words), at, 1)
            grid.addWidget(widget, at + 1, 1)
        grid.addWidget(Label(t("sent.bytes.more"), "small", colour="muted"), 7, 0, 1, 2)
        grid.setRowStretch(8, 1)
        return part

    @staticmethod
    def _facts(row: SentRow, openings: Openings | None) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if row.state != "refused":
            column.addWidget(Label(t("sent.opened"), bold=True))
            found = openings_of(openings, row.batch)
            for each in found:
                column.addWidget(Label(opening_sentence(each), selectable=True))
            if not found:
                column.addWidget(Label(none_found(openings)))
            column.addWidget(Label(log_sentence(openings), "small", colour="muted"))
            column.addSpacing(8)
        column.addWidget(Label(t("sent.about"), bold=True))
        facts: list[tuple[str, str | QWidget]] = [
            (t("sent.column.who"), who_opens(row.recipients)),
            (t("sent.column.size"), size(row.size)),
            (t("sent.batch"), _hash(in_fours(row.batch))),
        ]
        if row.deletion != "confirmed":
            facts.insert(2, (t("sent.column.delete_by"), day(row.delete_by)))
        column.addWidget(FactRows(facts))
        column.addStretch(1)
        return part


class _Hashes(QWidget):
    """How many records, and on demand the hash of each: the one shown with its exact bytes before it left."""

    def __init__(self, digests: tuple[str, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(Label(t("sent.records.more", n=len(digests)), "small", colour="muted"))
        self._link = Link(t("sent.records.show"), self._show)
        column.addWidget(self._link)
        self._hashes = _hash("\n".join(in_fours(digest) for digest in digests))
        self._hashes.hide()
        column.addWidget(self._hashes)
        self._link.setVisible(bool(digests))

    def _show(self) -> None:
        self._hashes.setVisible(self._hashes.isHidden())
        self._link.set_words(t("sent.records.show") if self._hashes.isHidden() else t("sent.records.hide"))


def _heading(row: SentRow) -> str:
    same = row.state == "acknowledged" and row.confirmed_digest == row.digest
    return t("sent.same") if same else t("sent.bytes")


def _sent_sign(row: SentRow) -> Sign:
    return "yes" if row.state == "acknowledged" else "no" if row.state == "refused" else "open"


def _sent_words(row: SentRow) -> str:
    if row.state == "acknowledged":
        return t("sent.bytes.sealed", time=clock(row.sent_at if row.sent_at is not None else row.sealed_at))
    return t("sent.bytes.refused") if row.state == "refused" else t("sent.bytes.open", time=clock(row.sealed_at))


def _confirmed_sign(row: SentRow) -> Sign:
    if not row.confirmed_digest:
        return "no" if row.state == "refused" else "open"
    return "yes" if row.confirmed_digest == row.digest else "no"


def _confirmed_words(row: SentRow) -> str:
    if not row.confirmed_digest:
        return t("sent.not_confirmed.refused" if row.state == "refused" else "sent.not_confirmed")
    return t("sent.bytes.confirmed") if row.confirmed_digest == row.digest else t("sent.bytes.other")


def _confirmed(row: SentRow) -> QWidget:
    return _hash(in_fours(row.confirmed_digest)) if row.confirmed_digest else QWidget()


def _hash(words: str) -> Label:
    label = Label(words, "small", selectable=True)
    label.setFont(theme().fixed_font())
    label.setContentsMargins(0, 0, 0, 4)
    return label
