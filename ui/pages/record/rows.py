"""Records as a list of two lines each, newest first, with a heading line per day and program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent.protocol import Deed
from ui.deeds import sentence
from ui.text import t
from ui.theme import theme
from ui.when import clock, day

#: What a line is about.
ROW: Final = Qt.ItemDataRole.UserRole
#: The line itself, or a heading.
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1
_DAY: Final = 86_400
_WIDEST: Final = 20 * 3600 + 8 * 60  # a time whose digits are wide, for the width of the column


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between groups: ``24 November · Mousepad``."""

    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A record. row: its number in this list. time: Unix seconds. title: its first words, or what it is if it has none.
    below: the muted second line. of: what the list is asked for under ``ROW``.
    """

    row: int
    time: int
    program: str
    title: str
    below: str
    of: object


Entry = Heading | Line


def title(preview: str, deed: Deed | None, program: str) -> str:
    """The first words of a record, what a hand did, or which program came to the front."""
    first = " ".join(preview.split())
    if deed is not None:
        return sentence(deed, first)
    return first or t("waiting.row.app", program=program)


def below(kind: str, removed: int, *more: str) -> str:
    """Kind, removed parts, and whatever else is to be said."""
    pieces = [t(f"waiting.kind.{kind}")]
    if removed:
        pieces.append(t("waiting.removed", n=removed))
    return " · ".join((*pieces, *more))


def grouped(lines: Sequence[Line], now: int) -> list[Entry]:
    """Lines in their order, with a heading wherever day or program changes. now: Unix seconds, for today's name."""
    near = {day(now - _DAY): t("waiting.yesterday"), day(now): t("waiting.today")}
    entries: list[Entry] = []
    before = None
    for line in lines:
        group = (day(line.time), line.program)
        if group != before:
            entries.append(Heading(t("waiting.group", day=near.get(group[0], group[0]), program=group[1])))
            before = group
        entries.append(line)
    return entries


class RecordRows(QAbstractListModel):
    """``fill`` replaces what is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def fill(self, lines: Sequence[Line], now: int) -> bool:
        """Show these, newest first. False: they are what is shown already, and nothing was touched."""
        entries = grouped(lines, now)
        if entries == self._entries:
            return False
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()
        return True

    def after(self, place: int, by: int = 1) -> int | None:
        """The line of the next record from ``place`` on (by -1: of the one before), headings left out."""
        while (entry := self.entry(place)) is not None:
            if isinstance(entry, Line):
                return place
            place += by
        return None

    def entry(self, place: int) -> Entry | None:
        """What stands on a line."""
        return self._entries[place] if 0 <= place < len(self._entries) else None

    def place_of(self, row: int) -> int | None:
        """The line of a record, by its row id."""
        for place, entry in enumerate(self._entries):
            if isinstance(entry, Line) and entry.row == row:
                return place
        return None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if isinstance(self.entry(index.row()), Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(entry, Heading):
                return entry.words
            return f"{clock(entry.time)}, {entry.title}, {entry.below}"
        if role == ROW:
            return entry.of if isinstance(entry, Line) else entry
        return entry if role == _ENTRY else None


class RecordDelegate(QStyledItemDelegate):
    """Time at the left, first words, muted line below; headings in small semibold."""

    def sizeHint(  # noqa: N802  # Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option
        look = theme()
        body, small = QFontMetrics(look.font()).height(), QFontMetrics(look.font("small")).height()
        if isinstance(index.data(_ENTRY), Heading):
            return QSize(0, small + 20)
        return QSize(0, body + small + 20)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(_ENTRY)
        look, rect = theme(), option.rect
        painter.save()
        if isinstance(entry, Heading):
            font = look.font("small", bold=True)
            painter.setFont(font)
            painter.setPen(look.colour("muted"))
            words = QFontMetrics(font).elidedText(entry.words, Qt.TextElideMode.ElideRight, rect.width() - 28)
            painter.drawText(rect.adjusted(14, 8, -14, -2), Qt.AlignmentFlag.AlignVCenter, words)
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("selection"))
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            if self._mirrored(option):
                bar.moveRight(rect.right())
            painter.fillRect(bar, look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if isinstance(entry, Line):
            self._words(painter, rect, entry, selected=selected, mirrored=self._mirrored(option))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    @staticmethod
    def _mirrored(option: QStyleOptionViewItem) -> bool:
        return bool(option.direction == Qt.LayoutDirection.RightToLeft)

    @staticmethod
    def _words(painter: QPainter, rect: QRect, line: Line, *, selected: bool, mirrored: bool) -> None:
        look = theme()
        font, small, digits = look.font(), look.font("small"), look.font(bold=selected)
        digits.setFeature(QFont.Tag("tnum"), 1)
        metrics, low = QFontMetrics(font), QFontMetrics(small)
        wide = QFontMetrics(look.font(bold=True)).horizontalAdvance(clock(_WIDEST)) + 20
        ink = look.on_selection() if selected else look.colour("ink")
        muted = ink if selected else look.colour("muted")
        inner = rect.adjusted(16, 8, -12, -8)
        first = QRect(inner.left(), inner.top(), wide, metrics.height())
        words = QRect(inner.left() + wide, inner.top(), inner.width() - wide, metrics.height())
        below = QRect(words.left(), words.bottom() + 3, words.width(), low.height())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        if mirrored:
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            for box in (first, words, below):
                box.moveRight(rect.left() + rect.right() - box.left())
        painter.setFont(digits)
        painter.setPen(muted)
        painter.drawText(first, side, clock(line.time))
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(words, side, metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, words.width()))
        painter.setFont(small)
        painter.setPen(muted)
        painter.drawText(below, side, low.elidedText(line.below, Qt.TextElideMode.ElideRight, below.width()))
