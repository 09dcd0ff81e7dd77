"""Screens 1 to 3: what this is, what a record looks like, the notice in short."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from agent.protocol import Acknowledge, Done, Notice, Part
from ui.components import Button, Card, ChipText, FactRows, HeadingLabel, Label, Segmented, StateGlyph, WordsLabel
from ui.engine import Engine, Reply
from ui.first_run.screen import Screen
from ui.notice_facts import full_rows, short_rows
from ui.text import problem, t


class WhatThisIs(Screen):
    """Nothing is being collected; what no, yes and closing mean."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        name = notice.organisation
        super().__init__(engine, notice, t("first.1.heading", organisation=name))
        lead = Label(t("first.1.lead", organisation=name), "section", bold=False)
        self.body.addWidget(lead)
        card = Card(margin=24)
        row = QHBoxLayout()
        row.setSpacing(28)
        sign = StateGlyph(80)
        sign.show_sign("off", 0, t("first.1.now"))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(Label(t("first.1.now"), "section"))
        words.addWidget(Label(t("first.1.sign"), "section", colour="muted", bold=False))
        row.addLayout(words, 1)
        card.body.addLayout(row)
        self.body.addWidget(card)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for answer in ("no", "yes", "close"):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(Label(t(f"first.1.{answer}"), "section"))
            column.addWidget(Label(t(f"first.1.{answer}.more"), colour="muted"))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addLayout(columns)
        self.body.addStretch(1)

    @property
    def note(self) -> str:
        return t("first.1.note")

    @property
    def next_words(self) -> str:
        return t("first.1.next")


class Example(Screen):
    """Made-up examples, side by side: what you do, what would be kept."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.2.heading"))
        asked = [c for c in ("text", "app") if any(c in purpose.categories for purpose in notice.purposes)]
        kinds = asked or ["text"]
        self._stack = QStackedWidget()
        if len(kinds) > 1:
            top = QHBoxLayout()
            top.setSpacing(12)
            choice = Segmented(t("first.2.heading"), [(kind, t(f"example.{kind}")) for kind in kinds], kinds[0])
            choice.chosen.connect(lambda kind: self._stack.setCurrentIndex(kinds.index(kind)))
            top.addWidget(choice)
            top.addWidget(Label(t("first.2.made_up"), "small", colour="muted"), 1)
            self.body.addLayout(top)
        for kind in kinds:
            self._stack.addWidget(self._pair(kind))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(Label(t("first.2.memory"), "section", bold=False))
        self.body.addWidget(Label(t("first.2.can_miss"), "section"))

    def _pair(self, kind: str) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
            row.addLayout(column, 1)
        left.addWidget(Label(t("first.2.do"), "section"))
        does = Card()
        does.body.addWidget(Label(t(f"example.{kind}.does")))
        does.body.addStretch(1)
        left.addWidget(does, 1)
        right.addWidget(Label(t("first.2.kept"), "section"))
        kept = Card()
        text = t(f"example.{kind}.kept")
        shown = ChipText(t("first.2.kept"))
        shown.show_text(text, bracketed(text))
        kept.body.addWidget(shown, 1)
        kept.body.addWidget(
            FactRows(
                [
                    (t("first.2.when"), t(f"example.{kind}.when")),
                    (t("first.2.not_kept"), t(f"example.{kind}.not_kept")),
                ]
            )
        )
        right.addWidget(kept, 1)
        return pair

    @property
    def next_words(self) -> str:
        return t("first.next")


def bracketed(text: str) -> list[Part]:
    """The placeholders of our own made-up examples, found by their brackets."""
    parts: list[Part] = []
    start = text.find("[")
    while start >= 0:
        end = text.index("]", start) + 1
        parts.append(Part(start=start, end=end, kind=text[start + 1 : end - 1], by="machine"))
        start = text.find("[", end)
    return parts


class TheNotice(Screen):
    """The first layer of the notice. "I have read this" is not a yes."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.3.heading"))
        card = Card(margin=20)
        card.body.addWidget(FactRows(short_rows(notice)))
        card.body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(card)
        self.body.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addWidget(Button(t("first.3.full"), self._full))
        row.addStretch(1)
        self.body.addLayout(row)

    @property
    def note(self) -> str:
        return t("first.3.note")

    @property
    def next_words(self) -> str:
        return t("first.3.next")

    def go(self) -> None:
        self.engine.ask(Acknowledge(id=0, notice=self.notice.notice), self._answered)

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.failed.emit(problem(reply.problem, reply.facts).title)
        else:
            self.done.emit()

    def _full(self) -> None:
        FullNotice(self.notice, self.window()).open()


class FullNotice(QDialog):
    """Every fact of the signed notice, and the keys as words to compare."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("first.3.full"))
        self.resize(760, 620)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(HeadingLabel(t("first.3.full"), "page"))
        inside = Card(margin=20)
        inside.body.addWidget(FactRows(full_rows(notice)))
        inside.body.addWidget(Label(t("notice.key", name=notice.organisation), "section"))
        inside.body.addWidget(WordsLabel(notice.organisation_words))
        for person in notice.recipients:
            inside.body.addWidget(Label(t("notice.key", name=person.name), "section"))
            inside.body.addWidget(WordsLabel(person.key_words))
        inside.body.addWidget(Label(t("notice.key.more"), "small", colour="muted"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(t("action.close"), self.close))
        outer.addLayout(row)
