"""Where in the six screens one is: six short lines, those behind and this one filled."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme

_WIDTH, _HEIGHT, _GAP = 26, 4, 4


class Steps(QWidget):
    """``show_step(3)``: three of ``total`` are filled. Decoration beside the words that say the same."""

    def __init__(self, total: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = total
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_step(self, step: int) -> None:
        """Fill the first ``step``."""
        self._step = step
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(self._total * (_WIDTH + _GAP) - _GAP, _HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self._total):
            filled = place < self._step
            ground = "ink" if filled else "line"
            painter.setBrush(look.colour("window" if look.high_contrast and not filled else ground))
            painter.setPen(QPen(look.colour(ground), 1))
            at = self._total - 1 - place if self.isRightToLeft() else place
            painter.drawRoundedRect(QRectF(at * (_WIDTH + _GAP) + 0.5, 1.5, _WIDTH - 1, _HEIGHT - 1), 1.5, 1.5)
        painter.end()
