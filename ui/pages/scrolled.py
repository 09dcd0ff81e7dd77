"""A page whose cards may be longer than the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


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

    def clear(self) -> None:
        """Remove everything that was added."""
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
