"""Something to read from top to bottom, in a window of its own: a heading, what it says, and one way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.components import Button, Card, HeadingLabel
from ui.pages.scrolled import Scrolled
from ui.text import t


class Reading(QDialog):
    """Add to ``inside.body``. title: heading and name of the window. Esc closes; nothing is answered by that."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(760, 620)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(12)
        outer.addWidget(HeadingLabel(title, "page"))
        self.inside = Card(margin=20)
        scroll = Scrolled(title)
        scroll.column.addWidget(self.inside)
        scroll.column.addStretch(1)
        outer.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(t("action.close"), self.close))
        outer.addLayout(row)
