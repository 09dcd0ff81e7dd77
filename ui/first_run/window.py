"""The window of the question: strip, one of six screens, Back and two equal buttons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent.protocol import Done, GetNotice, Notice, Refuse, Withdraw
from ui.components import Button, Label, StateGlyph
from ui.engine import Engine, Reply
from ui.first_run.answered import Answered, ProblemBar
from ui.first_run.charge import InCharge
from ui.first_run.choosing import Choice
from ui.first_run.programs import ChoosePrograms
from ui.first_run.screen import Screen
from ui.first_run.steps import Steps
from ui.first_run.telling import Example, TheNotice, WhatThisIs
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import t
from ui.theme import theme

_BUTTON = 236
_SCREENS = 6


class FirstRun(QWidget):
    """Asks once. ``closed``: the window is gone, whatever was answered. Enter, Esc and close are never a yes.

    ``no`` and ``next`` are the two equal buttons. A no before the yes is an answer that stays on this computer; a no
    after it takes the yes back.
    """

    closed = Signal()

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setWindowTitle(t("app.name"))
        self.setAccessibleName(t("first.name"))
        self.resize(900, 660)
        self._engine = engine
        self._state = state
        self._notice: Notice | None = None
        self._screens: list[Screen] = []
        self._given = False
        self._asking = False
        self._over = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._strip())
        self._stack = QStackedWidget()
        outer.addWidget(self._stack, 1)
        self.problem = ProblemBar()
        outer.addWidget(self.problem)
        outer.addWidget(self._foot())
        state.changed.connect(self._render)
        self._render()
        engine.ask(GetNotice(id=0), self._told)

    # ------------------------------------------------------------ parts

    def _strip(self) -> QWidget:
        self._top = QFrame()
        self._top.setObjectName("strip")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(32, 8, 32, 8)
        row.setSpacing(12)
        self._sign = StateGlyph(24)
        row.addWidget(self._sign)
        self._sentence = Label("", bold=True)
        row.addWidget(self._sentence, 1)
        self._step = Label("", "small", colour="muted", wrap=False)
        row.addWidget(self._step)
        self._steps = Steps(_SCREENS)
        row.addWidget(self._steps)
        return self._top

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(32, 12, 32, 16)
        column.setSpacing(8)
        self._note_above = Label("", "small", colour="muted")
        column.addWidget(self._note_above)
        row = QHBoxLayout()
        row.setSpacing(12)
        column.addLayout(row)
        self.back = Button(t("first.back"), self._go_back, big=True)
        row.addWidget(self.back)
        self._note = Label("", "small", colour="muted")
        row.addWidget(self._note, 1)
        row.addStretch(0)
        self.no = Button(t("first.no"), self._refuse, big=True)
        self.next = Button(t("first.next"), self._go_on, big=True)
        for button in (self.no, self.next):
            row.addWidget(button)
        return foot

    # ------------------------------------------------------------ the way through

    def _told(self, reply: Reply) -> None:
        if not isinstance(reply, Notice):
            self.problem.show_problem(reply)
            return
        self._notice = reply
        self.choice = Choice(self._engine, reply)
        self._screens = [
            WhatThisIs(self._engine, reply),
            Example(self._engine, reply),
            TheNotice(self._engine, reply),
            self.choice,
            ChoosePrograms(self._engine, reply),
            InCharge(self._engine, reply),
        ]
        for screen in self._screens:
            screen.changed.connect(self._render)
            screen.done.connect(partial(self._forward, screen))
            screen.failed.connect(self._failed)
            self._put(screen)
        self.choice.done.connect(self._yes_given)
        self._show(0)

    def _put(self, screen: QWidget) -> None:
        scroll = Scrolled(t("first.name"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.column.addWidget(screen, 1)
        self._stack.addWidget(scroll)

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        screen = self._screens[place]
        self._asking = False
        self.problem.hide()
        screen.enter()
        self._render()
        screen.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def screen_shown(self) -> Screen | None:
        """The screen that is shown, None before the notice and after a no."""
        place = self._stack.currentIndex()
        return self._screens[place] if 0 <= place < len(self._screens) else None

    def scrolls(self) -> int:
        """By how many pixels what is shown is higher than its room."""
        shown = self._stack.currentWidget()
        return shown.verticalScrollBar().maximum() if isinstance(shown, Scrolled) else 0

    def _go_on(self) -> None:
        screen = self.screen_shown
        if screen is None or self._asking:
            return
        self._asking = True
        self.problem.hide()
        screen.go()

    def _forward(self, screen: Screen) -> None:
        self._asking = False
        if screen is not self.screen_shown:
            return  # the person went back before the answer came
        place = self._stack.currentIndex() + 1
        if place < len(self._screens):
            self._show(place)
        else:
            self.close()

    def _go_back(self) -> None:
        place = self._stack.currentIndex()
        if self.screen_shown is not None and place > 0:
            self._show(place - 1)

    def _yes_given(self) -> None:
        self._given = True

    def _failed(self, done: Done) -> None:
        self._asking = False
        self.problem.show_problem(done)

    def _refuse(self) -> None:
        snapshot = self._state.snapshot
        given = self._given or (snapshot is not None and snapshot.consent == "given")
        if self._notice is None or self._over:
            self.close()
        elif given:
            self._engine.ask(Withdraw(id=0), self._refused)
        else:
            self._engine.ask(Refuse(id=0, notice=self._notice.notice), self._refused)

    def _refused(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.problem.show_problem(reply)
            return
        self._screens = []
        self._over = True
        answer = Answered()
        self._put(answer)
        self._stack.setCurrentIndex(self._stack.count() - 1)
        self.problem.hide()
        self._render()
        answer.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ rendering

    def _render(self) -> None:
        shown = self._state.presented()
        self._sign.show_sign(shown.sign, shown.count, shown.sentence)
        self._sentence.set_words(shown.sentence)
        if self._top.property("state") != shown.sign:
            self._top.setProperty("state", shown.sign)
            self._top.style().unpolish(self._top)
            self._top.style().polish(self._top)
        self._equal()
        screen = self.screen_shown
        place = self._stack.currentIndex()
        self.back.setVisible(screen is not None and place > 0)
        self.next.setVisible(screen is not None)
        self._step.setVisible(screen is not None)
        self._steps.setVisible(screen is not None)
        if screen is None:
            self.no.set_words(t("action.close") if self._over else t("first.no"))
            self._say("")
        else:
            screen.render_state(self._state.snapshot if self._state.fresh else None)
            self._step.set_words(t("first.step", n=place + 1, total=len(self._screens)))
            self._steps.show_step(place + 1)
            self.next.set_words(screen.next_words)
            self.next.setEnabled(screen.ready)
            self._say(screen.note)

    def _equal(self) -> None:
        """Both as wide as the longest words of any screen need, so that neither moves from screen to screen."""
        metrics = QFontMetrics(theme().font())
        words = [t("first.no"), *(screen.next_words for screen in self._screens)]
        width = max(_BUTTON, *(metrics.horizontalAdvance(each) + 40 for each in words))
        for button in (self.no, self.next):
            button.setMinimumWidth(width)

    def _say(self, note: str) -> None:
        buttons = [button for button in (self.back, self.no, self.next) if button.isVisibleTo(self)]
        taken = sum(max(button.minimumWidth(), button.sizeHint().width()) for button in buttons)
        narrow = self.width() - 64 - taken - 36 < 20 * self._note.fontMetrics().averageCharWidth()
        self._note.set_words("" if narrow else note)
        self._note_above.set_words(note if narrow else "")
        self._note_above.setVisible(narrow and bool(note))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        if self.screen_shown is not None:
            self._say(self.screen_shown.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc closes, which is a no; Enter without a focused button is nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        self.closed.emit()
        super().closeEvent(event)
