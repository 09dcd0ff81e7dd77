"""What was in a batch: exactly what was sent, one record after the other, readable and byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent.protocol import Notice, SentRecord, SentRow
from ui.notice_facts import purpose_titles
from ui.pages.record import ROW, Beside, Line, RecordList, RecordRows, RecordView, below, title
from ui.text import t

#: Code points of a text that its line in the list shows.
_PREVIEW: Final = 80


class Inside(QWidget):
    """``show_records`` fills it, ``forget`` empties it: what was sent is in memory only while it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._approved: frozenset[str] = frozenset()
        self._notice: Notice | None = None
        self.model = RecordRows(self)
        self.list = RecordList(self.model, t("sent.inside.list"))
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.view = RecordView(t("sent.inside.removed"), "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Beside(t("sent.inside.list"), self.list, self.view))

    def show_records(self, records: Sequence[SentRecord], row: SentRow, notice: Notice | None) -> None:
        """Show what was in ``row``, newest first."""
        self._approved, self._notice = frozenset(row.records), notice
        lines = [_line(place, record) for place, record in enumerate(records)]
        lines.sort(key=lambda line: (-line.time, -line.row))
        self.model.fill(lines, QDateTime.currentSecsSinceEpoch())
        first = self.model.after(0)
        self.view.setVisible(first is not None)
        if first is not None:
            self.list.setCurrentIndex(self.model.index(first))
            self.list.scrollToTop()

    def forget(self) -> None:
        """Nothing of it is kept."""
        self.model.fill([], 0)
        self.view.forget()

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        record = current.data(ROW)
        if isinstance(record, SentRecord):
            purposes = purpose_titles(self._notice, record.purposes)
            self.view.show_facts(record, t("sent.inside.facts", program=record.program, purposes=purposes))
            digest = hashlib.sha256(record.exact.encode()).hexdigest()
            known = "approved" if digest in self._approved else "not_approved" if self._approved else "unknown"
            self.view.about_hash.set_words(t(f"sent.inside.{known}"))
            self.view.show_contents(record, digest)


def _line(place: int, record: SentRecord) -> Line:
    said = title(record.text[:_PREVIEW], record.deed, record.program)
    return Line(place, record.time, record.program, said, below(record.kind, len(record.removed)), record)
