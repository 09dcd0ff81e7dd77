"""A list of records for the keyboard: headings are passed over, a record is always the current line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.pages.record.rows import RecordDelegate, RecordRows

_BACK: Final = frozenset(
    {
        QAbstractItemView.CursorAction.MoveUp,
        QAbstractItemView.CursorAction.MovePageUp,
        QAbstractItemView.CursorAction.MovePrevious,
    }
)


class RecordList(QListView):
    """A list over ``RecordRows``. name: what a screen reader calls it."""

    def __init__(self, model: RecordRows, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(RecordDelegate(self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(240)

    def moveCursor(  # noqa: N802  # Qt's name
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803  # Qt's name
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Where a key leads: on over a heading, in the key's own direction."""
        wanted = super().moveCursor(cursorAction, modifiers)
        if not wanted.isValid():
            return wanted
        by = -1 if cursorAction in _BACK else 1
        place = self._rows.after(wanted.row(), by)
        return self.currentIndex() if place is None else self._rows.index(place)
