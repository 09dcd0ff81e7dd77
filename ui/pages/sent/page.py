"""Everything that has ever left: one line a batch, and its receipt with the same hash three times."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from agent.protocol import GetNotice, GetSent, Notice, SendAnyway, Sent, SentRow, Snapshot
from ui.components import EmptyState
from ui.engine import Engine, Reply
from ui.notice_facts import purpose_titles
from ui.pages.base import Page
from ui.pages.scrolled import Scrolled
from ui.pages.sent.held import HeldBar
from ui.pages.sent.receipt import Receipt
from ui.state import State
from ui.text import program_list, t
from ui.theme import theme
from ui.when import clock, short_day, size

_COLUMNS: Final = ("sent", "items", "size", "purpose", "who", "state", "delete_by")
#: The columns that go first where there is too little room.
_SPARE: Final = ("purpose", "who", "delete_by", "size")
#: The columns that take what room is left; their words are cut where it is too little.
_ELASTIC: Final = ("purpose", "who")
_RIGHT: Final = frozenset({"items", "size"})
_PAGE: Final = 500
#: Lines of the table before it scrolls.
_MOST: Final = 8


class SentRows(QAbstractTableModel):
    """``fill`` replaces what is shown, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SentRow, ...] = ()
        self._notice: Notice | None = None

    def name_purposes(self, notice: Notice) -> None:
        """Purposes are shown by the titles of this notice."""
        self._notice = notice
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(_COLUMNS) - 1))

    def fill(self, rows: tuple[SentRow, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, place: int) -> SentRow | None:
        """The batch on a line."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return t(f"sent.column.{_COLUMNS[section]}")
        if role == Qt.ItemDataRole.FontRole:
            return theme().font("small", bold=True)
        return _alignment(_COLUMNS[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = _COLUMNS[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _cell(row, column, self._notice)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole:
            return _digits()
        if role == Qt.ItemDataRole.DecorationRole and column == "state":
            return _sign(row)
        return None


def _alignment(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _sign(row: SentRow) -> QIcon:
    look = theme()
    if row.state == "acknowledged":
        same = row.confirmed_digest == row.digest
        return look.icon("ui/check", "ok", 16) if same else look.icon("ui/denied", "turn", 16)
    return look.icon("ui/denied" if row.state == "refused" else "ui/not-kept", "turn", 16)


def _state(row: SentRow) -> str:
    if row.state == "acknowledged" and row.confirmed_digest != row.digest:
        return t("sent.state.other")
    return t(f"sent.state.{row.state}")


def _digits() -> QFont:
    font = theme().font()
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _cell(row: SentRow, column: str, notice: Notice | None) -> str:
    at = row.sent_at if row.sent_at is not None else row.sealed_at
    words = {
        "sent": t("sent.when", day=short_day(at), time=clock(at)),
        "items": str(row.count),
        "size": size(row.size),
        "purpose": purpose_titles(notice, row.purposes),
        "who": program_list(list(row.recipients)),
        "state": _state(row),
        "delete_by": short_day(row.delete_by),
    }
    return words[column]


class SentPage(Page):
    """Fetched each time it is opened and whenever a batch changes its state; the chosen batch stays chosen."""

    key: ClassVar[str] = "sent"
    title_key: ClassVar[str] = "sent.title"
    nav_key: ClassVar[str] = "nav.sent"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.lead.setVisible(True)
        self._seen: tuple[int, int] | None = None
        self._batch = ""
        self._notice: Notice | None = None
        self.empty = EmptyState("nav/sent", t("sent.empty"), t("sent.empty.more"))
        self.body.addWidget(self.empty)
        self.model = SentRows(self)
        self.table = _table(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._scrolled = Scrolled(t("sent.title"))
        self.held = HeldBar(self._send_anyway)
        self._scrolled.column.addWidget(self.held)
        self._scrolled.column.addWidget(self.table)
        self.receipt = Receipt()
        self._scrolled.column.addWidget(self.receipt)
        self._scrolled.column.addStretch(1)
        self.body.addWidget(self._scrolled, 1)
        self.body.addStretch(0)
        theme().changed.connect(self._fit)
        self._show(())

    def activate(self) -> None:
        self.engine.ask(GetNotice(id=0), self._told)
        self._fetch()

    def _fetch(self) -> None:
        self.engine.ask(GetSent(id=0, offset=0, limit=_PAGE), self._filled)

    def _send_anyway(self) -> None:
        self.engine.ask(SendAnyway(id=0))

    def render_state(self, snapshot: Snapshot | None) -> None:
        self.held.render_state(snapshot)
        if snapshot is not None and (snapshot.sending, snapshot.sent_batches) != self._seen:
            self._seen = (snapshot.sending, snapshot.sent_batches)
            self._fetch()

    def _told(self, reply: Reply) -> None:
        if isinstance(reply, Notice):
            self._notice = reply
            self.model.name_purposes(reply)
            self._fit()

    def _filled(self, reply: Reply) -> None:
        if isinstance(reply, Sent):
            self._show(reply.rows)

    def _show(self, rows: tuple[SentRow, ...]) -> None:
        batch = self._batch
        self.model.fill(rows)
        there = bool(rows)
        self.empty.setVisible(not there)
        self._scrolled.setVisible(there)
        items = sum(row.count for row in rows)
        self.lead.set_words(t("sent.lead", n=items, batches=len(rows)) if there else t("sent.lead.none"))
        if there:
            batches = [row.batch for row in rows]
            self.table.selectRow(batches.index(batch) if batch in batches else 0)
        self._fit()

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row(current.row())
        if row is not None:
            self._batch = row.batch
            self.receipt.show_row(row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Rows as high as the font needs, as many as there are up to eight; columns that do not fit are left to the
        receipt, which says the same.
        """
        if self.model.rowCount() == 0:
            return
        row = max(38, QFontMetrics(theme().font()).height() + 20)
        self.table.verticalHeader().setDefaultSectionSize(row)
        header = self.table.horizontalHeader()
        wanted = {
            name: max(self.table.sizeHintForColumn(place), header.sectionSizeHint(place))
            for place, name in enumerate(_COLUMNS)
        }
        for name in _ELASTIC:
            wanted[name] = min(wanted[name], 16 * self.fontMetrics().averageCharWidth())
        room = self.width() - 64
        shown = list(_COLUMNS)
        for spare in _SPARE:
            if sum(wanted[name] for name in shown) > room:
                shown = [name for name in shown if name != spare]
        elastic = {name for name in shown if name in _ELASTIC} or {"state"}
        for place, name in enumerate(_COLUMNS):
            self.table.setColumnHidden(place, name not in shown)
            mode = QHeaderView.ResizeMode.Stretch if name in elastic else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(place, mode)
        lines = min(self.model.rowCount(), _MOST)
        too_wide = sum(wanted[name] for name in shown) > room
        bar = self.table.horizontalScrollBar().sizeHint().height() if too_wide else 0
        self.table.setFixedHeight(header.sizeHint().height() + lines * row + 2 + bar)


def _table(model: SentRows) -> QTableView:
    made = QTableView()
    made.setModel(model)
    made.setAccessibleName(t("sent.title"))
    made.setShowGrid(False)
    made.verticalHeader().hide()
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    header = made.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(48)
    return made
