"""The window of the question: strip, one of six screens, Back and two equal buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from agent.protocol import Done, GetNotice, Notice, Refuse, Withdraw
from ui.components import Button, Label, Question, StateGlyph, same_width
from ui.engine import Engine, Reply
from ui.first_run.choosing import Choice, ChoosePrograms, InCharge
from ui.first_run.screen import Screen
from ui.first_run.telling import Example, TheNotice, WhatThisIs
from ui.state import State
from ui.text import problem, t

#: From this screen on the yes has been given: a no takes it back.
_AFTER_YES = 4


class FirstRun(QWidget):
    """Asks once. ``closed``: the window is gone, whatever was answered. Enter, Esc and close are never a yes."""

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
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._strip())
        self._stack = QStackedWidget()
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._foot())
        state.changed.connect(self._render)
        engine.ask(GetNotice(id=0), self._told)

    # ------------------------------------------------------------ parts

    def _strip(self) -> QWidget:
        self._top = QFrame()
        self._top.setObjectName("strip")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(32, 9, 32, 9)
        row.setSpacing(12)
        self._sign = StateGlyph(24)
        row.addWidget(self._sign)
        self._sentence = Label("", bold=True)
        row.addWidget(self._sentence, 1)
        self._step = Label("", "small", colour="muted", wrap=False)
        row.addWidget(self._step)
        self._bar = QProgressBar()
        self._bar.setObjectName("steps")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 6)
        self._bar.setFixedSize(176, 4)
        row.addWidget(self._bar)
        return self._top

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(32, 14, 32, 16)
        row.setSpacing(12)
        self._back = Button(t("first.back"), self._go_back, big=True)
        row.addWidget(self._back)
        self._note = Label("", "small", colour="muted")
        row.addWidget(self._note, 1)
        self._no = Button(t("first.no"), self._refuse, big=True)
        self._next = Button(t("first.next"), self._go_on, big=True)
        for button in (self._no, self._next):
            button.setMinimumWidth(236)
            row.addWidget(button)
        return foot

    # ------------------------------------------------------------ the way through

    def _told(self, reply: Reply) -> None:
        if not isinstance(reply, Notice):
            if isinstance(reply, Done):
                self._note.set_words(problem(reply.problem, reply.facts).title)
            return
        self._notice = reply
        for kind in (WhatThisIs, Example, TheNotice, Choice, ChoosePrograms, InCharge):
            screen = kind(self._engine, reply)
            screen.changed.connect(self._render)
            screen.done.connect(self._forward)
            screen.failed.connect(self._failed)
            self._screens.append(screen)
            self._stack.addWidget(screen)
        self._show(0)

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        screen = self._screens[place]
        screen.enter()
        self._render()
        screen.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> int:
        return self._stack.currentIndex()

    def _go_on(self) -> None:
        self._note.setProperty("role", "muted")
        self._screens[self._place()].go()

    def _forward(self) -> None:
        if self._place() + 1 < len(self._screens):
            self._show(self._place() + 1)
        else:
            self.close()

    def _go_back(self) -> None:
        self._show(self._place() - 1)

    def _failed(self, words: str) -> None:
        self._note.set_words(words)

    def _refuse(self) -> None:
        if self._notice is None:
            self.close()
        elif self._place() >= _AFTER_YES:
            self._engine.ask(Withdraw(id=0), lambda _reply: self._refused())
        else:
            self._engine.ask(Refuse(id=0, notice=self._notice.notice), lambda _reply: self._refused())

    def _refused(self) -> None:
        lines = (t("first.refused.more"),)
        dialog = Question(t("first.refused"), lines, t("action.close"))
        dialog.show()
        self.close()

    # ------------------------------------------------------------ rendering

    def _render(self) -> None:
        shown = self._state.presented()
        self._sign.show_sign(shown.sign, shown.count, shown.sentence)
        self._sentence.set_words(shown.sentence)
        self._top.setProperty("state", shown.sign)
        self._top.style().unpolish(self._top)
        self._top.style().polish(self._top)
        if not self._screens:
            self._back.hide()
            self._next.setEnabled(False)
            return
        place = self._place()
        screen = self._screens[place]
        screen.render_state(self._state.snapshot if self._state.fresh else None)
        self._step.set_words(t("first.step", n=place + 1, total=len(self._screens)))
        self._bar.setValue(place + 1)
        self._back.setVisible(place > 0)
        self._note.set_words(screen.note)
        self._next.set_words(screen.next_words)
        self._next.setEnabled(screen.ready)
        same_width(self._no, self._next)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc closes, which is a no; Enter without a focused button is nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        self.closed.emit()
        super().closeEvent(event)
