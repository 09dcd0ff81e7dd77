"""The tray icon and its menu: state first, then how to stop, in one fixed order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from ui.components import sign_pixmap
from ui.flows import Flows, fill_forget_menu, fill_pause_menu
from ui.presented import Presented, may_exclude, may_resume
from ui.state import State
from ui.text import t
from ui.theme import theme

_SIZES: Final = (16, 22, 24, 32, 48, 64)
_POLL_MS: Final = 2000


def tray_icon(shown: Presented) -> QIcon:
    """The sign on a ground of its own: nobody tells us the colour of the panel, and it must be seen on any."""
    look = theme()
    icon = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("border"), max(1.0, size / 32)))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), size / 8, size / 8)
        inner = size - 2 * max(2, round(size / 8))
        painter.drawPixmap((size - inner) // 2, (size - inner) // 2, sign_pixmap(shown.sign, shown.count, inner))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class TrayMenu(QMenu):
    """A native menu. Entries that can do nothing now are left out; the order never changes."""

    def __init__(self, state: State, flows: Flows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.line = self._add("", partial(flows.open_page.emit, ""))
        font = self.line.font()
        font.setBold(True)
        self.line.setFont(font)
        self.addSeparator()
        self.start_again = self._add(t("action.start_again"), flows.start_again)
        self.resume = self._add(t("action.resume"), flows.resume)
        self.pause = self.addMenu(t("action.pause"))
        fill_pause_menu(self.pause, flows)
        self.forget = self.addMenu(t("action.forget"))
        fill_forget_menu(self.forget, flows)
        self.exclude = self._add("", flows.exclude_current)
        self.addSeparator()
        self.open = self._add(t("action.open"), partial(flows.open_page.emit, ""))
        self.waiting = self._add("", partial(flows.open_page.emit, "waiting"))
        self.consent = self._add(t("action.consent"), partial(flows.open_page.emit, "consent"))
        self.addSeparator()
        self.withdraw = self._add(t("action.withdraw"), flows.withdraw)
        self.addSeparator()
        self.help = self._add(t("action.help"), partial(flows.open_page.emit, "rights"))
        self.quit = self._add(t("action.quit"), flows.quit_asked.emit)
        state.changed.connect(self.follow)
        theme().changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Fit words and entries to the state."""
        shown = self._state.presented()
        snapshot = self._state.snapshot if self._state.fresh else None
        agreed = snapshot is not None and snapshot.consent == "given"
        self.line.setText(shown.sentence.replace("&", "&&"))
        self.line.setIcon(QIcon(sign_pixmap(shown.sign, shown.count, 32)))
        self.start_again.setVisible(self._state.gone)
        self.resume.setVisible(may_resume(snapshot))
        self.pause.menuAction().setVisible(agreed)
        self.forget.menuAction().setVisible(agreed)
        program = snapshot.program if snapshot is not None and snapshot.program_id else ""
        if program:
            self.exclude.setText(t("action.exclude", program=program).replace("&", "&&"))
        self.exclude.setVisible(may_exclude(snapshot))
        self.waiting.setText(t("action.waiting", n=snapshot.waiting if snapshot is not None else 0))
        self.waiting.setVisible(snapshot is not None)
        self.consent.setVisible(snapshot is not None and bool(snapshot.organisation))
        self.withdraw.setVisible(snapshot is None or agreed)

    def _add(self, words: str, do: Callable[[], object]) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(lambda _checked=False: do())
        return action


class Tray(QObject):
    """``available_changed(there)``: the desktop has a tray, or lost it. Polled: a panel can crash or come later."""

    available_changed = Signal(bool)

    def __init__(self, state: State, flows: Flows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._flows = flows
        self._shown: Presented | None = None
        self.menu = TrayMenu(state, flows)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.there = False
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self.look)
        state.changed.connect(self.follow)
        theme().changed.connect(self._dress)
        self.follow()

    def start(self) -> None:
        """Show the icon if there is a tray, and go on looking."""
        self._poll.start()
        self.look(first=True)

    def look(self, *, first: bool = False) -> None:
        """Ask whether there is a tray."""
        there = QSystemTrayIcon.isSystemTrayAvailable()
        if there == self.there and not first:
            return
        self.there = there
        self.icon.setVisible(there)
        self.available_changed.emit(there)

    def follow(self) -> None:
        """Show the state."""
        shown = self._state.presented()
        if shown == self._shown:
            return
        self._shown = shown
        self._dress()

    def _dress(self) -> None:
        if self._shown is not None:
            self.icon.setIcon(tray_icon(self._shown))
            self.icon.setToolTip(self._shown.sentence)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self._flows.open_page.emit("")
