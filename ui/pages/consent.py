"""Consent and notice: what holds now, every answer ever given, and the way out."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from agent.protocol import Decline, Done, GetHistory, GetNotice, Give, History, Notice, Snapshot
from ui.components import Button, Card, EmptyState, Label, Question, same_width
from ui.consent_grid import ConsentGrid
from ui.engine import Engine, Reply
from ui.first_run.choosing import shown_digest
from ui.first_run.telling import FullNotice
from ui.pages.asked_anew import AskedAnew
from ui.pages.base import Page
from ui.pages.history import fill
from ui.pages.receipts import ReceiptsCard
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import current, problem, t
from ui.when import day

_BUTTON: Final = 236


class ConsentPage(Page):
    """What is new, if anything; the grid as it holds, changed only by the two equal buttons below it; the history."""

    key: ClassVar[str] = "consent"
    title_key: ClassVar[str] = "consent.title"
    nav_key: ClassVar[str] = "nav.consent"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.lead.setVisible(True)
        self._notice: Notice | None = None
        self._given: tuple[tuple[str, str], ...] | None = None
        self._pending = False
        self.asked: AskedAnew | None = None
        self.receipts = ReceiptsCard(engine)
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
        if snapshot.decision != self._pending and self._notice is not None:
            # Something new is asked, or was answered elsewhere: the notice at hand is of before.
            self._pending = snapshot.decision
            self.activate()
        elif snapshot.given != self._given and self._notice is not None:
            self._build()

    def _told(self, reply: Reply) -> None:
        if isinstance(reply, Notice):
            self._notice = reply
            self._pending = self.state.snapshot is not None and self.state.snapshot.decision
        self._build()

    def _build(self) -> None:
        self._scrolled.clear()
        snapshot = self.state.snapshot
        self._given = snapshot.given if snapshot is not None else ()
        self.full.setVisible(self._notice is not None)
        if self._notice is None:
            self._scrolled.column.addWidget(EmptyState("nav/consent", t("empty.nobody"), t("empty.nobody.more")))
        else:
            self.asked = None
            if self._notice.given_at is not None and self._notice.new_cells:
                self.asked = AskedAnew(self._notice, self._decline, self._turn_on)
                self._scrolled.column.addWidget(self.asked)
            self.grid = ConsentGrid(self._notice, self._given)
            self.grid.changed.connect(self._changed)
            self._scrolled.column.addWidget(self.grid)
            self._scrolled.column.addWidget(self._answer())
            self._changed()
        self.receipts = ReceiptsCard(self.engine)
        self._scrolled.column.addWidget(self.receipts)
        self.receipts.ask()
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
        changed = "consent.changed.new" if self.asked is not None else "consent.changed"
        key = "consent.nothing" if nothing else changed if different else "consent.same"
        self._note.set_words(t(key))

    def _give(self) -> None:
        if self.grid is not None:
            self._say_yes(self.grid.cells())

    def _turn_on(self) -> None:
        """Yes to exactly what is new; what holds goes on, whatever is ticked in the grid."""
        if self._notice is not None:
            self._say_yes(tuple(dict.fromkeys((*(self._given or ()), *self._notice.new_cells))))

    def _decline(self) -> None:
        """No to what is new, and to nothing else."""
        if self._notice is not None:
            self.engine.ask(Decline(id=0, notice=self._notice.notice), self._answered)

    def _say_yes(self, cells: tuple[tuple[str, str], ...]) -> None:
        if self._notice is None:
            return
        self.engine.ask(
            Give(
                id=0,
                notice=self._notice.notice,
                cells=cells,
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

    def to_receipts(self) -> None:
        """Bring the receipts into sight."""
        self._scrolled.ensureWidgetVisible(self.receipts)

    def _full(self) -> None:
        if self._notice is not None:
            FullNotice(self._notice, self.window()).open()

    def _remembered(self, reply: Reply) -> None:
        if isinstance(reply, History) and not self._history.body.count():
            fill(self._history, reply.rows, self._notice.purposes if self._notice is not None else ())
