"""Consent and notice: what holds now, every answer ever given, and the way out."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from agent.protocol import GetHistory, GetNotice, Give, History, HistoryRow, Notice, Snapshot
from ui.components import Button, Card, EmptyState, Icon, Label, same_width
from ui.consent_grid import ConsentGrid
from ui.engine import Engine, Reply
from ui.first_run.choosing import shown_digest
from ui.first_run.telling import FullNotice
from ui.pages.base import Page
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import current, in_fours, t
from ui.theme import theme
from ui.when import clock, day

_MOST: Final = 200


class ConsentPage(Page):
    """The grid as it holds, changed only by the two equal buttons below it; then the history."""

    key: ClassVar[str] = "consent"
    title_key: ClassVar[str] = "consent.title"
    nav_key: ClassVar[str] = "nav.consent"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.lead.setVisible(True)
        self._notice: Notice | None = None
        self._given: tuple[tuple[str, str], ...] | None = None
        self._grid: ConsentGrid | None = None
        self._history = Card()
        self._scrolled = Scrolled(t("consent.title"))
        self.body.addWidget(self._scrolled, 1)
        self.full = Button(t("first.3.full"), self._full)
        self.controls.addWidget(self.full)

    def activate(self) -> None:
        self.engine.ask(GetNotice(id=0), self._told)

    def render_state(self, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            return
        if snapshot.consent == "given" and snapshot.consent_until is not None:
            self.lead.set_words(t("consent.lead.given", day=day(snapshot.consent_until)))
        else:
            self.lead.set_words(t(f"consent.lead.{snapshot.consent}"))
        if snapshot.given != self._given and self._notice is not None:
            self._build()

    def _told(self, reply: Reply) -> None:
        if isinstance(reply, Notice):
            self._notice = reply
        self._build()

    def _build(self) -> None:
        self._scrolled.clear()
        snapshot = self.state.snapshot
        self._given = snapshot.given if snapshot is not None else ()
        self.full.setVisible(self._notice is not None)
        if self._notice is None:
            self._scrolled.column.addWidget(EmptyState("nav/consent", t("empty.nobody"), t("empty.nobody.more")))
        else:
            self._grid = ConsentGrid(self._notice, self._given)
            self._grid.changed.connect(self._changed)
            self._scrolled.column.addWidget(self._grid)
            self._scrolled.column.addWidget(self._answer())
            self._changed()
        self._history = Card()
        self._scrolled.column.addWidget(self._history)
        self._scrolled.column.addStretch(1)
        self.engine.ask(GetHistory(id=0), self._remembered)

    def _answer(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._note = Label("", colour="muted")
        row.addWidget(self._note, 1)
        self._leave = Button(t("consent.leave"), self._build)
        self._take = Button(t("consent.take"), self._give)
        same_width(self._leave, self._take)
        row.addWidget(self._leave)
        row.addWidget(self._take)
        return bar

    def _changed(self) -> None:
        if self._grid is None:
            return
        different = set(self._grid.cells()) != set(self._given or ())
        self._leave.setEnabled(different)
        self._take.setEnabled(different and bool(self._grid.cells()))
        nothing = different and not self._grid.cells()
        self._note.set_words(t("consent.nothing") if nothing else t("consent.changed") if different else "")

    def _give(self) -> None:
        if self._grid is None or self._notice is None:
            return
        self.engine.ask(
            Give(
                id=0,
                notice=self._notice.notice,
                cells=self._grid.cells(),
                programs=(),
                language=current().language,
                shown=shown_digest(self._notice),
            ),
            lambda _reply: self.activate(),
        )

    def _full(self) -> None:
        if self._notice is not None:
            FullNotice(self._notice, self.window()).open()

    def _remembered(self, reply: Reply) -> None:
        if not isinstance(reply, History):
            return
        self._history.body.addWidget(Label(t("consent.history"), "section"))
        if not reply.rows:
            self._history.body.addWidget(Label(t("consent.history.none"), colour="muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(reply.rows[:_MOST]):
            grid.addWidget(Label(t("consent.when", day=day(row.at), time=clock(row.at)), colour="muted"), place, 0)
            grid.addWidget(Label(_sentence(row)), place, 1)
            digest = Label(in_fours(row.hash[:16]), "small", colour="muted", wrap=False, selectable=True)
            digest.setFont(theme().fixed_font())
            grid.addWidget(digest, place, 2)
        self._history.body.addLayout(grid)
        row_ = QHBoxLayout()
        row_.addWidget(Icon("ui/check", "muted", 14))
        row_.addWidget(Label(t("consent.history.more"), "small", colour="muted"), 1)
        self._history.body.addLayout(row_)


def _sentence(row: HistoryRow) -> str:
    key = f"history.{row.kind}"
    if not current().has(key):
        return row.kind
    facts = {"batch": "", "count": "", "destroyed": "", **row.facts}
    return t(key, batch=facts["batch"][:8], count=facts["count"], destroyed=facts["destroyed"])
