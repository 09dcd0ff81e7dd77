"""The live page: one plain sentence per event, newest first, and as visibly what was not kept and why."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QListView, QWidget

from agent.protocol import Snapshot
from ui.components import EmptyState, Segmented
from ui.engine import Engine
from ui.pages.base import Page
from ui.pages.live.delegate import LiveDelegate
from ui.pages.live.lines import ROW, LiveLines, Row, Shown
from ui.pages.live.why import WhyPanel
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import t
from ui.theme import theme

_BESIDE: Final = 980 - 208  # below a window of 980 the panel drops under the list
_ANY_WIDTH: Final = 16_777_215  # QWIDGETSIZE_MAX


class LivePage(Page):
    """lines: made once by the application, so that it fills while the window is closed."""

    key: ClassVar[str] = "live"
    title_key: ClassVar[str] = "live.title"
    nav_key: ClassVar[str] = "nav.live"
    lead_key: ClassVar[str] = "live.lead"

    def __init__(self, engine: Engine, state: State, lines: LiveLines, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self.which = Segmented(
            t("live.show"),
            [("all", t("live.everything")), ("kept", t("live.kept")), ("not", t("live.not_kept"))],
            "all",
        )
        self.form = Segmented(
            t("live.form"), [("sentences", t("live.sentences")), ("exact", t("live.exact"))], "sentences"
        )
        self.controls.addWidget(self.which)
        self.controls.addWidget(self.form)
        self.shown = Shown(lines, self)
        self.list = QListView()
        self.list.setModel(self.shown)
        self.list.setAccessibleName(t("live.title"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(False)
        self.delegate = LiveDelegate(self.list, self)
        self.delegate.nothing_exact = t("live.nothing_exact")
        self.list.setItemDelegate(self.delegate)
        self.empty = EmptyState("nav/live", t("live.empty"), t("live.empty.more"))
        self.why = WhyPanel()
        self._both = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self.list, 1)
        self._row.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.empty)
        scrolled = Scrolled(t("live.title"))
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.column.addWidget(self._both)
        self._scrolled = scrolled
        self.body.addWidget(scrolled, 1)
        self.body.addStretch(0)
        self._following = True
        self._looking = False
        self.which.chosen.connect(self.shown.show_only)
        self.form.chosen.connect(self._change_form)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        lines.modelReset.connect(self.delegate.forget)
        lines.rowsRemoved.connect(lambda *_: self.delegate.forget())
        for signal in (self.shown.rowsInserted, self.shown.rowsRemoved, self.shown.modelReset, self.shown.dataChanged):
            signal.connect(lambda *_: self._look())
        self.shown.layoutChanged.connect(lambda *_: self._look())
        theme().changed.connect(self.list.doItemsLayout)
        self._look()

    def render_state(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None and snapshot.state == "collecting":
            self.empty.set_words(t("live.empty"), t("live.empty.more"))
        else:
            shown = self.state.presented()
            self.empty.set_words(t("live.empty"), shown.sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        panel = max(264, 30 * self.fontMetrics().averageCharWidth())
        narrow = event.size().width() < max(_BESIDE, round(2.6 * panel))
        self.list.setMinimumHeight(300 if narrow else 200)
        self.why.setMinimumWidth(0 if narrow else panel)
        self.why.setMaximumWidth(_ANY_WIDTH if narrow else panel)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._row.setAlignment(self.why, Qt.AlignmentFlag(0) if narrow else Qt.AlignmentFlag.AlignTop)
        super().resizeEvent(event)

    def _change_form(self, form: str) -> None:
        self.delegate.exact = form == "exact"
        self.list.doItemsLayout()
        self.list.viewport().update()

    def _look(self) -> None:
        """Show the list or why there is none; explain the newest line until the person chooses another."""
        some = self.shown.rowCount() > 0
        self._scrolled.setVisible(some)
        self.empty.setVisible(not some)
        if some and (self._following or not self.list.currentIndex().isValid()):
            self._looking = True
            self.list.selectionModel().setCurrentIndex(
                self.shown.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.list.scrollToTop()
            self._looking = False
        self._explain()

    def _chosen(self) -> None:
        """Another line than the newest stays explained when new ones come."""
        if not self._looking:
            self._following = self.list.currentIndex().row() <= 0
        self._explain()

    def _explain(self) -> None:
        row = self.list.currentIndex().data(ROW)
        if isinstance(row, Row):
            self.why.show_row(row)
