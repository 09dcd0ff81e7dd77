"""Screen 6: the real signs, a pause to try, and the choice how things may leave."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import ChooseSending, Done, Notice, Pause, Resume, Snapshot
from ui.components import Button, Ground, Label, StateGlyph
from ui.engine import Engine, Reply
from ui.first_run.screen import Screen
from ui.presented import Presented, presented
from ui.sending import SendingChoice
from ui.text import t
from ui.when import clock


class InCharge(Screen):
    """``choice``: the two answers how things may leave; ``pause``: the button to try."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.6.heading"))
        self._paused = False
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        self._columns.addLayout(self._left(), 1)
        self._columns.addLayout(self._right(notice), 1)
        self.body.addLayout(self._columns, 1)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(Label(t("first.6.where"), "section"))
        self._place = SignsDrawn()
        left.addWidget(self._place)
        left.addSpacing(16)
        left.addWidget(Label(t("first.6.pause"), "section"))
        left.addWidget(Label(t("first.6.pause.more"), colour="muted"))
        self.pause = Button(t("first.6.pause.button"), self._toggle_pause)
        line = QHBoxLayout()
        line.addWidget(self.pause)
        line.addStretch(1)
        left.addLayout(line)
        left.addSpacing(16)
        left.addWidget(Label(t("first.6.proof"), "section"))
        left.addWidget(Label(t("first.6.proof.more"), colour="muted"))
        left.addStretch(1)
        return left

    def _right(self, notice: Notice) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(Label(t("first.6.leave"), "section"))
        asking = t("first.6.asking_required", organisation=notice.organisation) if notice.require_asking else ""
        self.choice = SendingChoice(notice.hold_hours, notice.unreviewed_days, asking)
        self.choice.chosen.connect(self._choose)
        right.addWidget(self.choice)
        right.addWidget(Label(t("first.6.neither_one" if asking else "first.6.neither"), colour="muted"))
        right.addSpacing(16)
        right.addWidget(Label(t("first.6.mind"), "section"))
        right.addWidget(Label(t("first.6.mind.more"), colour="muted"))
        right.addStretch(1)
        return right

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """One column where words are so large that two would be cramped."""
        wide = event.size().width() >= 84 * self.fontMetrics().averageCharWidth()
        side = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(side)
        super().resizeEvent(event)

    def _choose(self, mode: str) -> None:
        self.engine.ask(ChooseSending(id=0, mode="hold" if mode == "hold" else "ask"), self._answered)

    def _toggle_pause(self) -> None:
        self.engine.ask(Resume(id=0) if self._paused else Pause(id=0, until="resume"), self._answered)

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.choice.select("")
            self.failed.emit(reply)

    def render_state(self, snapshot: Snapshot | None) -> None:
        shown = presented(snapshot, 0.0)
        self._place.follow(shown, snapshot.at if snapshot is not None else None)
        self._paused = snapshot is not None and snapshot.paused_until is not None
        self.pause.set_words(t("action.resume") if self._paused else t("first.6.pause.button"))
        if snapshot is not None:
            self.choice.select(snapshot.sending_mode)

    @property
    def next_words(self) -> str:
        return t("first.6.finish")


class SignsDrawn(Ground):
    """A screen and its tray as they look now: the sign with words, and the sign in the tray."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("desk", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        desk = QHBoxLayout()
        desk.setContentsMargins(16, 12, 12, 16)
        desk.setSpacing(12)
        desk.addWidget(Label(t("first.6.where.more"), "small", colour="muted"), 1)
        sign = Ground()
        sign.setProperty("sign", True)
        row = QHBoxLayout(sign)
        row.setContentsMargins(8, 4, 12, 4)
        row.setSpacing(8)
        self._glyph = StateGlyph(16)
        row.addWidget(self._glyph)
        self._short = Label("", "small", wrap=False)
        row.addWidget(self._short)
        desk.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(desk)
        column.addWidget(self._tray())

    def _tray(self) -> QWidget:
        tray = QFrame()
        tray.setProperty("tray", True)
        row = QHBoxLayout(tray)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(Label(t("first.6.tray"), "small", colour="muted", wrap=False))
        self._in_tray = StateGlyph(16)
        row.addWidget(self._in_tray)
        self._clock = Label("", "small", colour="muted", wrap=False)
        row.addWidget(self._clock)
        return tray

    def follow(self, shown: Presented, at: int | None) -> None:
        """Show what the real signs show. at: Unix seconds, None for now."""
        for glyph in (self._glyph, self._in_tray):
            glyph.show_sign(shown.sign, shown.count, shown.sentence)
        self._short.set_words(shown.short)
        self._clock.set_words(clock(at if at is not None else QDateTime.currentSecsSinceEpoch()))
