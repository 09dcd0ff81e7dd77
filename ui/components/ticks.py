"""Boxes and rings a person ticks: visible edges, a check mark (never a disc), words that wrap, keys as usual."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui.theme import RADIUS_SMALL, FontRole, theme

_SMALLEST: Final = 16
_TARGET: Final = 24
_GAP: Final = 8
_ROOM: Final = 4  # around everything, for the ring of the focus
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Tick(QCheckBox):
    """A box with a check mark. words: beside it, wrapping, semibold while ticked; empty for a box alone."""

    def __init__(self, words: str = "", font: FontRole = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = _Look(self, font, ring=False)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Show other words; the accessible name follows."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self._look.words = words
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self._look.size(whole=True)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self._look.size(whole=False)

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        return self._look.height(width)

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802  # Qt's name
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        self._look.paint()


class Ring(QRadioButton):
    """One of several answers. Chosen: a check mark in the ring, for a filled disc means collecting."""

    def __init__(self, words: str, font: FontRole = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = _Look(self, font, ring=True)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self._look.words = words

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self._look.size(whole=True)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self._look.size(whole=False)

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        return self._look.height(width)

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802  # Qt's name
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        self._look.paint()


class _Look:
    """How both are measured and painted."""

    def __init__(self, button: QAbstractButton, font: FontRole, *, ring: bool) -> None:
        self._button, self._role, self._ring = button, font, ring
        self.words = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme().changed.connect(button.updateGeometry)
        theme().changed.connect(button.update)

    def _metrics(self) -> QFontMetrics:
        """Always those of the semibold font: ticking moves nothing."""
        return QFontMetrics(theme().font(self._role, bold=True))

    def _mark(self) -> int:
        return max(_SMALLEST, self._metrics().height())

    def _before(self) -> int:
        """Where the words start."""
        return _ROOM + self._mark() + _GAP

    def size(self, *, whole: bool) -> QSize:
        """What it likes to have (``whole``), or the least: the longest word."""
        if not self.words:
            side = max(_TARGET, self._mark() + 2 * _ROOM)
            return QSize(side, side)
        metrics = self._metrics()
        parts = [self.words] if whole else self.words.split()
        widest = max(metrics.horizontalAdvance(part) for part in parts)
        return QSize(self._before() + widest + _ROOM + 1, max(_TARGET, metrics.height() + 2 * _ROOM))

    def height(self, width: int) -> int:
        """As high as the words need at this width."""
        if not self.words:
            return self.size(whole=True).height()
        room = QRect(0, 0, max(1, width - self._before() - _ROOM), 1 << 20)
        return max(_TARGET, self._metrics().boundingRect(room, _WRAP, self.words).height() + 2 * _ROOM)

    def paint(self) -> None:
        button, look, mark = self._button, theme(), self._mark()
        painter = QPainter(button)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(_ROOM, _ROOM, mark, mark)
        room = QRect(self._before(), _ROOM, button.width() - self._before() - _ROOM, button.height() - 2 * _ROOM)
        if not self.words:
            box.moveCenter(button.rect().center())
        if button.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            box.moveRight(button.width() - 1 - box.left())
            room.moveRight(button.width() - 1 - room.left())
        checked = button.isChecked()
        pen = QPen(look.colour("ink" if checked else "border"), 2 if look.high_contrast else 1)
        painter.setPen(pen)
        painter.setBrush(look.colour("surface"))
        edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._ring:
            painter.drawEllipse(edge)
        else:
            painter.drawRoundedRect(edge, RADIUS_SMALL, RADIUS_SMALL)
        if checked:
            side = mark - 4
            pixmap = look.pixmap("ui/check", "ink", side, button.devicePixelRatioF())
            painter.drawPixmap(box.left() + 2, box.top() + 2, pixmap)
        if button.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(-2, -2, 2, 2), RADIUS_SMALL + 2, RADIUS_SMALL + 2)
        painter.setFont(look.font(self._role, bold=checked or self._ring))
        painter.setPen(look.colour("ink"))
        painter.drawText(room, _WRAP, self.words)
        painter.end()
