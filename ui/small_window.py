"""Where the desktop has no tray: a small window that stays on top in its place. Closing it stops collection."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.components import Button, Label, Link, StateGlyph, high_enough
from ui.flows import Flows, fill_forget_menu, fill_pause_menu
from ui.presented import may_exclude, may_resume
from ui.state import State
from ui.text import t


class SmallWindow(QWidget):
    """Close button only: a minimised sign is no sign. ``closed``: the person closed it, so everything ends."""

    closed = Signal()

    def __init__(self, state: State, flows: Flows, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            Qt.WindowType.Window
            | Qt.WindowType.CustomizeWindowHint
            | Qt.WindowType.WindowTitleHint
            | Qt.WindowType.WindowCloseButtonHint
            | Qt.WindowType.WindowStaysOnTopHint,
        )
        self.setObjectName("window")
        self.setAccessibleName(t("small.name"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(t("app.name"))
        self._state = state
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._glyph = StateGlyph(36)
        self.sentence = Label("", "section")
        self.facts = Label("", "small", colour="muted")
        menu = QMenu(self)
        fill_pause_menu(menu, flows)
        self.resume = Button(t("action.resume"), flows.resume)
        self.pause = Button(t("action.pause"), menu=menu)
        forgets = QMenu(self)
        fill_forget_menu(forgets, flows)
        self.forget = Button(t("action.forget.short"), menu=forgets)
        self.exclude = Button("", flows.exclude_current)
        self.see = Button(t("action.see"), partial(flows.open_page.emit, "live"))
        self.start_again = Button(t("action.start_again"), flows.start_again)
        self.waiting = Link("", partial(flows.open_page.emit, "waiting"))
        self.open = Link(t("action.open.short"), partial(flows.open_page.emit, ""))
        self.withdraw = Link(t("action.withdraw"), flows.withdraw)
        self._top = self._state_part()
        outer.addWidget(self._top, 1)
        outer.addWidget(self._foot())
        self._top.setMinimumWidth(372)
        state.changed.connect(self.follow)
        self.follow()

    def _state_part(self) -> QFrame:
        top = QFrame()
        top.setObjectName("strip")
        column = QVBoxLayout(top)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(14)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.sentence)
        words.addWidget(self.facts)
        words.addStretch(1)
        row.addLayout(words, 1)
        column.addLayout(row, 1)
        both = QVBoxLayout()
        both.setSpacing(8)
        for short_or_long in ((self.resume, self.pause, self.forget), (self.exclude, self.see, self.start_again)):
            buttons = QHBoxLayout()
            buttons.setSpacing(8)
            for button in short_or_long:
                buttons.addWidget(button, 1)
            both.addLayout(buttons)
        column.addLayout(both)
        return top

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("smallFoot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(16, 8, 16, 10)
        below.setSpacing(4)
        links = QHBoxLayout()
        links.setSpacing(12)
        links.addWidget(self.waiting)
        links.addStretch(1)
        links.addWidget(self.open)
        links.addWidget(self.withdraw)
        below.addLayout(links)
        below.addWidget(Label(t("small.note"), "small", colour="muted"))
        return foot

    def follow(self) -> None:
        """Show the state."""
        shown = self._state.presented()
        snapshot = self._state.snapshot if self._state.fresh else None
        agreed = snapshot is not None and snapshot.consent == "given"
        self._glyph.show_sign(shown.sign, shown.count, shown.sentence)
        self.sentence.set_words(shown.sentence)
        self.facts.set_words(shown.facts)
        self._top.setProperty("state", shown.sign)
        self._top.style().unpolish(self._top)
        self._top.style().polish(self._top)
        state = snapshot.state if snapshot is not None else "stopped"
        program = snapshot.program if snapshot is not None and snapshot.program_id else ""
        self.resume.setVisible(may_resume(snapshot))
        self.pause.setVisible(agreed)
        self.forget.setVisible(agreed)
        if program:
            self.exclude.set_words(t("action.exclude", program=program))
        self.exclude.setVisible(may_exclude(snapshot))
        self.see.setVisible(state == "stopped")
        self.start_again.setVisible(self._state.gone)
        self.waiting.setVisible(snapshot is not None)
        self.waiting.set_words(t("small.waiting", n=snapshot.waiting if snapshot is not None else 0))
        self.withdraw.setVisible(snapshot is None or agreed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        high_enough(self)
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        high_enough(self)
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Collection ends with its sign; it does not return into the background."""
        event.accept()
        self.closed.emit()
