"""The sign: shape, colour and digits of the state. The only full disc in the product."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import theme


def count_words(count: int, size: int) -> str:
    """What fits into the slot: one digit below 20 px, two from 20 px, ``+`` for more."""
    room = 9 if size < 20 else 99
    return str(count) if count <= room else "+"


def sign_pixmap(sign: str, count: int, size: int, ratio: float = 1.0) -> QPixmap:
    """The sign at ``size`` device-independent pixels, digits cut out of the slot of ``waiting``."""
    pixmap = QPixmap(theme().sign(sign, size, ratio))
    if sign != "waiting" or count <= 0:
        return pixmap
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    unit = size / 16
    words = count_words(count, size)
    font = QFont(theme().font(bold=True))
    font.setWeight(QFont.Weight.Bold)
    font.setPixelSize(max(6, round((8.5 if len(words) == 1 else 6.5) * unit)))
    painter.setFont(font)
    painter.setPen(QColor(Qt.GlobalColor.black))
    painter.drawText(QRectF(9 * unit, 0, 7 * unit, 12 * unit), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return pixmap


class StateGlyph(QWidget):
    """The sign as a widget. Its accessible name is the sentence beside it."""

    def __init__(self, size: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._sign = "off"
        self._count = 0
        self.setFixedSize(size, size)
        theme().changed.connect(self.update)

    def show_sign(self, sign: str, count: int, sentence: str) -> None:
        """sign: a name under resources/icons/state; count: digits of the slot; sentence: the accessible name."""
        self._sign, self._count = sign, count
        self.setAccessibleName(sentence)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        painter = QPainter(self)
        painter.drawPixmap(0, 0, sign_pixmap(self._sign, self._count, self._size, self.devicePixelRatioF()))
