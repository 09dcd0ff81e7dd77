"""Everything that has ever left: one line a batch, and its receipt with the same hash three times."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from agent.protocol import GetSent, Sent, SentRow, Snapshot
from ui.components import Card, EmptyState, FactRows, Label
from ui.engine import Engine, Reply
from ui.pages.base import Page
from ui.state import State
from ui.text import in_fours, program_list, t
from ui.theme import theme
from ui.when import clock, day, short_day, size

_COLUMNS: Final = ("sent", "items", "size", "purpose", "who", "state", "delete_by")
_RIGHT: Final = frozenset({"items", "size"})
_PAGE: Final = 500


class SentRows(QAbstractTableModel):
    """``fill`` replaces what is shown, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SentRow, ...] = ()

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
        return _alignment(_COLUMNS[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = _COLUMNS[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _cell(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.DecorationRole and column == "state":
            return _sign(row)
        return None


def _alignment(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _sign(row: SentRow) -> QIcon:
    if row.state == "acknowledged":
        return theme().icon("ui/check", "ok", 16)
    return theme().icon("ui/denied", "stop", 16) if row.state == "refused" else theme().icon("ui/not-kept", "turn", 16)


def _cell(row: SentRow, column: str) -> str:
    at = row.sent_at if row.sent_at is not None else row.sealed_at
    words = {
        "sent": t("sent.when", day=short_day(at), time=clock(at)),
        "items": str(row.count),
        "size": size(row.size),
        "purpose": ", ".join(row.purposes),
        "who": program_list(list(row.recipients)),
        "state": t(f"sent.state.{row.state}"),
        "delete_by": short_day(row.delete_by),
    }
    return words[column]


class SentPage(Page):
    """Fetched each time it is opened and whenever a batch changes its state."""

    key: ClassVar[str] = "sent"
    title_key: ClassVar[str] = "sent.title"
    nav_key: ClassVar[str] = "nav.sent"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.lead.setVisible(True)
        self._seen: tuple[int, int] | None = None
        self.empty = EmptyState("nav/sent", t("sent.empty"), t("sent.empty.more"))
        self.body.addWidget(self.empty)
        self.model = SentRows(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(t("sent.title"))
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(38)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(_COLUMNS.index("who"), QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.body.addWidget(self.table, 1)
        self.receipt = Card()
        self.body.addWidget(self.receipt)
        self.body.addStretch(0)
        self._show(())

    def activate(self) -> None:
        self.engine.ask(GetSent(id=0, offset=0, limit=_PAGE), self._filled)

    def render_state(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None and (snapshot.sending, snapshot.sent_batches) != self._seen:
            self._seen = (snapshot.sending, snapshot.sent_batches)
            self.activate()

    def _filled(self, reply: Reply) -> None:
        if isinstance(reply, Sent):
            self._show(reply.rows)

    def _show(self, rows: tuple[SentRow, ...]) -> None:
        place = max(0, self.table.currentIndex().row())
        self.model.fill(rows)
        there = bool(rows)
        self.empty.setVisible(not there)
        self.table.setVisible(there)
        self.receipt.setVisible(there)
        items = sum(row.count for row in rows)
        self.lead.set_words(t("sent.lead", n=items, batches=len(rows)) if there else t("sent.lead.none"))
        if there:
            self.table.selectRow(min(place, len(rows) - 1))

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row(current.row())
        if row is not None:
            self._render_receipt(row)

    def _render_receipt(self, row: SentRow) -> None:
        while (item := self.receipt.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        at = row.sent_at if row.sent_at is not None else row.sealed_at
        add = self.receipt.body.addWidget
        add(Label(t("sent.receipt", day=day(at), time=clock(at)), "section"))
        add(Label(t("sent.receipt.more", n=row.count), colour="muted"))
        confirmed = in_fours(row.confirmed_digest) if row.confirmed_digest else t("sent.not_confirmed")
        add(
            FactRows(
                [
                    (t("sent.bytes.sealed"), _hash(in_fours(row.digest))),
                    (t("sent.bytes.confirmed"), _hash(confirmed)),
                    (t("sent.records"), t("sent.records.more", n=len(row.records))),
                    (t("sent.opens"), program_list(list(row.recipients))),
                    (t("sent.column.delete_by"), day(row.delete_by)),
                    (t("sent.batch"), _hash(row.batch)),
                ]
            )
        )


def _hash(words: str) -> Label:
    label = Label(words, "small", selectable=True)
    label.setFont(theme().fixed_font())
    return label
