"""Everything that has ever left: a line a batch, what is known about it, what was in it, and how to have it deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from agent.protocol import (
    AskDeletion,
    Done,
    GetNotice,
    GetOpenings,
    GetSent,
    Notice,
    OpenedSent,
    Openings,
    OpenSent,
    SendAnyway,
    Sent,
    SentRecord,
    SentRow,
    Snapshot,
)
from ui.components import Bar, Button, EmptyState, Icon, Question
from ui.engine import Engine, Reply
from ui.pages.base import Page
from ui.pages.scrolled import Scrolled
from ui.pages.sent.deleting import deletion_question
from ui.pages.sent.held import HeldBar
from ui.pages.sent.inside import Inside
from ui.pages.sent.openings import CHANGED, UNREACHABLE, changed
from ui.pages.sent.receipt import Receipt
from ui.pages.sent.rows import SentRows, SentTable
from ui.pages.sent.states import left_at, may_ask
from ui.state import State
from ui.text import problem, t
from ui.theme import theme
from ui.when import clock, day

_PAGE: Final = 500
#: Seconds until the log of openings is asked for again: after the page was opened, and while it stays so.
_SOON: Final = 3
_LATER: Final = 60


class SentPage(Page):
    """Fetched each time it is opened and whenever a batch changes its state; the chosen batch stays chosen."""

    key: ClassVar[str] = "sent"
    title_key: ClassVar[str] = "sent.title"
    nav_key: ClassVar[str] = "nav.sent"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.lead.setVisible(True)
        self._seen: tuple[object, ...] | None = None
        self._batch = ""
        self._wanted = ""
        self._next_log = 0
        self._log_codes: set[str] = set()
        self._notice: Notice | None = None
        self._openings: Openings | None = None
        self.question: Question | None = None
        self.said: Question | None = None
        self.ask_all = Button(t("sent.delete_all"), self._ask_all)
        self.back = Button(t("sent.back"), self.close_inside)
        self.controls.addWidget(self.ask_all)
        self.controls.addWidget(self.back)
        self.empty = EmptyState("nav/sent", t("sent.empty"), t("sent.empty.more"))
        self.body.addWidget(self.empty)
        self.model = SentRows(self)
        self.table = SentTable(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._scrolled = Scrolled(t("sent.title"))
        self.log_changed = Bar(icon=Icon("ui/denied", "turn", 16))
        self.held = HeldBar(self._send_anyway)
        self.receipt = Receipt(self._look, self._ask_one)
        for part in (self.log_changed, self.held, self.table, self.receipt):
            self._scrolled.column.addWidget(part)
        self._scrolled.column.addStretch(1)
        self.body.addWidget(self._scrolled, 1)
        self.inside = Inside()
        self.inside.hide()
        self.body.addWidget(self.inside, 1)
        self.body.addStretch(0)
        theme().changed.connect(self._fit)
        self._show(())

    # ------------------------------------------------------------ what is shown

    def activate(self) -> None:
        self.engine.ask(GetNotice(id=0), self._told)
        self._fetch()
        snapshot = self.state.snapshot
        self._fetch_openings((snapshot.at if snapshot is not None else 0) + _SOON)

    def _fetch(self) -> None:
        self.engine.ask(GetSent(id=0, offset=0, limit=_PAGE), self._filled)

    def _fetch_openings(self, again: int) -> None:
        """What is known; the engine reads the log meanwhile, so it is asked again then (Unix seconds)."""
        self._next_log = again
        self.engine.ask(GetOpenings(id=0), self._read)

    def _send_anyway(self) -> None:
        self.engine.ask(SendAnyway(id=0))

    def render_state(self, snapshot: Snapshot | None) -> None:
        self.held.render_state(snapshot)
        if snapshot is None:
            return
        now = (snapshot.sending, snapshot.sent_batches, snapshot.consent, snapshot.problems)
        asked = any(row.deletion == "asked" for row in self.model.rows)
        if now != self._seen or asked:  # the word of the collector changes no snapshot
            self._seen = now
            self._fetch()
        codes = {each.code for each in snapshot.problems} & {CHANGED, UNREACHABLE}
        if snapshot.at >= self._next_log or codes != self._log_codes:
            self._log_codes = codes
            self._fetch_openings(snapshot.at + _LATER)

    def _told(self, reply: Reply) -> None:
        if isinstance(reply, Notice):
            self._notice = reply
            self.model.name_purposes(reply)
            self._show_batch()
            self._fit()

    def _read(self, reply: Reply) -> None:
        if isinstance(reply, Openings):
            self._openings = reply
            self.model.know_openings(reply)
            self.log_changed.say(changed(reply))
            self._show_batch()
            self._fit()

    def _filled(self, reply: Reply) -> None:
        if isinstance(reply, Sent):
            self._show(reply.rows)

    def _show(self, rows: tuple[SentRow, ...]) -> None:
        batch = self._batch
        if rows != self.model.rows or not rows:
            self.model.fill(rows)
            if rows:
                batches = [row.batch for row in rows]
                self.table.selectRow(batches.index(batch) if batch in batches else 0)
        self._dress()
        self._fit()

    def _dress(self) -> None:
        """Which parts are there: nothing sent, all batches, or the inside of one."""
        rows, within = self.model.rows, not self.inside.isHidden()
        self.empty.setVisible(not rows and not within)
        self._scrolled.setVisible(bool(rows) and not within)
        self.back.setVisible(within)
        self.ask_all.setVisible(not within and sum(may_ask(row) for row in rows) > 1)
        if not within:
            items = sum(row.count for row in rows)
            self.heading.set_words(self.title())
            self.lead.set_words(t("sent.lead", n=items, batches=len(rows)) if rows else t("sent.lead.none"))

    def _row(self, batch: str) -> SentRow | None:
        return next((row for row in self.model.rows if row.batch == batch), None)

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row(current.row())
        if row is not None:
            self._batch = row.batch
            self._show_batch()

    def _show_batch(self) -> None:
        row = self._row(self._batch)
        if row is not None:
            self.receipt.show_row(row, self._openings, self._organisation())

    def _organisation(self) -> str:
        """Its name, from the notice or from the last snapshot: after the end of an agreement there is only that."""
        if self._notice is not None:
            return self._notice.organisation
        snapshot = self.state.snapshot
        return (snapshot.organisation if snapshot is not None else "") or t("sent.organisation")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.table.fit(self.width() - 64, self.height())

    # ------------------------------------------------------------ looking inside

    def _look(self) -> None:
        self._wanted = self._batch
        self._more(self._batch, ())

    def _more(self, batch: str, found: tuple[SentRecord, ...]) -> None:
        self.engine.ask(OpenSent(id=0, batch=batch, offset=len(found)), partial(self._opened, found))

    def _opened(self, found: tuple[SentRecord, ...], reply: Reply) -> None:
        """A part of what was in it, or why it cannot be seen. What was wanted no more is not shown."""
        if not isinstance(reply, OpenedSent):
            self._came(reply)
            return
        row = self._row(reply.batch)
        if row is None or reply.batch != self._wanted or not self.isVisible():
            return
        found = (*found, *reply.records)
        if reply.records and len(found) < reply.total:
            self._more(reply.batch, found)
            return
        at = left_at(row)
        self.inside.show_records(found, row, self._notice)
        self.inside.show()
        self._dress()
        self.heading.set_words(t("sent.inside.title", day=day(at), time=clock(at)))
        self.lead.set_words(t("sent.inside.lead", n=len(found)))
        self.inside.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_inside(self) -> None:
        """Back to all batches; nothing of what was in one is kept."""
        self._wanted = ""
        if self.inside.isHidden():
            return
        self.inside.hide()
        self.inside.forget()
        self._dress()
        (self.receipt.look if self.receipt.look.isVisible() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc leaves the inside of a batch."""
        if event.key() == Qt.Key.Key_Escape and not self.inside.isHidden():
            self.close_inside()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # Qt's name
        """Another page is open, or the window is closed."""
        super().hideEvent(event)
        self.close_inside()

    # ------------------------------------------------------------ asking for deletion

    def _ask_one(self) -> None:
        row = self._row(self._batch)
        if row is not None:
            self._ask((row,))

    def _ask_all(self) -> None:
        self._ask([row for row in self.model.rows if may_ask(row)])

    def _ask(self, rows: Sequence[SentRow]) -> None:
        batches = tuple(row.batch for row in rows)
        if batches:
            self.question = deletion_question(rows, self._organisation(), self.window())
            self.question.answered.connect(partial(self._answered, batches))
            self.question.show()

    def _answered(self, batches: tuple[str, ...], yes: bool) -> None:  # a Qt signal has no keywords
        self.question = None
        if yes:
            self.engine.ask(AskDeletion(id=0, batches=batches), self._came)
            # The button goes with what it did; the state of the batch is what is read next.
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            words = problem(reply.problem, reply.facts)
            self.said = Question(words.title, [words.text, words.remedy], t("action.close"), parent=self.window())
            self.said.show()
        self._fetch()
