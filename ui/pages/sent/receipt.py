"""The receipt of one batch: what was approved, what this computer sent, what the collector confirmed."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QVBoxLayout, QWidget

from agent.protocol import SentRow
from ui.components import Card, FactRows, Icon, Label, Link
from ui.notice_facts import who_opens
from ui.text import in_fours, t
from ui.theme import theme
from ui.when import clock, day, size

Sign: TypeAlias = Literal["yes", "open", "no"]
_ICON: Final[dict[Sign, tuple[str, str]]] = {
    "yes": ("ui/check", "ok"),
    "open": ("ui/not-kept", "turn"),
    "no": ("ui/denied", "turn"),
}
_BESIDE: Final = 640


class Receipt(Card):
    """``show_row`` shows one batch; hashes are whole and can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self.body.setSpacing(0)
        head = QWidget()
        words = QVBoxLayout(head)
        words.setContentsMargins(24, 16, 24, 12)
        words.setSpacing(4)
        self._title = Label("", "section")
        self._more = Label("", colour="muted")
        words.addWidget(self._title)
        words.addWidget(self._more)
        self.body.addWidget(head)
        below = QFrame()
        below.setProperty("ruled", True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, below)
        self._row.setContentsMargins(24, 16, 24, 16)
        self._row.setSpacing(32)
        self.body.addWidget(below)

    def show_row(self, row: SentRow) -> None:
        """Show this batch."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        at = row.sent_at if row.sent_at is not None else row.sealed_at
        left = row.state == "acknowledged"
        key = "sent.receipt" if left else "sent.receipt.not_yet"
        self._title.set_words(t(key, day=day(at), time=clock(at)))
        self._more.set_words(t("sent.receipt.more" if left else "sent.receipt.more.not_yet", n=row.count))
        self._row.addWidget(self._bytes(row), 3)
        self._row.addWidget(self._facts(row), 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        wide = event.size().width() >= max(_BESIDE, 84 * self.fontMetrics().averageCharWidth())
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

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
        for place, (sign, words, widget) in enumerate(lines):
            icon, role = _ICON[sign]
            at = 1 + 2 * place
            grid.setRowMinimumHeight(at, 24)
            grid.addWidget(Icon(icon, role, 16), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Label(words), at, 1)
            grid.addWidget(widget, at + 1, 1)
        grid.addWidget(Label(t("sent.bytes.more"), "small", colour="muted"), 7, 0, 1, 2)
        grid.setRowStretch(8, 1)
        return part

    @staticmethod
    def _facts(row: SentRow) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(t("sent.about"), bold=True))
        facts: list[tuple[str, str | QWidget]] = [
            (t("sent.column.who"), who_opens(row.recipients)),
            (t("sent.column.size"), size(row.size)),
            (t("sent.column.delete_by"), day(row.delete_by)),
            (t("sent.batch"), _hash(in_fours(row.batch))),
        ]
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
        return t("sent.not_confirmed")
    return t("sent.bytes.confirmed") if row.confirmed_digest == row.digest else t("sent.bytes.other")


def _confirmed(row: SentRow) -> QWidget:
    return _hash(in_fours(row.confirmed_digest)) if row.confirmed_digest else QWidget()


def _hash(words: str) -> Label:
    label = Label(words, "small", selectable=True)
    label.setFont(theme().fixed_font())
    label.setContentsMargins(0, 0, 0, 4)
    return label
