"""A list and one of its records: beside each other, or below where there is too little room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListView, QWidget

from ui.pages.scrolled import Scrolled

#: Narrower than this the record stands below the list (980 for the window, without the navigation).
_BESIDE: Final = 980 - 208
_LINES: Final = 5


class Beside(Scrolled):
    """name: of the whole. Whatever is added to ``column`` before has its place above both."""

    def __init__(self, name: str, list_: QListView, record: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._list = list_
        self._narrow = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        self._row.addWidget(list_, 36)
        self._row.addWidget(record, 64)
        self.column.addLayout(self._row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        narrow = event.size().width() + 48 < max(_BESIDE, 90 * self.fontMetrics().averageCharWidth())
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._row.setStretch(0, 0 if narrow else 36)
        self._row.setStretch(1, 1 if narrow else 64)
        self._narrow = narrow
        lines = _LINES * (2 * self.fontMetrics().height() + 20)
        self._list.setMinimumHeight(lines if narrow else 120)
        self._list.setMaximumHeight(lines if narrow else 1 << 20)
        super().resizeEvent(event)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Below each other both are shown whole, and the page scrolls: two bars side by side would be one too many."""
        least = super().minimumSizeHint()
        if not self._narrow:
            return least
        return QSize(least.width(), self.column.totalHeightForWidth(self.viewport().width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Another record needs another height."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
