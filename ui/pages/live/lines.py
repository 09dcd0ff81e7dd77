"""The lines of the live view: a list model, newest first, at most 500, in memory only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from agent.protocol import Live, Part
from ui.deeds import sentence
from ui.text import current, t
from ui.when import seconds

MOST: Final = 500
ROW: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list. line: the newest of what it stands for. count: keys or records, added up.

    number: increases, so a cache may keep a row's layout. bold, plain: the sentence; parts: chips of ``plain``.
    below: the muted line.
    """

    number: int
    line: Live
    count: int
    bold: str
    plain: str
    parts: tuple[Part, ...]
    below: str

    def spoken(self) -> str:
        """What a screen reader says: the mark as a word, time, sentence, program."""
        mark = t("live.kept") if self.line.kept else t("live.not_kept")
        return ", ".join(
            part for part in (mark, seconds(self.line.at), f"{self.bold} {self.plain}".strip()) if part
        ) + (f", {self.below}" if self.below else "")


def make_row(number: int, line: Live, count: int) -> Row:
    """The sentence for one line."""
    bold, plain, parts = _sentence(line)
    return Row(number, line, count, bold, plain, parts, _below(line, count))


def _sentence(line: Live) -> tuple[str, str, tuple[Part, ...]]:
    if not line.kept:
        reason = line.reason if current().has(f"reason.{line.reason}") else "unknown"
        return t("live.row.not_kept", reason=t(f"reason.{reason}")), t(f"reason.{reason}.more"), ()
    if line.kind == "app":
        return "", t("live.row.app", program=line.program), ()
    if line.deed is not None:
        said = sentence(line.deed, line.text)
        return "", said, _placed(said, line)
    before, after = t("live.row.title" if line.kind == "title" else "live.row.text").split("|")
    moved = tuple(Part(part.start + len(before), part.end + len(before), part.kind, part.by) for part in line.removed)
    return "", f"{before}{line.text}{after}", moved


def _placed(said: str, line: Live) -> tuple[Part, ...]:
    """The removed parts of the control's name, where it stands in the sentence."""
    at = said.find(line.text) if line.text else -1
    return tuple(Part(p.start + at, p.end + at, p.kind, p.by) for p in line.removed) if at >= 0 else ()


def _below(line: Live, count: int) -> str:
    pieces = [line.program or t("live.no_program")]
    if line.removed:
        pieces.append(t("live.removed", n=len(line.removed)))
    if not line.kept and count > 1:
        pieces.append(t("live.keys" if line.kind == "key" else "live.times", n=count))
    return " · ".join(pieces)


def same(one: Live, other: Live) -> bool:
    """Whether two non-events are told in one row."""
    return (
        not one.kept
        and not other.kept
        and (one.kind, one.reason, one.program_id, one.program)
        == (other.kind, other.reason, other.program_id, other.program)
    )


class LiveLines(QAbstractListModel):
    """``add`` puts a line on top; consecutive identical non-events become one row with their counts added."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._number = 0

    def add(self, line: Live) -> None:
        """A line came. The oldest of more than 500 is forgotten."""
        self._number += 1
        if self._rows and same(self._rows[0].line, line):
            self._rows[0] = make_row(self._number, line, self._rows[0].count + line.count)
            self.dataChanged.emit(self.index(0), self.index(0))
            return
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._rows.insert(0, make_row(self._number, line, line.count))
        self.endInsertRows()
        if len(self._rows) > MOST:
            self.beginRemoveRows(QModelIndex(), MOST, len(self._rows) - 1)
            del self._rows[MOST:]
            self.endRemoveRows()

    def forget(self, since: int = 0) -> None:
        """Drop every line whose time is ``since`` (Unix seconds) or later."""
        self.beginResetModel()
        self._rows = [row for row in self._rows if row.line.at < since]
        self.endResetModel()

    def rows(self) -> Sequence[Row]:
        """Newest first."""
        return tuple(self._rows)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken()
        return row if role == ROW else None


class Shown(QSortFilterProxyModel):
    """Everything, what was kept, or what was not."""

    def __init__(self, lines: LiveLines, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._which = "all"
        self.setSourceModel(lines)

    def show_only(self, which: str) -> None:
        """which: ``all``, ``kept`` or ``not``."""
        self._which = which
        self.invalidate()

    def filterAcceptsRow(  # noqa: N802  # Qt's name
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        if self._which == "all":
            return True
        row = self.sourceModel().index(source_row, 0, source_parent).data(ROW)
        return isinstance(row, Row) and row.line.kept == (self._which == "kept")
