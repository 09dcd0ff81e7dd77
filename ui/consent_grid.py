"""The grid purposes x categories: every cell says in words what it is, nothing is ticked by us."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Notice, Purpose
from ui.components import Ground, Icon, Label, Link, Question, Tick
from ui.text import t

#: Columns of the grid in their fixed order; one that no purpose asks for is not shown.
COLUMNS: Final = ("app", "title", "shortcut", "pointer", "text", "screen")
_CORNERS: Final = ("tl", "tr", "bl", "br")


class _Cell(Ground):
    """Ground of a cell; the lines between cells are the ground behind them."""

    def __init__(self, cell: str) -> None:
        super().__init__()
        self.setLineWidth(1)
        self.setProperty("cell", cell)
        self.setProperty("corner", "")

    def mark(self, **properties: str) -> None:
        """Set properties the style sheet reads."""
        for name, value in properties.items():
            self.setProperty(name, value)
        self.style().unpolish(self)
        self.style().polish(self)


class HeadCell(_Cell):
    """What a row or a column is: bold words, muted words."""

    def __init__(self, words: str, more: str) -> None:
        super().__init__("head")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 8, 12)
        column.setSpacing(4)
        column.addWidget(Label(words, bold=True))
        if more:
            column.addWidget(Label(more, "small", colour="muted"))
        column.addStretch(1)


class ConsentCell(_Cell):
    """One cell that may be ticked: box, word, example. new: asked for since the last answer, and said so in words."""

    def __init__(
        self, name: str, example: Callable[[], None], changed: Callable[[], None], *, new: bool = False
    ) -> None:
        super().__init__("no")
        self._name = t("grid.cell.new", cell=name) if new else name
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        self.box = Tick(t("grid.not_collected"), "small")
        column.addWidget(self.box)
        row = QHBoxLayout()
        row.setContentsMargins(26, 0, 0, 0)
        link = Link(t("grid.example"), example)
        link.setAccessibleName(t("grid.example.of", cell=name))
        row.addWidget(link)
        row.addStretch(1)
        if new:
            row.addWidget(Label(t("grid.new"), "small", bold=True, wrap=False))
        column.addStretch(1)
        column.addLayout(row)
        self.box.toggled.connect(lambda _on: self._say())
        self.box.toggled.connect(lambda _on: changed())
        self._say()

    def _say(self) -> None:
        ticked = self.box.isChecked()
        word = t("grid.collected") if ticked else t("grid.not_collected")
        self.box.set_words(word)
        self.box.setAccessibleName(t("grid.cell", cell=self._name, word=word))
        self.mark(cell="yes" if ticked else "no")


class ClosedCell(_Cell):
    """A cell nobody can tick here: a crossed ring and who says so."""

    def __init__(self, organisation: str) -> None:
        super().__init__("never")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 8, 12)
        row.setSpacing(8)
        row.addWidget(Icon("ui/denied", "muted", 16), 0, Qt.AlignmentFlag.AlignTop)
        words = Label(t("grid.not_asked", organisation=organisation), "small", colour="muted")
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)


class ConsentGrid(Ground):
    """``changed``: a tick was set or taken. ``cells()``: what is ticked now.

    A table where it fits; where it does not, one purpose below the other with a line for each category.
    """

    changed = Signal()

    def __init__(self, notice: Notice, ticked: Iterable[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("grid", True)
        self._notice = notice
        self._cells: dict[tuple[str, str], ConsentCell] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(1)
        asked = [c for c in COLUMNS if any(c in purpose.categories for purpose in notice.purposes)]
        self._top = [HeadCell(t("grid.for_what"), "")]
        self._top += [HeadCell(t(f"column.{category}"), t(f"column.{category}.more")) for category in asked]
        self._rows: list[tuple[HeadCell, list[_Cell], list[_Cell]]] = []
        for purpose in notice.purposes:
            heads: list[_Cell] = [HeadCell(t(f"column.{c}"), t(f"column.{c}.more")) for c in asked]
            cells = [self._cell(purpose, category) for category in asked]
            self._rows.append((HeadCell(purpose.title, purpose.where), heads, cells))
        for widget in self._all():
            widget.setParent(self)
        chosen = set(ticked)
        for cell, widget in self._cells.items():
            widget.box.setChecked(cell in chosen)
        self._narrow: bool | None = None
        self._arrange(narrow=False)

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

    def box(self, purpose: str, category: str) -> Tick:
        """The box of one cell."""
        return self._cells[purpose, category].box

    # ------------------------------------------------------------ how it lies

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As narrow as one category beside its name."""
        columns = [self._top[0], *[head for head, _, _ in self._rows]]
        heads = max(head.minimumSizeHint().width() for _, all_, _ in self._rows for head in all_)
        cells = max(cell.minimumSizeHint().width() for _, _, all_ in self._rows for cell in all_)
        widest = max(heads + cells, *(head.minimumSizeHint().width() for head in columns))
        return QSize(widest + 3, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        self._arrange(narrow=self._table_width() > event.size().width())
        super().resizeEvent(event)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        self._arrange(narrow=self._table_width() > width)
        return self._grid.totalHeightForWidth(width)

    def _table_width(self) -> int:
        columns: list[list[_Cell]] = [[self._top[0], *(head for head, _, _ in self._rows)]]
        columns += [[head, *(cells[place] for _, _, cells in self._rows)] for place, head in enumerate(self._top[1:])]
        return sum(max(widget.minimumSizeHint().width() for widget in column) + 1 for column in columns) + 1

    def _all(self) -> list[_Cell]:
        found: list[_Cell] = [*self._top]
        for head, heads, cells in self._rows:
            found += [head, *heads, *cells]
        return found

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        while self._grid.takeAt(0) is not None:
            pass
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0)
        lines = self._list() if narrow else self._table()
        shown = set()
        widest = max(len(line) for line in lines)
        for row, line in enumerate(lines):
            for place, widget in enumerate(line):
                self._grid.addWidget(widget, row, place, 1, widest if len(line) == 1 else 1)
                shown.add(id(widget))
        for place in range(widest):
            self._grid.setColumnStretch(place, 3 if place == 0 and not narrow else 2)
        for widget in self._all():
            widget.setVisible(id(widget) in shown)
            widget.mark(corner="")
        for corner, widget in zip(_CORNERS, (lines[0][0], lines[0][-1], lines[-1][0], lines[-1][-1]), strict=True):
            widget.mark(corner=corner)
        self.updateGeometry()

    def _table(self) -> list[Sequence[_Cell]]:
        lines: list[Sequence[_Cell]] = [self._top]
        lines += [[head, *cells] for head, _, cells in self._rows]
        return lines

    def _list(self) -> list[Sequence[_Cell]]:
        lines: list[Sequence[_Cell]] = []
        for head, heads, cells in self._rows:
            lines.append([head])
            lines += [[name, cell] for name, cell in zip(heads, cells, strict=True)]
        return lines

    # ------------------------------------------------------------ cells

    def _cell(self, purpose: Purpose, category: str) -> _Cell:
        if category not in purpose.categories:
            return ClosedCell(self._notice.organisation)
        name = t("grid.cell.name", category=t(f"column.{category}"), purpose=purpose.title)
        new = self._notice.given_at is not None and (purpose.id, category) in self._notice.new_cells
        cell = ConsentCell(name, lambda: self._example(category), self.changed.emit, new=new)
        self._cells[purpose.id, category] = cell
        return cell

    def _example(self, category: str) -> None:
        lines = (t(f"example.{category}.does"), t(f"example.{category}.kept"))
        dialog = Question(t(f"column.{category}"), lines, t("action.close"), parent=self.window())
        dialog.open()
