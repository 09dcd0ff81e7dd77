"""Receipts of answers: what was answered and when, each to look at and to save. They are sent to nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from agent.protocol import Done, GetReceipt, GetReceipts, Receipt, ReceiptRow, Receipts, Saved, SaveReceipt
from ui.components import Button, Card, FactRows, Label, Link
from ui.engine import Engine, Reply
from ui.pages.reading import Reading
from ui.places import new_file
from ui.text import current, problem, program_list, t
from ui.theme import theme
from ui.when import clock, day

#: Asks where to write: parent, title, proposed name -> path, empty for nowhere.
Choose: TypeAlias = Callable[[QWidget, str, str], str]
_MOST: Final = 20


class ReceiptsCard(Card):
    """``ask`` fills it. choose: the system's dialog, or what stands for the person in a test."""

    def __init__(self, engine: Engine, choose: Choose = new_file, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._engine = engine
        self._choose = choose
        self.saves: list[Button] = []
        self.shows: list[Link] = []
        self.shown: ShownReceipt | None = None
        self.body.addWidget(Label(t("receipts.title"), "section"))
        self.body.addWidget(Label(t("receipts.lead"), colour="muted"))
        self.outcome = Label("", selectable=True)
        self.outcome.hide()

    def ask(self) -> None:
        """Once: the card is made anew whenever something was answered."""
        self._engine.ask(GetReceipts(id=0), self._fill)

    def _fill(self, reply: Reply) -> None:
        if not isinstance(reply, Receipts) or self.saves:
            return
        if not reply.rows:
            self.body.addWidget(Label(t("receipts.none"), colour="muted"))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for place, row in enumerate(reply.rows[:_MOST]):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(t(f"receipts.{row.kind}", n=row.cells)))
            words.addWidget(Label(t("consent.when", day=day(row.at), time=clock(row.at)), "small", colour="muted"))
            grid.addLayout(words, place, 0)
            show = Link(t("receipts.show"), partial(self._ask_one, row))
            show.setAccessibleName(t("receipts.show.of", day=day(row.at)))
            grid.addWidget(show, place, 1, Qt.AlignmentFlag.AlignVCenter)
            save = Button(t("receipts.save"), partial(self._save, row))
            grid.addWidget(save, place, 2, Qt.AlignmentFlag.AlignVCenter)
            self.shows.append(show)
            self.saves.append(save)
        self.body.addLayout(grid)
        self.body.addWidget(self.outcome)

    def _ask_one(self, row: ReceiptRow) -> None:
        self._engine.ask(GetReceipt(id=0, number=row.number), self._show)

    def _show(self, reply: Reply) -> None:
        if isinstance(reply, Receipt):
            self.shown = ShownReceipt(reply, self.window())
            self.shown.open()
        else:
            self._say(reply)

    def _save(self, row: ReceiptRow) -> None:
        name = f"aboveboard-receipt-{row.number}.html"
        place = self._choose(self, t("receipts.save.where"), name)
        if place:
            self._engine.ask(SaveReceipt(id=0, number=row.number, file=place, language=_written()), self._say)

    def _say(self, reply: Reply) -> None:
        if isinstance(reply, Saved):
            self.outcome.set_words(t("receipts.saved", place=reply.place))
        elif isinstance(reply, Done) and reply.problem:
            words = problem(reply.problem, reply.facts)
            self.outcome.set_words(" ".join(part for part in (f"{words.title}.", words.text, words.remedy) if part))
        self.outcome.setVisible(bool(self.outcome.text()))


class ShownReceipt(Reading):
    """What it says, in words; the exact document below."""

    def __init__(self, receipt: Receipt, parent: QWidget | None = None) -> None:
        super().__init__(t("receipts.one"), parent)
        body = self.inside.body
        for rows in facts(receipt):
            body.addWidget(FactRows(rows))
            body.addSpacing(8)
        body.addWidget(Label(t("receipts.exact"), "section"))
        body.addWidget(Label(t("receipts.exact.more"), "small", colour="muted"))
        self.exact = QPlainTextEdit(receipt.document)
        self.exact.setReadOnly(True)
        self.exact.setTabChangesFocus(True)
        self.exact.setFont(theme().fixed_font())
        # Keys have a thousand characters and no space.
        self.exact.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.exact.setMinimumHeight(280)
        self.exact.setAccessibleName(t("receipts.exact"))
        body.addWidget(self.exact)


def facts(receipt: Receipt) -> list[list[tuple[str, str]]]:
    """Who and when first, then each box that was answered. Empty for a document this window cannot read."""
    try:
        records: list[Any] = json.loads(receipt.document)["dpv:hasRecordOfActivity"]
        return [_about(receipt, records[0]), *(_cell(record["dpv:hasProcess"]) for record in records)]
    except (ValueError, LookupError, TypeError):
        return []


def _about(receipt: Receipt, record: dict[str, Any]) -> list[tuple[str, str]]:
    controller = record["dpv:hasDataController"]
    rows = [
        (t("receipts.answer"), t(f"receipts.answer.{receipt.kind}")),
        (t("receipts.when"), t("consent.when", day=day(receipt.at), time=clock(receipt.at))),
        (t("notice.who"), f"{controller['dpv:hasName']}, {controller['dpv:hasAddress']}"),
        (t("receipts.contact"), controller["dpv:hasContact"]),
        (t("receipts.read"), t("change.yes") if record["dpv:hasNotice"]["ab:acknowledged"] else t("change.no")),
    ]
    return [*rows, (t("notice.stop"), t("notice.stop.value"))]


def _cell(process: dict[str, Any]) -> list[tuple[str, str]]:
    category = process["dpv:hasPersonalData"]["@id"].rpartition(":")[2]
    storage = process["dpv:hasStorageCondition"]
    kept = int(storage[1]["dpv:hasDuration"].strip("PD"))
    programs = [t("change.any") if name == "*" else name for name in process["ab:programs"]]
    return [
        (t("notice.what"), t(f"column.{category}")),
        (t("change.title"), process["dpv:hasPurpose"]["dct:title"]),
        (t("change.programs"), program_list(programs)),
        (t("change.recipients"), program_list([each["dpv:hasName"] for each in process["dpv:hasRecipient"]])),
        (t("change.collector_host"), storage[0]["ab:collector"]),
        (t("change.retention_days"), t("change.days", n=kept)),
    ]


def _written() -> Literal["en", "de"]:
    return "de" if current().language == "de" else "en"
