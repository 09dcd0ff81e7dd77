"""What every page of the window is."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Snapshot
from ui.components import HeadingLabel, Label, Segmented
from ui.engine import Engine
from ui.state import State
from ui.text import t

#: Characters the line below the heading keeps beside the controls.
_WORDS: Final = 30


class Page(QWidget):
    """A page: heading, muted line, controls at the right of them (``controls``), then ``body``.

    key: stable name, also the icon under resources/icons/nav. title_key, lead_key: text of heading and line.
    ``nav_key``: text of the navigation entry. Subclasses fill ``body`` (QVBoxLayout, spacing 16) and implement
    ``render_state``; they ask the engine in ``activate``, which runs each time the page is opened.
    """

    key: ClassVar[str]
    title_key: ClassVar[str]
    nav_key: ClassVar[str]
    lead_key: ClassVar[str] = ""

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.state = state
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.heading = HeadingLabel(self.title(), "page")
        words.addWidget(self.heading)
        self.lead = Label(t(self.lead_key) if self.lead_key else "", colour="muted")
        self.lead.setVisible(bool(self.lead_key))
        words.addWidget(self.lead)
        top.addLayout(words, 1)
        self.controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.controls.setSpacing(16)
        top.addLayout(self.controls)
        top.setAlignment(self.controls, Qt.AlignmentFlag.AlignBottom)
        outer.addLayout(top)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        outer.addLayout(self.body, 1)
        self.setAccessibleName(self.title())

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        """The least: words that wrap whole, places that scroll as low as they may be."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else -1

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """It fits itself into any width, and how high it must be depends on that."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Where heading and controls do not fit beside each other, the controls go below, one by one if need be."""
        room = event.size().width() - 48
        for control in self._controls():
            if isinstance(control, Segmented):
                control.fit(room)
        wide = self._controls_width()
        side = QBoxLayout.Direction.LeftToRight if wide <= room else QBoxLayout.Direction.TopToBottom
        self.controls.setDirection(side)
        room -= wide + 16
        fits = room >= _WORDS * self.fontMetrics().averageCharWidth()
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self._top.setAlignment(self.controls, Qt.AlignmentFlag.AlignBottom if fits else Qt.AlignmentFlag.AlignLeft)
        super().resizeEvent(event)

    def _controls(self) -> list[QWidget]:
        items = [self.controls.itemAt(place) for place in range(self.controls.count())]
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    def _controls_width(self) -> int:
        """What the controls need beside each other."""
        widths = [control.sizeHint().width() for control in self._controls() if not control.isHidden()]
        return sum(widths) + self.controls.spacing() * max(0, len(widths) - 1)

    def title(self) -> str:
        """The heading."""
        return t(self.title_key)

    def activate(self) -> None:
        """The page was opened: ask the engine for what it shows."""

    def render_state(self, snapshot: Snapshot | None) -> None:
        """Show the snapshot (None: no fresh one). Called on every change while the page is open, and on opening."""
        del snapshot

    def count(self, snapshot: Snapshot | None) -> int:
        """The number beside the navigation entry; 0 shows none."""
        del snapshot
        return 0
