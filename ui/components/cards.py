"""Grounds things stand on: card, banner, empty state, and rows of facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.components.labels import Label
from ui.theme import theme

#: Characters a value has beside its name at least; with less room it goes below.
_VALUE: Final = 18


class Ground(QFrame):
    """What things stand on. Its edge comes from the style sheet; in high contrast it is 2 px in the text's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineWidth(2)
        self._edge()
        theme().changed.connect(self._edge)

    def _edge(self) -> None:
        contrast = theme().high_contrast
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain if contrast else QFrame.Shape.NoFrame)


class Card(Ground):
    """A white ground with an edge. Add to ``body`` (a QVBoxLayout, margins 16, spacing 8)."""

    def __init__(self, *, margin: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(8)


class Icon(QLabel):
    """A drawing of resources/icons in the colour of a role; decoration beside words, so it has no name."""

    def __init__(self, name: str, role: str = "ink", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        self._dress()
        theme().changed.connect(self._dress)

    def show_icon(self, name: str, role: str) -> None:
        """Another drawing, another colour."""
        self._name, self._role = name, role
        self._dress()

    def _dress(self) -> None:
        self.setPixmap(theme().pixmap(self._name, self._role, self._size, self.devicePixelRatioF()))


class Banner(Ground):
    """One sentence in bold, one muted, at most two equal buttons. At most one per page.

    kind: colour of the left edge; the icon carries the same by shape.
    """

    def __init__(
        self,
        kind: Literal["note", "turn", "stop", "ok"],
        icon: str,
        sentence: str,
        more: str = "",
        buttons: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("banner", True)
        self.setProperty("kind", kind)
        self.setAccessibleName(f"{sentence} {more}".strip())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        colour = {"note": "accent"}.get(kind, kind)
        row.addWidget(Icon(icon, colour, 20), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(sentence, bold=True))
        if more:
            words.addWidget(Label(more, colour="muted"))
        row.addLayout(words, 1)
        for button in buttons:
            row.addWidget(button)


class EmptyState(Ground):
    """Says what is true, why, and what would change it. No picture, no praise."""

    def __init__(self, icon: str, sentence: str, more: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 24, 20, 24)
        row.setSpacing(18)
        row.addWidget(Icon(icon, "muted", 28), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        self._sentence = Label(sentence, "section")
        self._more = Label(more, colour="muted")
        words.addWidget(self._sentence)
        words.addWidget(self._more)
        words.addStretch(1)
        row.addLayout(words, 1)

    def set_words(self, sentence: str, more: str) -> None:
        """Other words in the same place."""
        self._sentence.set_words(sentence)
        self._more.set_words(more)


class FactRows(QWidget):
    """Two columns: muted name, value. The value may be a widget. Where both do not fit, the value goes below."""

    def __init__(self, rows: Sequence[tuple[str, str | QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._pairs = [
            (
                Label(name, colour="muted", wrap=False),
                Label(value, selectable=True) if isinstance(value, str) else value,
            )
            for name, value in rows
        ]
        self._stacked = False
        self._place()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """What is needed with the values below their names."""
        parts = [part for pair in self._pairs for part in pair]
        return QSize(
            max((part.minimumSizeHint().width() for part in parts), default=0), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        widths = [max((pair[side].minimumSizeHint().width() for pair in self._pairs), default=0) for side in (0, 1)]
        least = max(widths[1], _VALUE * self.fontMetrics().averageCharWidth())
        stacked = widths[0] + self._grid.horizontalSpacing() + least > event.size().width()
        if stacked != self._stacked:
            self._stacked = stacked
            self._place()
            self.updateGeometry()

    def _place(self) -> None:
        for place, (name, value) in enumerate(self._pairs):
            self._grid.addWidget(name, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            if self._stacked:
                self._grid.addWidget(value, 2 * place + 1, 0, 1, 2)
            else:
                self._grid.addWidget(value, 2 * place, 1)
