"""A question: heading, one or two sentences, two verbs. No stands left, Yes right, both alike, on every platform."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.components.buttons import Button, same_width
from ui.components.labels import HeadingLabel, Label, high_enough
from ui.components.ticks import Tick
from ui.text import t


class Question(QDialog):
    """Emits ``answered(yes)`` exactly once, then closes. Esc, close and being destroyed with the window mean no.

    Not a QMessageBox: that reorders by platform and draws a default. The focus starts on the heading, so Enter
    does nothing until the person moves to a button. ``yes`` empty: one button that closes (an answer, no question:
    ``asks`` is False). tick: words of a box that is never ticked beforehand; ``ticked`` when yes was answered.
    more: said below it.
    """

    answered = Signal(bool)

    def __init__(
        self,
        heading: str,
        sentences: Sequence[str],
        no: str,
        yes: str = "",
        parent: QWidget | None = None,
        *,
        tick: str = "",
        more: str = "",
    ) -> None:
        super().__init__(parent)
        self._done = False
        self.asks = bool(yes)
        self.setWindowTitle(t("app.name"))
        self.setAccessibleName(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(parent is not None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(6)
        self.heading = HeadingLabel(heading, "section")
        outer.addWidget(self.heading)
        for place, sentence in enumerate(sentences):
            outer.addWidget(Label(sentence, colour="ink" if place == 0 else "muted"))
        self.tick = Tick(tick) if tick else None
        if self.tick is not None:
            outer.addSpacing(12)
            outer.addWidget(self.tick)
            outer.addWidget(Label(more, "small", colour="muted"))
        outer.addStretch(1)
        outer.addSpacing(30)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.no = Button(no, lambda: self._answer(yes=False))
        row.addWidget(self.no, 1)
        if yes:
            self.yes = Button(yes, lambda: self._answer(yes=True))
            row.addWidget(self.yes, 1)
            same_width(self.no, self.yes)
        else:
            row.addStretch(1)
        outer.addLayout(row)
        self.heading.setMinimumWidth(460)
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def ticked(self) -> bool:
        """Whether the box is ticked."""
        return self.tick is not None and self.tick.isChecked()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        high_enough(self)
        self.resize(self.width(), self.minimumHeight())
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        high_enough(self)
        super().resizeEvent(event)

    def _answer(self, *, yes: bool) -> None:
        if self._done:
            return
        self._done = True
        self.answered.emit(yes)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc is no; Enter on the heading is nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self._answer(yes=False)
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        self._answer(yes=False)
        super().closeEvent(event)
