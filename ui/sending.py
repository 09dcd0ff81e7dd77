"""How things may leave: two equal answers, neither of them a no, neither chosen for anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.components import Button, Card, HeadingLabel, Icon, Label, Ring, high_enough, same_width
from ui.text import t

Mode: TypeAlias = Literal["ask", "hold"]
MODES: Final[tuple[Mode, Mode]] = ("ask", "hold")


class ModeCard(Card):
    """One answer as a ring with words; a click anywhere chooses it."""

    def __init__(self, mode: Mode, hours: int, days: int, chosen: Callable[[Mode], None]) -> None:
        super().__init__(margin=12)
        self.setProperty("answer", "no")
        self.body.setSpacing(0)
        self.ring = Ring(t(f"first.6.{mode}", n=hours, hours=hours))
        self.ring.clicked.connect(lambda _on: chosen(mode))
        self.ring.toggled.connect(self._mark)
        self.body.addWidget(self.ring)
        more = Label(t(f"first.6.{mode}.more", n=days, days=days), colour="muted")
        more.setContentsMargins(28, 0, 0, 0)
        self.body.addWidget(more)

    def _mark(self, on: bool) -> None:
        self.setProperty("answer", "yes" if on else "no")
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.ring.click()
        super().mouseReleaseEvent(event)


class SendingChoice(QWidget):
    """Both answers below each other. ``chosen(mode)``: the person chose; nothing is chosen until ``select``.

    hours, days: the hold, and how long what is not sent stays. asking: only "ask me each time" may be chosen, and the
    words of who says so.
    """

    chosen = Signal(str)

    def __init__(self, hours: int, days: int, asking: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._group = QButtonGroup(self)
        self.cards: dict[str, ModeCard] = {}
        for mode in MODES:
            if mode == "hold" and asking:
                column.addWidget(Label(asking, colour="muted"))
                continue
            card = ModeCard(mode, hours, days, self.chosen.emit)
            self._group.addButton(card.ring)
            self.cards[mode] = card
            column.addWidget(card)

    def select(self, mode: str) -> None:
        """Show what holds, "" for nothing, without emitting."""
        if mode in self.cards:
            self.cards[mode].ring.setChecked(True)
        elif self._group.checkedButton() is not None:
            self._group.setExclusive(False)
            for card in self.cards.values():
                card.ring.setChecked(False)
            self._group.setExclusive(True)


class HowThingsLeave(QDialog):
    """Says what holds and offers both answers as equal buttons. ``chosen(mode)`` once; closing changes nothing."""

    chosen = Signal(str)

    def __init__(self, mode: str, hours: int, days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("app.name"))
        self.setAccessibleName(t("sending.heading"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(parent is not None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(16)
        self.heading = HeadingLabel(t("sending.heading"), "section")
        outer.addWidget(self.heading)
        row = QHBoxLayout()
        row.setSpacing(16)
        outer.addLayout(row)
        self.buttons: dict[str, Button] = {}
        for answer in MODES:
            row.addWidget(self._answer(answer, holds=answer == mode, hours=hours, days=days), 1)
        same_width(*self.buttons.values())
        for button in self.buttons.values():
            button.setMinimumWidth(max(236, button.minimumWidth()))
        outer.addWidget(Label(t("sending.text") if mode else t("sending.none"), colour="muted"))
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, mode: Mode, *, holds: bool, hours: int, days: int) -> Card:
        card = Card()
        card.body.addWidget(Label(t(f"first.6.{mode}", n=hours, hours=hours), bold=True))
        card.body.addWidget(Label(t(f"first.6.{mode}.more", n=days, days=days), colour="muted"))
        now = QHBoxLayout()
        now.setSpacing(8)
        if holds:
            now.addWidget(Icon("ui/check", "ink", 16))
        now.addWidget(Label(t("sending.holds") if holds else "", bold=True), 1)
        card.body.addStretch(1)
        card.body.addLayout(now)
        button = Button(t(f"sending.{mode}", n=hours), lambda: self._choose(mode))
        self.buttons[mode] = button
        card.body.addWidget(button)
        return card

    def _choose(self, mode: Mode) -> None:
        self.chosen.emit(mode)
        self.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        high_enough(self)
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        high_enough(self)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter on the heading is nothing; Esc closes, which changes nothing."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
