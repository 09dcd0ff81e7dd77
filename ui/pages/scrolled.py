"""A page whose cards may be longer than the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_LINES: Final = 10


class _Inner(QWidget):
    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As high as its words need at the width it gets, not as high as at its smallest width."""
        layout = self.layout()
        return QSize(layout.totalMinimumSize().width() if layout is not None else 0, 0)


class Scrolled(QScrollArea):
    """Add to ``column``; ``clear`` empties it. Scrolls up and down only, by keys too."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = _Inner()
        inner.setObjectName("scrolled")
        self.viewport().setAutoFillBackground(False)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._keep_clear)

    def _keep_clear(self, lowest: int, highest: int) -> None:
        """Cards keep a distance from a scroll bar that is there."""
        self.column.setContentsMargins(0, 0, 12 if highest > lowest else 0, 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A few lines of what is in it."""
        return QSize(super().minimumSizeHint().width(), _LINES * self.fontMetrics().height())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """It takes what room is left."""
        return self.minimumSizeHint()

    def clear(self) -> None:
        """Remove everything that was added."""
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class Whole(QScrollArea):
    """A page, scrolled as a whole where the window is too low for what must stand on it; else it just fills the room.

    ``page`` keeps its own places that scroll.
    """

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(page)
        page.setAutoFillBackground(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Measure the page as it is now: its layout remembers heights until it is laid out anew."""
        layout = self.page.layout()
        if event.type() is QEvent.Type.LayoutRequest and watched is self.page and layout is not None:
            layout.activate()
        return super().eventFilter(watched, event)
