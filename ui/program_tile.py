"""A program in a list: its letter, and in words why it stands as it does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent.protocol import ProgramRow
from ui.text import current, t
from ui.theme import RADIUS_SMALL, theme


class LetterTile(QWidget):
    """The first letter of the last word of a name (``LibreOffice Writer``: W). Decoration beside the name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = [word for word in name.split() if word[0].isalnum()] or [name.strip() or "?"]
        self._letter = words[-1][0].upper()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        side = max(24, QFontMetrics(theme().font("small", bold=True)).height() + 8)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_SMALL, RADIUS_SMALL)
        painter.setFont(look.font("small", bold=True))
        painter.setPen(look.colour("muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


def free(row: ProgramRow) -> bool:
    """Whether the person decides here."""
    return row.standing in {"collect", "dont-collect"}


def standing_icon(row: ProgramRow) -> str:
    """The sign of a program that cannot be switched on."""
    return "ui/lock" if row.standing == "protected" else "ui/denied"


def standing_words(row: ProgramRow, organisation: str) -> str:
    """The muted line below a name; empty where there is nothing to say."""
    if row.standing == "protected":
        key = f"protected.{row.protected_class}"
        return t("programs.protected.why", kind=t(key) if current().has(key) else t("protected.other"))
    if row.standing == "not-allowed":
        return t("programs.not_allowed.why", organisation=organisation)
    return row.note
