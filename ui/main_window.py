"""The one window: strip on top, pages at the left, the open page, and stopping always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent.protocol import Snapshot
from ui.components import Button
from ui.flows import Flows
from ui.navigation import Navigation
from ui.news import News
from ui.pages.base import Page
from ui.pages.scrolled import Whole
from ui.state import State
from ui.strip import Strip
from ui.text import t


class MainWindow(QWidget):
    """groups: the pages that exist, in the groups of the navigation. Closing hides it; the signs stay."""

    def __init__(
        self, state: State, flows: Flows, groups: Sequence[Sequence[Page]], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self._state = state
        self._pages = {page.key: page for group in groups for page in group}
        self.setAccessibleName(t("app.name"))
        self.setMinimumSize(860, 600)
        self.resize(1100, 760)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.strip = Strip(state, flows)
        outer.addWidget(self.strip)
        below = QHBoxLayout()
        below.setSpacing(0)
        outer.addLayout(below, 1)
        rail = QFrame()
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 12, 0, 12)
        self.navigation = Navigation([[(page.key, t(page.nav_key)) for page in group] for group in groups])
        column.addWidget(self.navigation, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        self.withdraw = Button(t("action.withdraw"), flows.withdraw, icon="nav/withdraw")
        foot.addWidget(self.withdraw)
        column.addLayout(foot)
        below.addWidget(rail)
        self._stack = QStackedWidget()
        self._whole = {key: Whole(page) for key, page in self._pages.items()}
        for whole in self._whole.values():
            self._stack.addWidget(whole)
        self.news = News(flows)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.news)
        right.addWidget(self._stack, 1)
        below.addLayout(right, 1)
        self.navigation.chosen.connect(self._open)
        state.changed.connect(self._follow)
        self._title()
        if self._pages:
            self.navigation.select(next(iter(self._pages)))
        self.navigation.setFocus()
        self._follow()

    def open_page(self, key: str = "") -> None:
        """Come to the front, on page ``key`` if that exists, else as it was left."""
        if key in self._pages:
            self.navigation.select(key)
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        self._activate()

    def page(self) -> Page | None:
        """The page that is open."""
        shown = self._stack.currentWidget()
        return shown.page if isinstance(shown, Whole) and isinstance(shown.page, Page) else None

    def has_page(self, key: str) -> bool:
        """Whether there is such a page."""
        return key in self._pages

    def _open(self, key: str) -> None:
        self._stack.setCurrentWidget(self._whole[key])
        self._activate()

    def _activate(self) -> None:
        page = self.page()
        if page is not None and self.isVisible():
            page.activate()
            page.render_state(self._current())
            self.news.follow(self._current(), page.key)

    def _current(self) -> Snapshot | None:
        return self._state.snapshot if self._state.fresh else None

    def _follow(self) -> None:
        snapshot = self._current()
        for key, page in self._pages.items():
            self.navigation.set_count(key, page.count(snapshot))
        self.withdraw.setVisible(snapshot is None or snapshot.consent == "given")
        self._title()
        page_now = self.page()
        self.news.follow(snapshot, page_now.key if page_now is not None else "")
        if page_now is not None and self.isVisible():
            page_now.render_state(snapshot)

    def _title(self) -> None:
        snapshot = self._state.snapshot
        trial = f" · {t('app.trial')}" if snapshot is not None and snapshot.trial else ""
        self.setWindowTitle(t("app.name") + trial)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """The window goes, the signs and the engine stay."""
        event.ignore()
        self.hide()
