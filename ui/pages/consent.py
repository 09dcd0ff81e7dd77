"""Consent and notice: what holds now, every answer ever given, and the way out."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Done, GetHistory, GetNotice, Give, History, HistoryRow, Notice, Snapshot
from ui.components import Button, Card, EmptyState, Icon, Label, Question, same_width
from ui.consent_grid import ConsentGrid
from ui.engine import Engine, Reply
from ui.first_run.choosing import shown_digest
from ui.first_run.telling import FullNotice
from ui.pages.base import Page
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import current, in_fours, problem, t
from ui.theme import theme
from ui.when import clock, day

_MOST: Final = 200
_BUTTON: Final = 236


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
        self.grid: ConsentGrid | None = None
        self._answers: QBoxLayout | None = None
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
            self.grid = ConsentGrid(self._notice, self._given)
            self.grid.changed.connect(self._changed)
            self._scrolled.column.addWidget(self.grid)
            self._scrolled.column.addWidget(self._answer())
            self._changed()
        self._history = Card()
        self._scrolled.column.addWidget(self._history)
        self._scrolled.column.addStretch(1)
        self.engine.ask(GetHistory(id=0), self._remembered)

    def _answer(self) -> QWidget:
        """The two equal buttons, there only while something is ticked otherwise than it holds."""
        self._bar = QWidget()
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._bar)
        self._answers.setContentsMargins(0, 0, 0, 0)
        self._answers.setSpacing(12)
        self._note = Label("", colour="muted")
        self._answers.addWidget(self._note, 1)
        self.leave = Button(t("consent.leave"), self._build)
        self.take = Button(t("consent.take"), self._give)
        same_width(self.leave, self.take)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(12)
        for button in (self.leave, self.take):
            button.setMinimumWidth(max(_BUTTON, button.minimumWidth()))
            self._both.addWidget(button)
        self._answers.addLayout(self._both)
        self._arrange(self.width())
        return self._bar

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        if self._answers is None or self.grid is None:
            return
        buttons = 2 * self.take.minimumWidth() + 12 + 80  # and the margins of the page, and a scroll bar
        words = 24 * self.fontMetrics().averageCharWidth()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(across if buttons + words <= width else down)
        self._both.setDirection(across if buttons <= width else down)

    def _changed(self) -> None:
        if self.grid is None:
            return
        different = set(self.grid.cells()) != set(self._given or ())
        self.leave.setEnabled(different)
        self.take.setEnabled(different and bool(self.grid.cells()))
        nothing = different and not self.grid.cells()
        key = "consent.nothing" if nothing else "consent.changed" if different else "consent.same"
        self._note.set_words(t(key))

    def _give(self) -> None:
        if self.grid is None or self._notice is None:
            return
        self.engine.ask(
            Give(
                id=0,
                notice=self._notice.notice,
                cells=self.grid.cells(),
                programs=(),
                language=current().language,
                shown=shown_digest(self._notice),
            ),
            self._answered,
        )

    def _answered(self, reply: Reply) -> None:
        """What was ticked holds now, or stays on the screen with the reason why it does not."""
        if isinstance(reply, Done) and reply.problem:
            words = problem(reply.problem, reply.facts)
            Question(words.title, [words.text, words.remedy], t("action.close"), parent=self.window()).show()
            if reply.problem == "notice-changed":
                self.activate()
            return
        self.activate()

    def _full(self) -> None:
        if self._notice is not None:
            FullNotice(self._notice, self.window()).open()

    def _remembered(self, reply: Reply) -> None:
        body = self._history.body
        if not isinstance(reply, History) or body.count():
            return
        body.addWidget(Label(t("consent.history"), "section"))
        if not reply.rows:
            body.addWidget(Label(t("consent.history.none"), colour="muted"))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(reply.rows[:_MOST]):
            when = Label(t("consent.when", day=day(row.at), time=clock(row.at)), colour="muted", wrap=False)
            grid.addWidget(when, place, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(_sentence(row)))
            digest = Label(in_fours(row.hash[:16]), "small", colour="muted", selectable=True)
            digest.setFont(theme().fixed_font())
            digest.setToolTip(row.hash)
            words.addWidget(digest)
            grid.addLayout(words, place, 1)
        body.addLayout(grid)
        chained = QHBoxLayout()
        chained.setSpacing(8)
        chained.addWidget(Icon("ui/check", "muted", 16), 0, Qt.AlignmentFlag.AlignTop)
        chained.addWidget(Label(t("consent.history.more"), "small", colour="muted"), 1)
        body.addLayout(chained)


def _sentence(row: HistoryRow) -> str:
    key = f"history.{row.kind}"
    if not current().has(key):
        return row.kind
    facts = {"batch": "", "count": "", "destroyed": "", **row.facts}
    return t(key, batch=facts["batch"][:8], count=facts["count"], destroyed=facts["destroyed"])
