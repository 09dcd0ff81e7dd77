"""Redacted text with its removed parts as chips: painted as ``[kind]``, copied as ``[kind]``, read aloud as it stands.

Positions of the protocol are code points; Qt counts UTF-16 units and a chip is one character of its document.
``ChipText`` translates in both directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMimeData, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from agent.protocol import Part
from ui.removed import why_removed, whys
from ui.theme import RADIUS_SMALL, theme

_OBJECT: Final = QTextFormat.ObjectTypes.UserObject.value + 1
_PLACE: Final = QTextFormat.Property.UserProperty.value + 1
_OBJECT_CHARACTER: Final = "\ufffc"


def chip_size(words: str, font: QFont) -> QSizeF:
    """Width and height of a chip in running text."""
    metrics = QFontMetricsF(font)
    return QSizeF(metrics.horizontalAdvance(words) + 8, metrics.height())


def paint_chip(painter: QPainter, rect: QRectF, words: str, by: str, font: QFont) -> None:
    """Violet with a solid edge: removed by machine. Ink with a dashed edge: removed by the employee.

    In high contrast: inverse video. The brackets are part of ``words``.
    """
    painter.save()
    painter.setFont(font)
    paint_chip_ground(painter, rect.adjusted(1.5, 0.5, -1.5, -0.5), by)
    painter.setPen(QPen(theme().chip_ink(by)))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def paint_chip_ground(painter: QPainter, box: QRectF, by: str) -> None:
    """Ground and edge of a chip; the words are drawn by the caller in ``theme().chip_ink(by)``."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if look.high_contrast:
        ground, edge = look.colour("ink"), look.colour("ink")
    elif by == "employee":
        ground, edge = look.colour("sunken"), look.colour("ink")
    else:
        ground, edge = look.colour("removed_bg"), look.colour("removed_border")
    pen = QPen(edge, 1)
    if by == "employee":
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
    painter.restore()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: code points start..end of it. part: set when it is a removed part."""

    start: int
    end: int
    words: str
    part: Part | None


def pieces(text: str, parts: Sequence[Part]) -> list[Piece]:
    """The text cut at its removed parts, in order. A part that does not fit the text is left as plain text."""
    found: list[Piece] = []
    at = 0
    for part in sorted(parts, key=lambda each: each.start):
        if not at <= part.start < part.end <= len(text):
            continue
        if part.start > at:
            found.append(Piece(at, part.start, text[at : part.start], None))
        found.append(Piece(part.start, part.end, text[part.start : part.end], part))
        at = part.end
    if at < len(text):
        found.append(Piece(at, len(text), text[at:], None))
    return found


def units(words: str) -> int:
    """Length in UTF-16 units: how Qt counts."""
    return len(words.encode("utf-16-le")) // 2


class _ChipObject(QPyTextObject):
    def __init__(self, owner: ChipText) -> None:
        super().__init__(owner)
        self._owner = owner

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: N802, N803, A002  # Qt's names
        del doc, posInDocument
        piece = self._owner.piece(format)
        return chip_size(piece.words, self._owner.font())

    def drawObject(  # noqa: N802  # Qt's name
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803  # Qt's name
        format: QTextFormat,  # noqa: A002  # Qt's name
    ) -> None:
        del doc, posInDocument
        piece = self._owner.piece(format)
        by = piece.part.by if piece.part is not None else "machine"
        paint_chip(painter, QRectF(rect), piece.words, by, self._owner.font())


class ChipText(QTextEdit):
    """Read-only redacted text. ``selection_changed(start, end)``: code points of the shown text, (0, 0) for none."""

    selection_changed = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[Piece] = []
        self._text = ""
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self._chip = _ChipObject(self)
        self.document().documentLayout().registerHandler(_OBJECT, self._chip)
        self.selectionChanged.connect(lambda: self.selection_changed.emit(*self.selected()))
        self._dress()
        theme().changed.connect(self._dress)

    def show_text(self, text: str, parts: Sequence[Part]) -> None:
        """Show a redacted text; nothing is selected."""
        self._text = text
        self._pieces = pieces(text, parts)
        self.clear()
        cursor = QTextCursor(self.document())
        block = cursor.blockFormat()
        block.setLineHeight(145.0, 1)  # ProportionalHeight
        cursor.setBlockFormat(block)
        plain = QTextCharFormat()
        for place, piece in enumerate(self._pieces):
            if piece.part is None:
                cursor.insertText(piece.words, plain)
                continue
            chip = QTextCharFormat()
            chip.setObjectType(_OBJECT)
            chip.setProperty(_PLACE, place)
            chip.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBottom)
            chip.setToolTip(f"{piece.words} {why_removed(piece.part)}".strip())
            cursor.insertText(_OBJECT_CHARACTER, chip)
        self._let_select()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.setAccessibleDescription(" ".join([text, *whys(parts)]))

    def _let_select(self) -> None:
        """Selecting is possible only while positions of the document can be told back into the text exactly."""
        expected = sum(1 if piece.part is not None else units(piece.words) for piece in self._pieces)
        exact = self.document().characterCount() - 1 == expected
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            if exact
            else Qt.TextInteractionFlag.NoTextInteraction
        )

    def shown(self) -> str:
        """The text with its placeholders, exactly as it was given."""
        return self._text

    def piece(self, format_: QTextFormat) -> Piece:
        """The piece a chip of the document stands for."""
        place = format_.property(_PLACE)
        return self._pieces[int(place)] if isinstance(place, int) else Piece(0, 0, "", None)

    def selected(self) -> tuple[int, int]:
        """The selected range in code points of the shown text; a touched chip belongs to it whole; (0, 0): none."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return 0, 0
        return self._to_text(cursor.selectionStart()), self._to_text(cursor.selectionEnd())

    def _to_text(self, position: int) -> int:
        at = 0
        for piece in self._pieces:
            length = 1 if piece.part is not None else units(piece.words)
            if position < at + length:
                if piece.part is not None:
                    return piece.start
                inside = piece.words.encode("utf-16-le")[: 2 * (position - at)]
                return piece.start + len(inside.decode("utf-16-le", "ignore"))
            at += length
        return len(self._text)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802  # Qt's name
        """What is copied: plain text with the placeholders."""
        start, end = self.selected()
        data = QMimeData()
        data.setText(self._text[start:end])
        return data

    def _dress(self) -> None:
        self.setFont(theme().font())
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, QColor(theme().colour("ink")))
        self.setPalette(palette)
        self.viewport().update()
