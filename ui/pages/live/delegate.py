"""Paints a line of the live view: mark, time, sentence with chips, program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent.protocol import Part
from ui.components.chips import paint_chip_ground, units
from ui.pages.live.lines import ROW, Row
from ui.theme import Theme, theme
from ui.when import seconds

_MARK: Final = 20
_LEFT: Final = 12
_RIGHT: Final = 14
_PAD: Final = 9
_NBSP: Final = "\u00a0"
_CACHE: Final = 600


@dataclass(frozen=True, slots=True)
class _Laid:
    text: QTextLayout
    height: float
    chips: tuple[tuple[int, int, Part], ...]


class LiveDelegate(QStyledItemDelegate):
    """``exact``: show the bytes of the record instead of the sentence."""

    def __init__(self, view: QListView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.exact = False
        self.nothing_exact = ""
        self._cache: dict[tuple[int, int, bool], _Laid] = {}
        theme().changed.connect(self.forget)

    def forget(self) -> None:
        """Fonts or colours changed."""
        self._cache.clear()

    def sizeHint(  # noqa: N802  # Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option
        row = index.data(ROW)
        if not isinstance(row, Row):
            return QSize(0, 0)
        width = self._view.viewport().width()
        small = QFontMetrics(theme().font("small")).height()
        return QSize(width, round(self._laid(row, width).height) + small + 2 * _PAD + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        look = theme()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, look.colour("selection"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._mark(painter, rect, row, look)
        painter.setFont(_digits(look))
        painter.setPen(look.on_selection() if selected and look.high_contrast else look.colour("muted"))
        height = QFontMetrics(look.font()).height()
        painter.drawText(
            QRect(rect.left() + _LEFT + _MARK + 8, rect.top() + _PAD, _time_width(look), height),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            seconds(row.line.at),
        )
        laid = self._laid(row, rect.width())
        at = QPointF(rect.left() + _text_left(look), rect.top() + _PAD)
        self._chips(painter, laid, at)
        painter.setPen(look.on_selection() if selected and look.high_contrast else look.colour("ink"))
        laid.text.draw(painter, at)
        painter.setFont(look.font("small"))
        painter.setPen(look.on_selection() if selected and look.high_contrast else look.colour("muted"))
        small = QFontMetrics(look.font("small"))
        words = small.elidedText(row.below, Qt.TextElideMode.ElideRight, rect.width() - _text_left(look) - _RIGHT)
        painter.drawText(QPointF(at.x(), at.y() + laid.height + small.ascent() + 1), words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _mark(self, painter: QPainter, rect: QRect, row: Row, look: Theme) -> None:
        name, role = ("ui/kept", "accent") if row.line.kept else ("ui/not-kept", "muted")
        height = QFontMetrics(look.font()).height()
        pixmap = look.pixmap(name, role, 14, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.left() + _LEFT, rect.top() + _PAD + (height - 14) // 2, pixmap)

    def _chips(self, painter: QPainter, laid: _Laid, at: QPointF) -> None:
        for start, end, part in laid.chips:
            at_position = start
            line = laid.text.lineForTextPosition(at_position)
            while line.isValid():
                stop = min(end, line.textStart() + line.textLength())
                left = _x(line.cursorToX(at_position))
                right = _x(line.cursorToX(stop))
                box = QRectF(at.x() + left, at.y() + line.y(), right - left, line.height())
                paint_chip_ground(painter, box, part.by)
                if stop >= end or line.lineNumber() + 1 >= laid.text.lineCount():
                    break
                at_position = stop
                line = laid.text.lineAt(line.lineNumber() + 1)

    def _laid(self, row: Row, width: int) -> _Laid:
        key = (row.number, width, self.exact)
        if key not in self._cache:
            if len(self._cache) > _CACHE:
                self._cache.clear()
            self._cache[key] = self._lay(row, width - _text_left(theme()) - _RIGHT)
        return self._cache[key]

    def _lay(self, row: Row, width: int) -> _Laid:
        look = theme()
        if self.exact:
            words = row.line.bytes if row.line.kept else self.nothing_exact
            return _flow(words, look.fixed_font() if row.line.kept else look.font(), [], (), width)
        bold = f"{row.bold} " if row.bold else ""
        words = bold + row.plain
        formats = []
        if bold:
            strong = QTextCharFormat()
            strong.setFontWeight(QFont.Weight.DemiBold)
            formats.append(_range(0, units(bold), strong))
            quiet = QTextCharFormat()
            if not look.high_contrast:
                quiet.setForeground(look.colour("muted"))
            formats.append(_range(units(bold), units(row.plain), quiet))
        chips = []
        added = 0
        for part in row.parts:
            start, end = len(bold) + part.start, len(bold) + part.end
            start, end = start + added, end + added
            words = words[:start] + _NBSP + words[start:end].replace(" ", _NBSP) + _NBSP + words[end:]
            added, end = added + 2, end + 2
            place = (units(words[:start]), units(words[:end]))
            violet = QTextCharFormat()
            violet.setForeground(look.chip_ink(part.by))
            formats.append(_range(place[0], place[1] - place[0], violet))
            chips.append((*place, part))
        return _flow(words, look.font(), formats, tuple(chips), width)


def _flow(
    words: str,
    font: QFont,
    formats: list[QTextLayout.FormatRange],
    chips: tuple[tuple[int, int, Part], ...],
    width: int,
) -> _Laid:
    layout = QTextLayout(words.replace("\n", "\u2028"), font)
    layout.setCacheEnabled(True)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, height))
        height += line.height() + 2
    layout.endLayout()
    return _Laid(layout, height, chips)


def _range(start: int, length: int, format_: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, format_
    return made


def _x(found: object) -> float:
    """CursorToX gives (x, position) or x, depending on the version of the binding."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]  # see above


def _digits(look: Theme) -> QFont:
    font = look.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _time_width(look: Theme) -> int:
    return QFontMetrics(_digits(look)).horizontalAdvance("00:00:00") + 12


def _text_left(look: Theme) -> int:
    return _LEFT + _MARK + 8 + _time_width(look)
