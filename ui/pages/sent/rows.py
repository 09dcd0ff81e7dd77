"""The batches as a table, newest first."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from agent.protocol import Notice, Openings, SentRow
from ui.notice_facts import purpose_titles
from ui.pages.sent.openings import none_found, opened_short
from ui.pages.sent.states import ICON, left_at, short, sign
from ui.text import program_list, t
from ui.theme import theme
from ui.when import clock, short_day, size

COLUMNS: Final = ("sent", "items", "size", "purpose", "who", "opened", "state", "delete_by")
#: The columns that go first where there is too little room.
_SPARE: Final = ("purpose", "who", "size", "delete_by", "opened")
#: The columns that take what room is left; their words are cut where it is too little.
_ELASTIC: Final = ("purpose", "who")
_RIGHT: Final = frozenset({"items", "size"})
#: Lines of the table before it scrolls: as many as two fifths of the page hold, between these.
_LEAST: Final = 4
_MOST: Final = 8


class SentRows(QAbstractTableModel):
    """``fill`` replaces what is shown, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SentRow, ...] = ()
        self._notice: Notice | None = None
        self._openings: Openings | None = None

    def name_purposes(self, notice: Notice) -> None:
        """Purposes are shown by the titles of this notice."""
        self._notice = notice
        self._all_changed()

    def know_openings(self, openings: Openings) -> None:
        """What the log of openings says."""
        self._openings = openings
        self._all_changed()

    def _all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))

    def fill(self, rows: tuple[SentRow, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> tuple[SentRow, ...]:
        """All of them."""
        return self._rows

    def row(self, place: int) -> SentRow | None:
        """The batch on a line."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return t(f"sent.column.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.FontRole:
            return theme().font("small", bold=True)
        return _alignment(COLUMNS[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = COLUMNS[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            words = self._cell(row, column)
            aloud = role == Qt.ItemDataRole.AccessibleTextRole and column == "opened"
            return words or (none_found(self._openings) if aloud else t("sent.nothing"))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole:
            return _digits()
        if role == Qt.ItemDataRole.DecorationRole and column == "state":
            return _icon(row)
        return None

    def _cell(self, row: SentRow, column: str) -> str:
        at = left_at(row)
        words = {
            "sent": t("sent.when", day=short_day(at), time=clock(at)),
            "items": str(row.count),
            "size": size(row.size),
            "purpose": purpose_titles(self._notice, row.purposes),
            "who": program_list(list(row.recipients)),
            "opened": opened_short(self._openings, row.batch),
            "state": short(row),
            "delete_by": short_day(row.delete_by) if row.deletion != "confirmed" else "",
        }
        return words[column]


class SentTable(QTableView):
    """Rows as high as the font needs; columns that do not fit are left to the card of the batch, which says the same.

    ``fit(room, height)``: for so many pixels, on a page of that height.
    """

    def __init__(self, model: SentRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(t("sent.title"))
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)

    def fit(self, room: int, height: int) -> None:
        """Choose columns, and how many lines there are before it scrolls."""
        if self._rows.rowCount() == 0:
            return
        row = max(38, QFontMetrics(theme().font()).height() + 20)
        self.verticalHeader().setDefaultSectionSize(row)
        header = self.horizontalHeader()
        most = min(_MOST, max(_LEAST, (2 * height // 5 - header.sizeHint().height()) // row))
        lines = min(self._rows.rowCount(), most)
        if lines < self._rows.rowCount():
            room -= self.verticalScrollBar().sizeHint().width()
        wanted = {
            name: max(self.sizeHintForColumn(place), header.sectionSizeHint(place))
            for place, name in enumerate(COLUMNS)
        }
        for name in _ELASTIC:
            least = max(header.sectionSizeHint(COLUMNS.index(name)), 16 * self.fontMetrics().averageCharWidth())
            wanted[name] = min(wanted[name], least)
        shown = list(COLUMNS)
        for spare in _SPARE:
            if sum(wanted[name] for name in shown) > room:
                shown = [name for name in shown if name != spare]
        elastic = {name for name in shown if name in _ELASTIC} or {"state"}
        for place, name in enumerate(COLUMNS):
            self.setColumnHidden(place, name not in shown)
            mode = QHeaderView.ResizeMode.Stretch if name in elastic else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(place, mode)
        too_wide = sum(wanted[name] for name in shown) > room
        bar = self.horizontalScrollBar().sizeHint().height() if too_wide else 0
        self.setFixedHeight(header.sizeHint().height() + lines * row + 2 + bar)


def _alignment(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _icon(row: SentRow) -> QIcon:
    name, role = ICON[sign(row)]
    icon = theme().icon(name, role, 16)
    # The style would mix it with the colour of the selection, until it can hardly be seen.
    for ratio in (1.0, 2.0):
        icon.addPixmap(theme().pixmap(name, role, 16, ratio), QIcon.Mode.Selected)
    return icon


def _digits() -> QFont:
    font = theme().font()
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
