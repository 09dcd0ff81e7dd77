"""The grid purposes x categories: every cell says in words what it is, nothing is ticked by us."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Notice, Purpose
from ui.components import Icon, Label, Link, Question
from ui.text import t
from ui.theme import theme

#: Columns of the grid in their fixed order; one that no purpose asks for is not shown.
COLUMNS: Final = ("app", "title", "shortcut", "pointer", "text", "screen")


class ConsentCell(QFrame):
    """One cell that may be ticked: box, word, example."""

    def __init__(self, name: str, example: Callable[[], None], changed: Callable[[], None]) -> None:
        super().__init__()
        self._name = name
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 9, 8, 9)
        column.setSpacing(3)
        self.box = QCheckBox()
        self.box.setFont(theme().font("small"))
        column.addWidget(self.box)
        row = QHBoxLayout()
        row.setContentsMargins(22, 0, 0, 0)
        row.addWidget(Link(t("grid.example"), example))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.box.toggled.connect(lambda _on: self._say())
        self.box.toggled.connect(lambda _on: changed())
        self._say()

    def _say(self) -> None:
        ticked = self.box.isChecked()
        word = t("grid.collected") if ticked else t("grid.not_collected")
        self.box.setText(word)
        self.box.setAccessibleName(t("grid.cell", cell=self._name, word=word))
        self.setProperty("cell", "yes" if ticked else "no")
        self.style().unpolish(self)
        self.style().polish(self)


class ClosedCell(QFrame):
    """A cell nobody can tick here: a crossed ring and who says so."""

    def __init__(self, organisation: str) -> None:
        super().__init__()
        self.setProperty("cell", "never")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 9, 8, 9)
        row.setSpacing(7)
        row.addWidget(Icon("ui/denied", "muted", 14), 0, Qt.AlignmentFlag.AlignTop)
        words = Label(t("grid.not_asked", organisation=organisation), "small", colour="muted")
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)


class ConsentGrid(QFrame):
    """``changed``: a tick was set or taken. ``cells()``: what is ticked now."""

    changed = Signal()

    def __init__(self, notice: Notice, ticked: Iterable[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._notice = notice
        self._cells: dict[tuple[str, str], ConsentCell] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(1, 1, 1, 1)
        grid.setSpacing(1)
        asked = [c for c in COLUMNS if any(c in purpose.categories for purpose in notice.purposes)]
        grid.addWidget(self._head(t("grid.for_what"), ""), 0, 0)
        for place, category in enumerate(asked, start=1):
            grid.addWidget(self._head(t(f"column.{category}"), t(f"column.{category}.more")), 0, place)
            grid.setColumnStretch(place, 2)
        grid.setColumnStretch(0, 3)
        for row, purpose in enumerate(notice.purposes, start=1):
            grid.addWidget(self._head(purpose.title, purpose.where), row, 0)
            for place, category in enumerate(asked, start=1):
                grid.addWidget(self._cell(purpose, category), row, place)
        chosen = set(ticked)
        for cell, widget in self._cells.items():
            widget.box.setChecked(cell in chosen)

    def cells(self) -> tuple[tuple[str, str], ...]:
        """(purpose id, category) of every ticked cell, in the grid's order."""
        return tuple(cell for cell, widget in self._cells.items() if widget.box.isChecked())

    def total(self) -> int:
        """How many cells may be ticked."""
        return len(self._cells)

    def tick(self, *, everything: bool) -> None:
        """All or none; the two buttons for it are equally large."""
        for widget in self._cells.values():
            widget.box.setChecked(everything)

    def _head(self, words: str, more: str) -> QWidget:
        frame = QFrame()
        frame.setProperty("cell", "no")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 9, 8, 9)
        column.setSpacing(2)
        column.addWidget(Label(words, bold=True))
        if more:
            column.addWidget(Label(more, "small", colour="muted"))
        column.addStretch(1)
        return frame

    def _cell(self, purpose: Purpose, category: str) -> QWidget:
        if category not in purpose.categories:
            return ClosedCell(self._notice.organisation)
        name = t("grid.cell.name", category=t(f"column.{category}"), purpose=purpose.title)
        cell = ConsentCell(name, lambda: self._example(category), self.changed.emit)
        self._cells[purpose.id, category] = cell
        return cell

    def _example(self, category: str) -> None:
        lines = (t(f"example.{category}.does"), t(f"example.{category}.kept"))
        dialog = Question(t(f"column.{category}"), lines, t("action.close"), parent=self.window())
        dialog.open()
