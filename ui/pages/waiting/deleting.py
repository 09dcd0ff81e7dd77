"""Deleting a part of what waits: everything of one program, or of one day. Asked for once, in words that count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QDateTime, QTime
from PySide6.QtWidgets import QMenu, QWidget

from agent.protocol import DeleteWaiting, WaitingRow
from ui.components import Button, Question
from ui.text import t
from ui.when import day


class DeletePart(Button):
    """``rows``: what is shown now. ``ask``: sends the command. One entry per program and per day among the rows."""

    def __init__(
        self,
        rows: Callable[[], Sequence[WaitingRow]],
        ask: Callable[[DeleteWaiting], object],
        parent: QWidget | None = None,
    ) -> None:
        self._entries = QMenu()
        super().__init__(t("waiting.delete_part"), menu=self._entries, parent=parent)
        self._rows = rows
        self._ask = ask
        self._entries.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self._entries.clear()
        rows = self._rows()
        programs = dict.fromkeys((row.program_id, row.program) for row in rows)
        for program_id, program in programs:
            count = sum(row.program_id == program_id for row in rows)
            words = t("waiting.delete_part.program", n=count, program=program)
            self._entries.addAction(words, partial(self._question, words, DeleteWaiting(id=0, program=program_id)))
        self._entries.addSeparator()
        for start in dict.fromkeys(_midnight(row.time) for row in rows):
            count = sum(_midnight(row.time) == start for row in rows)
            words = t("waiting.delete_part.day", n=count, day=day(start))
            command = DeleteWaiting(id=0, since=start, until=_midnight(start, 1))
            self._entries.addAction(words, partial(self._question, words, command))

    def _question(self, words: str, command: DeleteWaiting) -> None:
        question = Question(
            f"{words}?",
            [t("waiting.delete_all.text")],
            t("waiting.delete_all.no"),
            t("waiting.delete_all.yes"),
            self.window(),
        )
        question.answered.connect(lambda yes: self._ask(command) if yes else None)
        question.show()


def _midnight(at: int, later: int = 0) -> int:
    """Unix seconds of the local midnight before ``at``, ``later`` days on: a day may have 23 or 25 hours."""
    date = QDateTime.fromSecsSinceEpoch(at).date().addDays(later)
    return QDateTime(date, QTime(0, 0)).toSecsSinceEpoch()
