"""Waiting to leave this computer: look, remove, delete, keep, send. Nothing here leaves by looking at it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from agent.protocol import (
    ChooseSending,
    Delete,
    Done,
    GetRecord,
    GetWaiting,
    Record,
    RemoveMore,
    Send,
    Snapshot,
    Waiting,
    WaitingRow,
)
from ui.components import Button, EmptyState, Label, Link, Question
from ui.engine import Engine, Reply
from ui.pages.base import Page
from ui.pages.waiting.card import RecordCard, deleted_line, leaves_line
from ui.pages.waiting.rows import ROW, WaitingDelegate, WaitingRows
from ui.state import State
from ui.text import problem, t
from ui.when import size

_PAGE: Final = 200
#: Rows the list shows at most; the rest comes up as these are decided.
_MOST: Final = 1000


class WaitingPage(Page):
    """Fetched anew whenever the number of waiting records changes."""

    key: ClassVar[str] = "waiting"
    title_key: ClassVar[str] = "waiting.title"
    nav_key: ClassVar[str] = "nav.waiting"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.lead.setVisible(True)
        self._rows: list[WaitingRow] = []
        self._round = 0
        self._shown: tuple[int, int, str] | None = None
        self._mode = ""
        self._change = Link(t("waiting.change"), self._change_mode)
        self.controls.addWidget(self._change)
        self.empty = EmptyState("nav/waiting", t("waiting.empty"), t("waiting.empty.more"))
        self.body.addWidget(self.empty)
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.model = WaitingRows(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(WaitingDelegate(self.list))
        self.list.setAccessibleName(t("waiting.title"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(260)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        row.addWidget(self.list, 36)
        self.card = RecordCard()
        self.card.remove.connect(self._remove)
        self.card.delete.connect(self._delete_one)
        self.card.keep.connect(self._next)
        self.card.send.connect(self._send_one)
        row.addWidget(self.card, 64)
        self.body.addWidget(self._both, 1)
        self.body.addLayout(self._foot())
        self.body.addStretch(0)
        self._show_any()

    def _foot(self) -> QVBoxLayout:
        column = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(8)
        self._sum = Label("", colour="muted")
        row.addWidget(self._sum, 1)
        self._delete_all = Button("", self._ask_delete_all)
        self._send_all = Button("", self._send_everything)
        row.addWidget(self._delete_all)
        row.addWidget(self._send_all)
        column.addLayout(row)
        return column

    # ------------------------------------------------------------ what is shown

    def activate(self) -> None:
        self._fetch()

    def count(self, snapshot: Snapshot | None) -> int:
        return snapshot.waiting if snapshot is not None else 0

    def render_state(self, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            return
        self._mode = snapshot.sending_mode
        self.lead.set_words(t(f"waiting.mode.{snapshot.sending_mode or 'none'}", hours=snapshot.hold_hours))
        now = (snapshot.waiting, snapshot.waiting_bytes, snapshot.sending_mode)
        if now != self._shown:
            self._shown = now
            self._fetch()

    def _fetch(self) -> None:
        """Ask anew; what an earlier question still brings is of no interest any more."""
        self._round += 1
        self._more(self._round, [])

    def _more(self, round_: int, rows: list[WaitingRow]) -> None:
        self.engine.ask(GetWaiting(id=0, offset=len(rows), limit=_PAGE), partial(self._filled, round_, rows))

    def _filled(self, round_: int, rows: list[WaitingRow], reply: Reply) -> None:
        if not isinstance(reply, Waiting) or round_ != self._round:
            return
        rows = [*rows, *reply.rows]
        if reply.rows and len(rows) < min(reply.total, _MOST):
            self._more(round_, rows)
            return
        selected = self._selected_row()
        self._rows = rows
        self.model.fill(self._rows)
        self._sum.set_words(t("waiting.sum", n=reply.total, size=size(reply.size)))
        self._delete_all.set_words(t("waiting.delete_all", n=reply.total))
        self._send_all.set_words(t("waiting.send_all", n=len(self._rows)))
        self._show_any()
        place = self.model.place_of(selected.row) if selected is not None else None
        if place is None and self._rows:
            place = self.model.place_of(self._rows[0].row)
        if place is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(place), flag)

    def _show_any(self) -> None:
        there = bool(self._rows)
        self._both.setVisible(there)
        for widget in (self._sum, self._delete_all, self._send_all):
            widget.setVisible(there)
        self.empty.setVisible(not there)

    def _selected_row(self) -> WaitingRow | None:
        found = self.list.currentIndex().data(ROW)
        return found if isinstance(found, WaitingRow) else None

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = current.data(ROW)
        if isinstance(found, WaitingRow):
            self.engine.ask(GetRecord(id=0, row=found.row), self._show_record)

    def _show_record(self, reply: Reply) -> None:
        if isinstance(reply, Record):
            row = next((row for row in self._rows if row.row == reply.row), None)
            leaves = row.leaves if row is not None else None
            line = leaves_line(leaves) if leaves is not None else deleted_line(reply.expires)
            self.card.show_record(reply, line, sendable=True)
        elif isinstance(reply, Done) and reply.problem:
            self._fetch()

    # ------------------------------------------------------------ what can be done

    def _remove(self, start: int, end: int) -> None:
        record = self.card.record
        if record is not None:
            command = RemoveMore(id=0, row=record.row, digest=record.digest, start=start, end=end)
            self.engine.ask(command, self._removed)

    def _removed(self, reply: Reply) -> None:
        self._show_record(reply)
        self._done(reply)

    def _delete_one(self) -> None:
        if self.card.record is not None:
            self.engine.ask(Delete(id=0, rows=(self.card.record.row,)), self._done)

    def _next(self) -> None:
        """Keep it waiting: go on to the next one."""
        place = self.list.currentIndex().row() + 1
        while self.model.entry(place) is not None and not isinstance(self.model.entry(place), WaitingRow):
            place += 1
        if self.model.entry(place) is not None:
            self.list.setCurrentIndex(self.model.index(place))

    def _send_one(self) -> None:
        record = self.card.record
        if record is not None:
            self.engine.ask(Send(id=0, items=((record.row, record.digest),)), self._done)

    def _send_everything(self) -> None:
        """Exactly what the list shows, with the digests it was shown with."""
        self.engine.ask(Send(id=0, items=tuple((row.row, row.digest) for row in self._rows)), self._done)

    def _ask_delete_all(self) -> None:
        rows = tuple(row.row for row in self._rows)
        question = Question(
            t("waiting.delete_all.heading", n=len(rows)),
            [t("waiting.delete_all.text")],
            t("waiting.delete_all.no"),
            t("waiting.delete_all.yes"),
            self.window(),
        )
        question.answered.connect(lambda yes: self._delete_rows(rows) if yes else None)
        question.show()

    def _delete_rows(self, rows: tuple[int, ...]) -> None:
        self.engine.ask(Delete(id=0, rows=rows), self._done)

    def _done(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            words = problem(reply.problem, reply.facts)
            Question(words.title, [words.text, words.remedy], t("action.close"), parent=self.window()).show()
        self._fetch()

    def _change_mode(self) -> None:
        mode = self._mode
        question = Question(
            t("sending.heading"),
            [t("sending.text"), t(f"waiting.mode.{mode or 'none'}", hours=24)],
            t("sending.ask"),
            t("sending.hold"),
            self.window(),
        )
        # Two equal answers, neither of them a no: closing changes nothing.
        question.no.clicked.connect(lambda: self._choose("ask"))
        question.yes.clicked.connect(lambda: self._choose("hold"))
        question.show()

    def _choose(self, mode: str) -> None:
        self.engine.ask(ChooseSending(id=0, mode="hold" if mode == "hold" else "ask"), self._done)
