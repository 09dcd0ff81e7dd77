"""The list of pages: icon, word, count; in groups; a real list, so arrow keys and screen readers work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.text import t
from ui.theme import theme

_KEY: Final = Qt.ItemDataRole.UserRole
_COUNT: Final = Qt.ItemDataRole.UserRole + 1
_ROW: Final = 36
_GAP: Final = 16


class Navigation(QListWidget):
    """``chosen(key)``: the person went to another page. groups: (key, words) per group, a gap between groups."""

    chosen = Signal(str)

    def __init__(self, groups: Sequence[Sequence[tuple[str, str]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setAccessibleName(t("nav.name"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setItemDelegate(_Delegate(self))
        for place, group in enumerate(groups):
            if place and group and self.count():
                gap = QListWidgetItem(self)
                gap.setFlags(Qt.ItemFlag.NoItemFlags)
            for key, words in group:
                item = QListWidgetItem(words, self)
                item.setData(_KEY, key)
                item.setData(_COUNT, 0)
        self.currentItemChanged.connect(self._moved)
        theme().changed.connect(self._fit)
        self._fit()

    def select(self, key: str) -> None:
        """Show ``key`` as the page that is open; emits ``chosen`` if it was another."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)

    def set_count(self, key: str, count: int) -> None:
        """The number at the right; 0 shows none."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_KEY) == key and item.data(_COUNT) != count:
                item.setData(_COUNT, count)
                name = t("nav.count", name=item.text(), n=count) if count else item.text()
                item.setData(Qt.ItemDataRole.AccessibleTextRole, name)

    def pages(self) -> list[str]:
        """The keys in order."""
        found = [self.item(row).data(_KEY) for row in range(self.count())]
        return [key for key in found if isinstance(key, str)]

    def _moved(self, current: QListWidgetItem | None, previous: QListWidgetItem | None) -> None:
        del previous
        if current is not None and isinstance(current.data(_KEY), str):
            self.chosen.emit(current.data(_KEY))

    def _fit(self) -> None:
        metrics = QFontMetrics(theme().font(bold=True))
        widest = max((metrics.horizontalAdvance(self.item(row).text()) for row in range(self.count())), default=0)
        self.setFixedWidth(max(207, 52 + widest + 12 + metrics.horizontalAdvance("99+") + 16))
        self.doItemsLayout()


class _Delegate(QStyledItemDelegate):
    def sizeHint(  # noqa: N802  # Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option
        if not isinstance(index.data(_KEY), str):
            return QSize(10, _GAP)
        return QSize(10, max(_ROW, QFontMetrics(theme().font()).height() + 14))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        key = index.data(_KEY)
        if not isinstance(key, str):
            return
        look = theme()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, look.colour("selection"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
        ink = look.on_selection() if selected else look.colour("ink")
        icon = look.pixmap(f"nav/{key}", "accent" if selected else "muted", 20, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.left() + 20, rect.center().y() - 9, icon)
        painter.setFont(look.font(bold=selected))
        painter.setPen(ink)
        words = rect.adjusted(52, 0, -16, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        count = index.data(_COUNT)
        if isinstance(count, int) and count > 0:
            painter.setFont(look.font(bold=True))
            painter.setPen(QColor(ink if look.high_contrast else look.colour("turn")))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(count))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(rect.adjusted(4, 2, -3, -3))
        painter.restore()
