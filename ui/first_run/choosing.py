"""Screens 4 to 6: what, where, and how to stay in charge."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from agent.protocol import (
    ChooseSending,
    Collect,
    Done,
    GetPrograms,
    Give,
    Notice,
    Pause,
    ProgramRow,
    Programs,
    Resume,
    Snapshot,
)
from ui.components import Button, Card, Icon, Label, StateGlyph, same_width
from ui.consent_grid import ConsentGrid
from ui.engine import Engine, Reply
from ui.first_run.screen import Screen
from ui.notice_facts import full_rows
from ui.presented import presented
from ui.text import current, problem, t


def shown_digest(notice: Notice) -> str:
    """SHA-256 of the notice as it was shown, language included: part of the receipt."""
    lines = [current().language, *(f"{name}: {value}" for name, value in full_rows(notice))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Choice(Screen):
    """The grid and the two equal answers. Nothing is ticked by us."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.4.heading"), t("first.4.lead"))
        self.grid = ConsentGrid(notice)
        self.grid.changed.connect(self.changed.emit)
        self.body.addWidget(self.grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        none = Button(t("grid.tick_none"), lambda: self.grid.tick(everything=False))
        everything = Button(t("grid.tick_all"), lambda: self.grid.tick(everything=True))
        same_width(none, everything)
        row.addWidget(none)
        row.addWidget(everything)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    @property
    def note(self) -> str:
        ticked = len(self.grid.cells())
        return t("first.4.ticked", n=ticked, total=self.grid.total()) if ticked else t("first.4.nothing")

    @property
    def next_words(self) -> str:
        return t("first.4.yes")

    @property
    def ready(self) -> bool:
        return bool(self.grid.cells())

    def go(self) -> None:
        command = Give(
            id=0,
            notice=self.notice.notice,
            cells=self.grid.cells(),
            programs=(),
            language=current().language,
            shown=shown_digest(self.notice),
        )
        self.engine.ask(command, self._answered)

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Done) and not reply.problem:
            self.done.emit()
        elif isinstance(reply, Done):
            self.failed.emit(problem(reply.problem, reply.facts).title)


class ChoosePrograms(Screen):
    """Only in these programs: none is ticked, what nobody can switch on says why."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.5.heading"), t("first.5.lead"))
        self._boxes: dict[str, QCheckBox] = {}
        self._places: list[tuple[str, QWidget]] = []
        self._find = QLineEdit()
        self._find.setPlaceholderText(t("programs.find"))
        self._find.setAccessibleName(t("programs.find"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._filter)
        self.body.addWidget(self._find)
        self._card = Card(margin=8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(0)
        self._card.body.addLayout(self._grid)
        self._card.body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._card)
        self.body.addWidget(scroll, 1)

    def enter(self) -> None:
        if not self._boxes:
            self.engine.ask(GetPrograms(id=0), self._filled)

    def _filled(self, reply: Reply) -> None:
        if not isinstance(reply, Programs):
            return
        for row in reply.rows:
            widget = self._row(row)
            self._places.append((f"{row.name} {row.id}".casefold(), widget))
        self._filter(self._find.text())
        self.changed.emit()

    def _row(self, row: ProgramRow) -> QWidget:
        frame = QFrame()
        line = QHBoxLayout(frame)
        line.setContentsMargins(8, 8, 8, 8)
        line.setSpacing(12)
        free = row.standing in {"collect", "dont-collect"}
        if free:
            box = QCheckBox()
            box.setAccessibleName(row.name)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes[row.id] = box
            line.addWidget(box)
        else:
            line.addWidget(Icon("ui/lock" if row.standing == "protected" else "ui/denied", "muted", 16))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(row.name, colour="ink" if free else "muted", wrap=False))
        words.addWidget(Label(self._why(row), "small", colour="muted"))
        line.addLayout(words, 1)
        return frame

    def _why(self, row: ProgramRow) -> str:
        if row.standing == "protected":
            return t("programs.protected.why", kind=protected_words(row.protected_class))
        if row.standing == "not-allowed":
            return t("programs.not_allowed.why", organisation=self.notice.organisation)
        return row.note or row.id

    def _filter(self, wanted: str) -> None:
        for _, widget in self._places:
            self._grid.removeWidget(widget)
            widget.hide()
        found = [widget for words, widget in self._places if wanted.casefold().strip() in words]
        for place, widget in enumerate(found):
            self._grid.addWidget(widget, place // 2, place % 2)
            widget.show()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    @property
    def note(self) -> str:
        ticked = sum(box.isChecked() for box in self._boxes.values())
        return t("first.5.ticked", n=ticked) if ticked else t("first.5.none")

    @property
    def next_words(self) -> str:
        return t("first.next")

    def go(self) -> None:
        chosen = [name for name, box in self._boxes.items() if box.isChecked()]
        self._collect(chosen)

    def _collect(self, left: list[str]) -> None:
        if not left:
            self.done.emit()
            return
        self.engine.ask(Collect(id=0, program=left[0]), lambda reply: self._collected(reply, left[1:]))

    def _collected(self, reply: Reply, left: list[str]) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.failed.emit(problem(reply.problem, reply.facts).title)
        else:
            self._collect(left)


def protected_words(kind: str) -> str:
    """What kind of protected program it is, in words."""
    key = f"protected.{kind}"
    return t(key) if current().has(key) else t("protected.other")


class InCharge(Screen):
    """The real signs, a pause to try, and the choice how things may leave."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.6.heading"))
        columns = QHBoxLayout()
        columns.setSpacing(20)
        self.body.addLayout(columns, 1)
        columns.addLayout(self._left(), 1)
        columns.addLayout(self._right(notice), 1)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(Label(t("first.6.where"), "section"))
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        self._sign = StateGlyph(36)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        self._sentence = Label("", bold=True)
        words.addWidget(self._sentence)
        words.addWidget(Label(t("first.6.where.more"), "small", colour="muted"))
        row.addLayout(words, 1)
        card.body.addLayout(row)
        left.addWidget(card)
        left.addSpacing(12)
        left.addWidget(Label(t("first.6.pause"), "section"))
        left.addWidget(Label(t("first.6.pause.more"), colour="muted"))
        self._pause = Button(t("first.6.pause.button"), self._toggle_pause)
        line = QHBoxLayout()
        line.addWidget(self._pause)
        line.addStretch(1)
        left.addLayout(line)
        left.addSpacing(12)
        left.addWidget(Label(t("first.6.proof"), "section"))
        left.addWidget(Label(t("first.6.proof.more"), colour="muted"))
        left.addStretch(1)
        self._paused = False
        return left

    def _right(self, notice: Notice) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(Label(t("first.6.leave"), "section"))
        self._modes: dict[str, QRadioButton] = {}
        self._exclusive = QButtonGroup(self)
        hours, days = notice.hold_hours, notice.unreviewed_days
        for mode in ("ask", "hold"):
            if mode == "hold" and notice.require_asking:
                right.addWidget(Label(t("first.6.asking_required", organisation=notice.organisation), colour="muted"))
                continue
            card = Card(margin=12)
            button = QRadioButton(t(f"first.6.{mode}", hours=hours))
            button.setFont(self._sentence.font())
            button.setAccessibleName(t(f"first.6.{mode}", hours=hours))
            self._exclusive.addButton(button)
            button.clicked.connect(lambda _on, mode=mode: self._choose(mode))
            self._modes[mode] = button
            card.body.addWidget(button)
            more = Label(t(f"first.6.{mode}.more", days=days), colour="muted")
            more.setContentsMargins(24, 0, 0, 0)
            card.body.addWidget(more)
            right.addWidget(card)
        right.addWidget(Label(t("first.6.neither"), "small", colour="muted"))
        right.addSpacing(12)
        right.addWidget(Label(t("first.6.mind"), "section"))
        right.addWidget(Label(t("first.6.mind.more"), colour="muted"))
        right.addStretch(1)
        return right

    def _choose(self, mode: str) -> None:
        self.engine.ask(ChooseSending(id=0, mode="hold" if mode == "hold" else "ask"))

    def _toggle_pause(self) -> None:
        self.engine.ask(Resume(id=0) if self._paused else Pause(id=0, until="resume"))

    def render_state(self, snapshot: Snapshot | None) -> None:
        shown = presented(snapshot, 0.0)
        self._sign.show_sign(shown.sign, shown.count, shown.sentence)
        self._sentence.set_words(shown.sentence)
        self._paused = snapshot is not None and snapshot.paused_until is not None
        self._pause.set_words(t("action.resume") if self._paused else t("first.6.pause.button"))
        chosen = self._modes.get(snapshot.sending_mode) if snapshot is not None else None
        if chosen is not None:
            chosen.setChecked(True)

    @property
    def next_words(self) -> str:
        return t("first.6.finish")
