"""Waiting to leave this computer: look, remove, delete, keep, send. Nothing here leaves by looking at it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QDateTime, QItemSelectionModel, QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from agent.protocol import (
    ChooseSending,
    Delete,
    Done,
    GetNotice,
    GetRecord,
    GetWaiting,
    Notice,
    Record,
    RemoveMore,
    Send,
    SendNow,
    Snapshot,
    TakeBack,
    Waiting,
    WaitingRow,
)
from ui.components import Button, EmptyState, Label, Link, Question
from ui.engine import Engine, Reply
from ui.notice_facts import purpose_titles
from ui.pages.base import Page
from ui.pages.record import ROW, Beside, Line, RecordList, RecordRows, below, title
from ui.pages.waiting.card import RecordCard, deleted_line, leaves_line
from ui.pages.waiting.deleting import DeletePart
from ui.pages.waiting.leaving import LeavingBar
from ui.sending import HowThingsLeave
from ui.state import State
from ui.text import problem, t
from ui.when import short_day, size

_PAGE: Final = 200
#: Rows the list shows at most; the rest comes up as these are decided.
_MOST: Final = 1000


class WaitingPage(Page):
    """Fetched anew whenever the number of waiting records changes; what is selected stays selected."""

    key: ClassVar[str] = "waiting"
    title_key: ClassVar[str] = "waiting.title"
    nav_key: ClassVar[str] = "nav.waiting"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.lead.setVisible(True)
        self._rows: list[WaitingRow] = []
        self._round = 0
        self._filling = False
        self._shown: tuple[int, int, str, int] | None = None
        self._notice: Notice | None = None
        self.dialog: HowThingsLeave | None = None
        self.change = Link(t("waiting.change"), self._change_mode)
        self.controls.addWidget(self.change)
        self.leaving = LeavingBar(lambda: self._take_back(()), self._send_now)
        self.empty = EmptyState("nav/waiting", t("waiting.empty"), t("waiting.empty.more"))
        self.body.addWidget(self.empty)
        self.model = RecordRows(self)
        self.list = RecordList(self.model, t("waiting.title"))
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.card = RecordCard()
        self.card.remove.connect(self._remove)
        self.card.delete.connect(self._delete_one)
        self.card.keep.connect(self._next)
        self.card.send.connect(self._send_one)
        self.card.take_back.connect(self._take_back_one)
        self._both = Beside(t("waiting.title"), self.list, self.card)
        self._both.column.insertWidget(0, self.leaving)
        self.body.addWidget(self._both, 1)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(8)
        self._sum = Label("", colour="muted")
        self._foot.addWidget(self._sum, 1)
        self.delete_part = DeletePart(lambda: self._rows, lambda command: self.engine.ask(command, self._done))
        self.delete_all = Button("", self._ask_delete_all)
        self.send_all = Button("", self._send_everything)
        self._deeds = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._deeds.setSpacing(8)
        for button in (self.delete_part, self.delete_all, self.send_all):
            self._deeds.addWidget(button)
        self._foot.addLayout(self._deeds)
        self.body.addLayout(self._foot)
        self.body.addStretch(0)
        self._show_any()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wide = sum(one.sizeHint().width() for one in (self.delete_part, self.delete_all, self.send_all)) + 72
        words = 28 * self.fontMetrics().averageCharWidth()
        self._deeds.setDirection(across if wide <= event.size().width() else down)
        self._foot.setDirection(across if wide + words <= event.size().width() else down)
        super().resizeEvent(event)

    # ------------------------------------------------------------ what is shown

    def activate(self) -> None:
        self.engine.ask(GetNotice(id=0), self._told)
        self._fetch()

    def count(self, snapshot: Snapshot | None) -> int:
        return snapshot.waiting if snapshot is not None else 0

    def render_state(self, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            return
        self.lead.set_words(t(f"waiting.mode.{snapshot.sending_mode or 'none'}", hours=snapshot.hold_hours))
        self.leaving.render_state(snapshot)
        now = (snapshot.waiting, snapshot.waiting_bytes, snapshot.sending_mode, snapshot.leaving)
        if now != self._shown:
            self._shown = now
            self._fetch()

    def _told(self, reply: Reply) -> None:
        if isinstance(reply, Notice):
            self._notice = reply
            if self.card.record is not None:
                self._show_record(self.card.record)

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
        self._show_rows(rows[:_MOST])
        shown = sum(row.size for row in self._rows)
        words = t("waiting.sum", n=len(self._rows), size=size(shown))
        left = reply.total - len(self._rows)
        more = t("waiting.more", n=left) if left > 0 else ""
        self._sum.set_words(f"{words} {more}".strip())
        self.delete_all.set_words(t("waiting.delete_all", n=len(self._rows)))
        self.send_all.set_words(t("waiting.send_all", n=len(self._held())))
        self._show_any()

    def _show_rows(self, rows: list[WaitingRow]) -> None:
        """Replace the list; the same record stays selected where it was, or the one that took its place is."""
        before, selected = self._rows, self._selected_row()
        scrolled = self.list.verticalScrollBar().value()
        self._rows = rows
        self._filling = True  # the selection moves with the rows, and nobody chose anything
        try:
            self._refill(rows, before, selected, scrolled)
        finally:
            self._filling = False

    def _refill(
        self, rows: list[WaitingRow], before: list[WaitingRow], selected: WaitingRow | None, scrolled: int
    ) -> None:
        if not self.model.fill([_line(row) for row in rows], self._now()) and selected is not None:
            return
        next_ = _heir(before, rows, selected)
        if next_ is None:
            self.card.clear()
            return
        place = self.model.place_of(next_.row)
        if place is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(place), flag)
            self.list.verticalScrollBar().setValue(scrolled)
            if selected is None or selected.row != next_.row:
                self.list.scrollTo(self.model.index(place))
        shown = self.card.record
        same = (next_.row, next_.digest, next_.approved)
        if shown is None or (shown.row, shown.digest, shown.approved) != same:
            self.engine.ask(GetRecord(id=0, row=next_.row), self._show_record)
        else:
            self._show_record(shown)

    def _now(self) -> int:
        snapshot = self.state.snapshot
        return snapshot.at if snapshot is not None else QDateTime.currentSecsSinceEpoch()

    def _show_any(self) -> None:
        there = bool(self._rows)
        self._both.setVisible(there)
        for widget in (self._sum, self.delete_part, self.delete_all):
            widget.setVisible(there)
        self.send_all.setVisible(bool(self._held()))
        self.empty.setVisible(not there)

    def _selected_row(self) -> WaitingRow | None:
        found = self.list.currentIndex().data(ROW)
        return found if isinstance(found, WaitingRow) else None

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = current.data(ROW)
        if isinstance(found, WaitingRow) and not self._filling:
            self.engine.ask(GetRecord(id=0, row=found.row), self._show_record)

    def _show_record(self, reply: Reply) -> None:
        """Only the selected record is shown: what an earlier selection still brings is not."""
        selected = self._selected_row()
        if isinstance(reply, Record) and selected is not None and selected.row == reply.row:
            leaves = selected.leaves
            line = leaves_line(leaves) if leaves is not None else deleted_line(reply.expires)
            line = t("waiting.leaves_with_others") if reply.approved else line
            self.card.show_record(reply, line, purpose_titles(self._notice, reply.purposes))
        elif isinstance(reply, Done) and reply.problem:
            self._fetch()

    # ------------------------------------------------------------ what can be done

    def _remove(self, start: int, end: int) -> None:
        record = self.card.record
        if record is not None:
            command = RemoveMore(id=0, row=record.row, digest=record.digest, start=start, end=end)
            self.engine.ask(command, self._removed)

    def _removed(self, reply: Reply) -> None:
        if isinstance(reply, Record):
            self._show_record(reply)
        self._done(reply)

    def _delete_one(self) -> None:
        if self.card.record is not None:
            self.engine.ask(Delete(id=0, rows=(self.card.record.row,)), self._done)

    def _next(self) -> None:
        """Keep it waiting: go on to the next one."""
        place = self.model.after(self.list.currentIndex().row() + 1)
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))

    def _send_one(self) -> None:
        record = self.card.record
        if record is not None:
            self.engine.ask(Send(id=0, items=((record.row, record.digest),)), self._done)

    def _send_everything(self) -> None:
        """Exactly what the list shows, with the digests it was shown with."""
        if rows := self._held():
            self.engine.ask(Send(id=0, items=tuple((row.row, row.digest) for row in rows)), self._done)

    def _held(self) -> list[WaitingRow]:
        """What is shown and was not let go yet."""
        return [row for row in self._rows if not row.approved]

    def _take_back(self, rows: tuple[int, ...]) -> None:
        self.engine.ask(TakeBack(id=0, rows=rows), self._done)

    def _take_back_one(self) -> None:
        if self.card.record is not None:
            self._take_back((self.card.record.row,))

    def _send_now(self) -> None:
        self.engine.ask(SendNow(id=0), self._done)

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
        snapshot = self.state.snapshot
        if snapshot is None:
            return
        self.dialog = HowThingsLeave(
            snapshot.sending_mode, snapshot.hold_hours, snapshot.unreviewed_days, self.window()
        )
        self.dialog.chosen.connect(self._choose)
        self.dialog.finished.connect(lambda _result: self._dialog_gone())
        self.dialog.show()

    def _dialog_gone(self) -> None:
        self.dialog = None

    def _choose(self, mode: str) -> None:
        self.engine.ask(ChooseSending(id=0, mode="hold" if mode == "hold" else "ask"), self._done)


def _line(row: WaitingRow) -> Line:
    """Kind, removed parts, and the day on which it goes."""
    if row.approved:
        goes = t("waiting.approved")
    elif row.leaves is not None:
        goes = t("waiting.leaves", day=short_day(row.leaves))
    else:
        goes = t("waiting.deleted", day=short_day(row.expires))
    said = title(row.preview, row.deed, row.program)
    return Line(row.row, row.time, row.program, said, below(row.kind, row.removed, goes), row)


def _heir(before: list[WaitingRow], rows: list[WaitingRow], selected: WaitingRow | None) -> WaitingRow | None:
    """What is selected in ``rows``: the same record, else the first that stood below it, above it, or any."""
    now = {row.row: row for row in rows}
    if selected is not None:
        ids = [row.row for row in before]
        place = ids.index(selected.row) if selected.row in ids else 0
        for row in (*ids[place:], *reversed(ids[:place])):
            if row in now:
                return now[row]
    return rows[0] if rows else None
