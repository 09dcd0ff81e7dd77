"""Every answer ever given and every notice that came, newest first, with what differed each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from agent.protocol import HistoryRow, Purpose
from ui.changes import history_lines
from ui.components import Card, Icon, Label
from ui.text import current, in_fours, t
from ui.theme import theme
from ui.when import clock, day

_MOST: Final = 200


def fill(card: Card, rows: Sequence[HistoryRow], purposes: Sequence[Purpose] = ()) -> None:
    """Put the history into an empty card. purposes: whose titles stand for their ids."""
    body = card.body
    body.addWidget(Label(t("consent.history"), "section"))
    if not rows:
        body.addWidget(Label(t("consent.history.none"), colour="muted"))
        return
    for row in rows[:_MOST]:
        words = QVBoxLayout()
        words.setSpacing(0)
        # Above, not beside: at twice the size a column of dates would leave no room for what happened.
        words.addWidget(Label(t("consent.when", day=day(row.at), time=clock(row.at)), "small", colour="muted"))
        words.addWidget(Label(_sentence(row)))
        for line in history_lines(row.changes, purposes):
            words.addWidget(Label(line, "small"))
        if row.hash:
            digest = Label(in_fours(row.hash[:16]), "small", colour="muted", selectable=True)
            digest.setFont(theme().fixed_font())
            digest.setToolTip(row.hash)
            words.addWidget(digest)
        else:
            words.addWidget(Label(t("history.here"), "small", colour="muted"))
        body.addLayout(words)
    chained = QHBoxLayout()
    chained.setSpacing(8)
    chained.addWidget(Icon("ui/check", "muted", 16), 0, Qt.AlignmentFlag.AlignTop)
    chained.addWidget(Label(t("consent.history.more"), "small", colour="muted"), 1)
    body.addLayout(chained)


def _sentence(row: HistoryRow) -> str:
    key = f"history.{row.kind}"
    if not current().has(key):
        return row.kind
    facts = {"batch": "", "count": "", "destroyed": "", "notice": "", "serial": "", **row.facts}
    return t(
        key,
        batch=facts["batch"][:8],
        count=facts["count"],
        destroyed=facts["destroyed"],
        notice=facts["notice"],
        serial=facts["serial"],
    )
