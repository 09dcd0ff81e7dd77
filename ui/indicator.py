"""The sign at the edge of every screen: always there while there is a yes; movable, shrinkable, never closable.

Its native window is what the engine looks for by itself before it reads a single key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCloseEvent,
    QFontMetrics,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QScreen,
)
from PySide6.QtWidgets import QApplication, QWidget

from agent.protocol import ShowIndicator
from ui.components import sign_pixmap
from ui.engine import Engine
from ui.presented import Presented
from ui.state import State
from ui.text import t
from ui.theme import theme

#: The smallest side; the engine takes nothing smaller for visible.
SMALLEST: Final = 28
_MARGIN: Final = 8
_RAISE_MS: Final = 1000
#: Of so many looks in a row in which the engine did not see the sign, one makes it anew.
_MADE_ANEW_EVERY: Final = 4


class Sign(QWidget):
    """One sign. ``moved(point)`` after a drag, ``resized(wide)`` after a click, ``room_changed`` with its screen.

    On X11 it bypasses the window manager: only so does it stay above full-screen windows on every desktop.
    """

    moved = Signal(QPoint)
    resized = Signal(bool)
    room_changed = Signal()

    def __init__(self, *, wide: bool = True) -> None:
        flags = (
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        if QGuiApplication.platformName() == "xcb":
            flags |= Qt.WindowType.X11BypassWindowManagerHint
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(t("app.name"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.wide = wide
        self._shown = Presented("off", "", "", "")
        self._grip: QPoint | None = None
        self._dragged = False
        theme().changed.connect(self._dress)

    def follow(self, shown: Presented) -> None:
        """Show another state."""
        if shown == self._shown:
            return
        self._shown = shown
        self.setAccessibleName(shown.sentence)
        self.setAccessibleDescription(t("indicator.hint"))
        self.setToolTip(f"{shown.sentence}\n{t('indicator.hint')}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self._dress()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        metrics = QFontMetrics(theme().font("small"))
        side = max(SMALLEST, metrics.height() + 12)
        if not self.wide:
            return QSize(side, side)
        return QSize(side + metrics.horizontalAdvance(self._shown.short) + 14, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.setPen(QPen(look.colour("accent" if self._shown.collecting else "border"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        side = self.height()
        glyph = side - 12
        painter.drawPixmap(
            6, 6, sign_pixmap(self._shown.sign, self._shown.count, glyph, painter.device().devicePixelRatioF())
        )
        if self.wide:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("ink"))
            words = self.rect().adjusted(side + 2, 0, -10, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._shown.short)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint() - self.pos()
            self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if self._grip is None:
            return
        target = event.globalPosition().toPoint() - self._grip
        if not self._dragged and (target - self.pos()).manhattanLength() < QApplication.startDragDistance():
            return
        self._dragged = True
        self.moved.emit(target)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        if event.button() != Qt.MouseButton.LeftButton or self._grip is None:
            return
        self._grip = None
        if not self._dragged:
            self.resized.emit(not self.wide)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Nobody closes the sign: it goes when collecting is not agreed to any more."""
        event.ignore()

    def _dress(self) -> None:
        self.resize(self.sizeHint())
        self.update()


@dataclass(slots=True)
class _Place:
    """Where the person put a sign: its distance from the right and the top edge of the screen, and its form."""

    right: int = _MARGIN
    top: int = _MARGIN
    wide: bool = True
    sign: Sign | None = field(default=None, repr=False)


class Indicators(QObject):
    """One sign per screen while there is a yes; tells the engine their native ids whenever they change.

    tray: whether a tray icon is shown, told along. Positions are remembered in memory, by screen.
    """

    def __init__(self, engine: Engine, state: State, tray: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._state = state
        self._tray = tray
        self._places: dict[str, _Place] = {}
        self._agreed = False
        self._unseen = 0
        self._told: tuple[tuple[int, ...], bool] | None = None
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(lambda _screen: self.look())
            application.screenRemoved.connect(lambda _screen: self.look())
        self._raise = QTimer(self)
        self._raise.setInterval(_RAISE_MS)
        self._raise.timeout.connect(self._stay_on_top)
        state.changed.connect(self.look)
        self.look()

    def signs(self) -> list[Sign]:
        """The signs that are shown."""
        return [place.sign for place in self._places.values() if place.sign is not None]

    def tell_again(self) -> None:
        """A new engine knows nothing: tell it."""
        self._told = None
        self.look()

    def look(self) -> None:
        """Make what is shown fit screens and state, and tell the engine what changed."""
        snapshot = self._state.snapshot
        if snapshot is not None:
            self._agreed = snapshot.consent == "given"
        screens = {screen.name(): screen for screen in QGuiApplication.screens()} if self._agreed else {}
        for name in [name for name, place in self._places.items() if place.sign is not None and name not in screens]:
            self._remove(name)
        shown = self._state.presented()
        for name, screen in screens.items():
            place = self._places.setdefault(name, _Place())
            if place.sign is None:
                self._make(name, place, screen)
            sign = place.sign
            if sign is not None:
                sign.follow(shown)
                self._put(place, screen)
                if not sign.isVisible():
                    sign.show()
        if self.signs() and not self._raise.isActive():
            self._raise.start()
        elif not self.signs():
            self._raise.stop()
        self._tell()

    def _make(self, name: str, place: _Place, screen: QScreen) -> None:
        sign = Sign(wide=place.wide)
        sign.setScreen(screen)
        sign.moved.connect(lambda point: self._moved(name, point))
        sign.resized.connect(lambda wide: self._resized(name, wide=wide))
        sign.installEventFilter(self)
        screen.geometryChanged.connect(sign.room_changed)
        sign.room_changed.connect(self.look)
        place.sign = sign

    def _remove(self, name: str) -> None:
        sign = self._places[name].sign
        self._places[name].sign = None
        if sign is not None:
            sign.removeEventFilter(self)
            sign.hide()
            sign.deleteLater()

    def _put(self, place: _Place, screen: QScreen) -> None:
        sign = place.sign
        if sign is None:
            return
        room = screen.availableGeometry()
        size = sign.sizeHint()
        left = room.right() - place.right - size.width() + 1
        wanted = inside(QRect(QPoint(left, room.top() + place.top), size), screen.geometry())
        if sign.geometry() != wanted:
            sign.setGeometry(wanted)

    def _moved(self, name: str, point: QPoint) -> None:
        place = self._places[name]
        screen = self._screen(name)
        if place.sign is None or screen is None:
            return
        room = screen.availableGeometry()
        wanted = inside(QRect(point, place.sign.size()), screen.geometry())
        place.right = room.right() - wanted.right()
        place.top = wanted.top() - room.top()
        place.sign.setGeometry(wanted)

    def _resized(self, name: str, *, wide: bool) -> None:
        place = self._places[name]
        screen = self._screen(name)
        place.wide = wide
        if place.sign is not None and screen is not None:
            place.sign.wide = wide
            self._put(place, screen)
            place.sign.update()

    @staticmethod
    def _screen(name: str) -> QScreen | None:
        return next((screen for screen in QGuiApplication.screens() if screen.name() == name), None)

    def _stay_on_top(self) -> None:
        """A window may have come above: go up again. Whether that worked, the engine sees by itself.

        A sign that it does not see is made anew now and then: somebody may have taken it off the screen, out of its
        shape or out of sight, and Qt is told nothing of that.
        """
        snapshot = self._state.snapshot
        unseen = snapshot is not None and any(found.code == "no-indicator" for found in snapshot.problems)
        self._unseen = self._unseen + 1 if unseen else 0
        if self._unseen % _MADE_ANEW_EVERY == 1:
            for name in [name for name, place in self._places.items() if place.sign is not None]:
                self._remove(name)
        self.look()  # a panel may have taken room
        for sign in self.signs():
            sign.raise_()
            sign.update()  # painting flushes the connection; the raise alone would lie in its buffer

    def _tell(self) -> None:
        ids = tuple(int(sign.winId()) for sign in self.signs())
        now = (ids, self._tray())
        if now != self._told:
            self._told = now
            self._engine.ask(ShowIndicator(id=0, windows=ids, tray=now[1]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """A native window made anew has a new id."""
        if event.type() == QEvent.Type.WinIdChange:
            QTimer.singleShot(0, self._tell)
        return super().eventFilter(watched, event)


def inside(rect: QRect, room: QRect) -> QRect:
    """``rect`` moved as little as possible so that it lies inside ``room``."""
    left = max(room.left(), min(rect.left(), room.right() - rect.width() + 1))
    top = max(room.top(), min(rect.top(), room.bottom() - rect.height() + 1))
    return QRect(QPoint(left, top), rect.size())
