"""Asking for the deletion of what was sent: one question that says what happens, and what may be left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from agent.protocol import SentRow
from ui.components import Question
from ui.pages.sent.states import left_at
from ui.text import t
from ui.when import clock, day


def deletion_question(rows: Sequence[SentRow], organisation: str, parent: QWidget) -> Question:
    """For these batches. organisation: its name."""
    heading = t("sent.delete.heading", n=len(rows))
    if len(rows) == 1:
        heading = t("sent.delete.heading.one", day=day(left_at(rows[0])), time=clock(left_at(rows[0])))
    sentences = [
        t("sent.delete.what", organisation=organisation, n=len(rows)),
        t("sent.delete.datasets", organisation=organisation),
        t("sent.delete.left"),
        t("sent.delete.learns", n=len(rows)),
    ]
    return Question(heading, sentences, t("sent.delete.no"), t("sent.delete.yes"), parent)
