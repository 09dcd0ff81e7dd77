"""The one button, the one link, and the control with two or three words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QMenu, QPushButton, QSizePolicy, QWidget

from ui.theme import theme


class Button(QPushButton):
    """The outline button; there is no other. Never a default: Enter does nothing until it has the focus.

    words: also the accessible name. pressed_: called on a click. icon: name under resources/icons.
    big: 40 px high (first run). menu: opens below, a chevron shows it.
    """

    def __init__(
        self,
        words: str,
        pressed_: Callable[[], object] | None = None,
        *,
        icon: str = "",
        big: bool = False,
        menu: QMenu | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if big:
            self.setProperty("big", True)
        self.set_words(words)
        if pressed_ is not None:
            self.clicked.connect(lambda _checked: pressed_())
        if menu is not None:
            self.setMenu(menu)
        self._dress()
        theme().changed.connect(self._dress)

    def set_words(self, words: str) -> None:
        """Show other words; the accessible name follows. An ampersand is an ampersand, not a shortcut."""
        before = " " if self._icon_name else ""
        after = "     " if self.menu() is not None else ""
        self.setText(before + words.replace("&", "&&") + after)
        self.setAccessibleName(words)

    def setMenu(self, menu: QMenu) -> None:  # noqa: N802  # Qt's name
        super().setMenu(menu)
        self.set_words(self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        super().paintEvent(event)
        if self.menu() is None or theme().high_contrast:
            return  # without a style sheet the style draws its own
        painter = QPainter(self)
        pixmap = theme().pixmap("ui/chevron", "ink", 14, self.devicePixelRatioF())
        start = 12 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 26
        painter.drawPixmap(start, (self.height() - 14) // 2, pixmap)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Space presses; so do Enter and Return once this button has the focus."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setFont(theme().font())
        if self._icon_name:
            self.setIcon(theme().icon(self._icon_name))


def same_width(*buttons: QPushButton) -> None:
    """Both take the width of the wider one, now and when fonts change: neither answer is larger."""
    for button in buttons:
        button.ensurePolished()
    widest = max(button.sizeHint().width() for button in buttons)
    for button in buttons:
        button.setMinimumWidth(widest)


class Link(QPushButton):
    """An underlined word that does something here (never opens a browser). words: also the accessible name."""

    def __init__(self, words: str, pressed_: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("link", True)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked: pressed_())
        self.set_words(words)
        self._dress()
        theme().changed.connect(self._dress)

    def set_words(self, words: str) -> None:
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)

    def _dress(self) -> None:
        font = theme().font()
        font.setUnderline(True)
        self.setFont(font)


class Segmented(QWidget):
    """Two or three words of which one holds. Never for a yes or no to consent. Arrow keys move.

    options: (key, words) in order. chosen: emitted with the key when the person chooses another.
    ``fit(width)``: the words go below each other where they need more than that many pixels.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], selected: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._keys = [key for key, _ in options]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (_, words) in enumerate(options):
            button = _Segment(words, self._step)
            button.setProperty("stacked", False)  # Qt's property
            button.setProperty("seg", {0: "first", len(options) - 1: "last"}.get(place, "middle"))
            self._group.addButton(button, place)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.select(selected)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._keys[place]))

    def selected(self) -> str:
        """The key that holds."""
        return self._keys[self._group.checkedId()]

    def select(self, key: str) -> None:
        """Make ``key`` hold without emitting."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def across(self) -> int:
        """The pixels that the words need beside each other."""
        return sum(max(one.sizeHint().width(), one.minimumWidth()) for one in self._group.buttons())

    def fit(self, width: int) -> None:
        """Beside each other if there are that many pixels, else below each other."""
        beside = self.across() <= width
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        for button in self._group.buttons():
            if button.property("stacked") == beside:
                button.setProperty("stacked", not beside)
                button.style().unpolish(button)
                button.style().polish(button)

    def _step(self, by: int) -> None:
        place = self._group.checkedId() + by
        if 0 <= place < len(self._keys):
            button = self._group.button(place)
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            button.click()


class _Segment(QPushButton):
    def __init__(self, words: str, step: Callable[[int], None]) -> None:
        super().__init__(words.replace("&", "&&"))
        self._words = words
        self._step = step
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(words)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        self._measure()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        """Wide enough for the words in semibold, so that choosing moves nothing."""
        font = theme().font(bold=True)
        metrics = self.fontMetrics().__class__(font)
        self.setMinimumWidth(metrics.horizontalAdvance(self._words) + 26)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        forward = Qt.Key.Key_Left if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Right
        backward = Qt.Key.Key_Right if forward == Qt.Key.Key_Left else Qt.Key.Key_Left
        if event.key() in {forward, Qt.Key.Key_Down}:
            self._step(1)
        elif event.key() in {backward, Qt.Key.Key_Up}:
            self._step(-1)
        else:
            super().keyPressEvent(event)
