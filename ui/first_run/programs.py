"""Screen 5: only in these programs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from agent.protocol import Collect, Command, Done, Exclude, GetPrograms, Notice, ProgramRow, Programs
from ui.components import Card, Icon, Label, Tick
from ui.engine import Engine, Reply
from ui.first_run.screen import Screen
from ui.pages.scrolled import Scrolled
from ui.program_tile import LetterTile, free, standing_icon, standing_words
from ui.text import t
from ui.theme import theme


class ChoosePrograms(Screen):
    """None is ticked unless the person chose it before; what nobody can switch on says why."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.5.heading"), t("first.5.lead"))
        self._rows: list[ProgramLine] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("programs.find"))
        self.search.setAccessibleName(t("programs.find"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.search.addAction(theme().icon("ui/search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._lay)
        self.controls.addWidget(self.search)
        card = Card(margin=8)
        card.body.setSpacing(0)
        self._nothing = Label(t("programs.none"), colour="muted")
        self._nothing.setContentsMargins(8, 8, 8, 8)
        self._nothing.hide()
        card.body.addWidget(self._nothing)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(0)
        card.body.addLayout(self._grid)
        card.body.addStretch(1)
        self._list = Scrolled(t("first.5.heading"))
        self._list.setMinimumHeight(240)
        self._list.column.addWidget(card)
        self.body.addWidget(self._list, 1)

    def enter(self) -> None:
        self.engine.ask(GetPrograms(id=0), self._filled)

    def box(self, program: str) -> Tick:
        """The box of a program that may be ticked. Raises KeyError for any other."""
        return next(row.box for row in self._rows if row.row.id == program and row.box is not None)

    def _filled(self, reply: Reply) -> None:
        if not isinstance(reply, Programs):
            if isinstance(reply, Done):
                self.failed.emit(reply)
            return
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [ProgramLine(row, self.notice.organisation) for row in reply.rows]
        for row in self._rows:
            row.setParent(self)
            if row.box is not None:
                row.box.setChecked(row.row.standing == "collect")
                row.box.toggled.connect(lambda _on: self.changed.emit())
        self._lay()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.top.setDirection(across if self._wide() else down)
        self._lay()

    def _wide(self) -> bool:
        return self.width() >= 84 * self.fontMetrics().averageCharWidth()

    def _lay(self) -> None:
        """Two columns of what is searched for, one where two do not fit; the first half stands left."""
        wanted = self.search.text().casefold().strip()
        found = [row for row in self._rows if wanted in f"{row.row.name} {row.row.id}".casefold()]
        widest = max((row.minimumSizeHint().width() for row in self._rows), default=0)
        columns = 2 if self._wide() and 2 * widest + 24 <= self.width() - 100 else 1
        half = (len(found) + columns - 1) // columns
        while self._grid.takeAt(0) is not None:
            pass
        for row in self._rows:
            row.setVisible(False)
        for place, row in enumerate(found):
            self._grid.addWidget(row, place % half, place // half)
            row.ruled(place % half > 0)
            row.setVisible(True)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._nothing.setVisible(bool(self._rows) and not found)

    @property
    def note(self) -> str:
        ticked = sum(row.ticked for row in self._rows)
        return t("first.5.ticked", n=ticked) if ticked else t("first.5.none")

    @property
    def next_words(self) -> str:
        return t("first.next")

    def go(self) -> None:
        """Switch on what is ticked now and was not, switch off what was and is not."""
        commands: list[Command] = []
        for row in self._rows:
            was = row.row.standing == "collect"
            if row.ticked and not was:
                commands.append(Collect(id=0, program=row.row.id))
            elif was and not row.ticked:
                commands.append(Exclude(id=0, program=row.row.id, delete_waiting=False))
        self._ask(commands)

    def _ask(self, left: list[Command]) -> None:
        if left:
            self.engine.ask(left[0], lambda reply: self._asked(reply, left[1:]))
        else:
            self.done.emit()

    def _asked(self, reply: Reply, left: list[Command]) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.failed.emit(reply)
            self.engine.ask(GetPrograms(id=0), self._filled)
        else:
            self._ask(left)


class ProgramLine(QFrame):
    """Box or sign, letter, name, why. A click anywhere ticks."""

    def __init__(self, row: ProgramRow, organisation: str) -> None:
        super().__init__()
        self.row = row
        self.box: Tick | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 8, 8, 8)
        line.setSpacing(12)
        why = standing_words(row, organisation)
        if free(row):
            self.box = Tick()
            self.box.setAccessibleName(row.name)
            line.addWidget(self.box)
        else:
            line.addSpacing(4)
            line.addWidget(Icon(standing_icon(row), "muted", 16))
            line.addSpacing(4)
        line.addWidget(LetterTile(row.name))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(row.name, colour="ink" if free(row) else "muted"))
        if why:
            words.addWidget(Label(why, "small", colour="muted"))
        words.addStretch(1)
        line.addLayout(words, 1)

    @property
    def ticked(self) -> bool:
        return self.box is not None and self.box.isChecked()

    def ruled(self, above: bool) -> None:
        """A line above it, or none."""
        self.setProperty("ruled", above)
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        inside = self.rect().contains(event.position().toPoint())
        if self.box is not None and event.button() == Qt.MouseButton.LeftButton and inside:
            self.box.click()
        super().mouseReleaseEvent(event)
