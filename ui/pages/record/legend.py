"""The legend of a record: each kind of removed part once, as its chip, in words, with how often it stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from agent.protocol import Part
from ui.components import chip_size, paint_chip
from ui.text import current, program_list, t
from ui.theme import theme


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind. words: what it is called in the person's language, empty if that is what the chip says."""

    kind: str
    by: str
    words: str
    count: int


def counted(parts: Sequence[Part], by: str) -> list[Counted]:
    """The kinds removed by ``machine`` or ``employee``, in the order in which they first stand in the text."""
    kinds = Counter(part.kind for part in sorted(parts, key=lambda part: part.start) if part.by == by)
    return [Counted(kind, by, _words(kind), count) for kind, count in kinds.items()]


def _words(kind: str) -> str:
    """The chips stay as they are stored, for they are the exact bytes; this says them in the person's language."""
    key = f"kind.{kind}"
    words = t(key) if current().has(key) else kind
    return "" if words == kind else words


class Chips(QWidget):
    """Chips in lines that wrap, each followed by its words and its count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Counted] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().changed.connect(self.updateGeometry)
        theme().changed.connect(self.update)

    def show_counted(self, shown: list[Counted], whys: Sequence[str] = ()) -> None:
        """Show these. whys: why they were taken out, told where the mouse rests and where the keyboard is."""
        self._shown = shown
        self.setToolTip("\n".join(whys))
        self.setAccessibleDescription(" ".join(whys))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if whys else Qt.FocusPolicy.NoFocus)
        said = [t("waiting.counted", kind=each.words or each.kind, n=each.count) for each in shown]
        self.setAccessibleName(program_list(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        widest = max((self._width(each) for each in self._shown), default=0)
        return QSize(min(widest, 160), self._line())

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        places = self._places(width)
        return int(places[-1][1]) + self._line() if places else 0

    @staticmethod
    def _line() -> int:
        return QFontMetrics(theme().font()).height() + 6

    @staticmethod
    def _after(each: Counted) -> str:
        return f"{each.words} {each.count}".strip()

    def _width(self, each: Counted) -> int:
        font = theme().font()
        chip = chip_size(f"[{each.kind}]", font).width()
        return int(chip) + 6 + QFontMetrics(font).horizontalAdvance(self._after(each)) + 16

    def _places(self, width: int) -> list[tuple[int, int]]:
        x, y, found = 0, 0, []
        for each in self._shown:
            if x and x + self._width(each) - 16 > width:
                x, y = 0, y + self._line()
            found.append((x, y))
            x += self._width(each)
        return found

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """What the mouse would be told."""
        super().focusInEvent(event)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.toolTip(), self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        look, font = theme(), theme().font()
        metrics = QFontMetrics(font)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each, (x, y) in zip(self._shown, self._places(self.width()), strict=True):
            words = f"[{each.kind}]"
            chip = chip_size(words, font)
            left = self.width() - x - self._width(each) + 16 if self.isRightToLeft() else x
            paint_chip(painter, QRectF(left, y + 2, chip.width(), chip.height()), words, each.by, font)
            painter.setFont(font)
            painter.setPen(look.colour("ink"))
            painter.drawText(int(left + chip.width() + 6), y + 2 + metrics.ascent(), self._after(each))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("ink"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
