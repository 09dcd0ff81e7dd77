"""Screens 1 to 3: what this is, what a record looks like, the notice in short."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from agent.protocol import Acknowledge, Done, Notice, Part, Snapshot
from ui.components import (
    Button,
    Card,
    ChipText,
    FactRows,
    Icon,
    Label,
    Segmented,
    StateGlyph,
    WordsLabel,
)
from ui.engine import Engine, Reply
from ui.first_run.screen import Screen
from ui.notice_facts import full_rows, short_rows
from ui.pages.reading import Reading
from ui.presented import presented
from ui.text import t


class WhatThisIs(Screen):
    """Nothing is being collected; what no, yes and closing mean."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        name = notice.organisation
        super().__init__(engine, notice, t("first.1.heading", organisation=name))
        self.body.addWidget(Label(t("first.1.lead", organisation=name), "section", bold=False))
        card = Card(margin=24)
        row = QHBoxLayout()
        row.setSpacing(32)
        self._sign = StateGlyph(96)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        self._now = Label("", "section")
        words.addWidget(self._now)
        words.addWidget(Label(t("first.1.sign"), "section", colour="muted", bold=False))
        words.addStretch(1)
        row.addLayout(words, 1)
        card.body.addLayout(row)
        self.body.addWidget(card)
        self.body.addSpacing(8)
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers.setSpacing(32)
        for answer in ("no", "yes", "close"):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(Label(t(f"first.1.{answer}"), "section"))
            column.addWidget(Label(t(f"first.1.{answer}.more"), colour="muted"))
            column.addStretch(1)
            self._answers.addLayout(column, 1)
        self.body.addLayout(self._answers)
        self.body.addStretch(1)
        self.render_state(None)

    def render_state(self, snapshot: Snapshot | None) -> None:
        """What is collected now: nothing before the yes; the strip's own words when somebody came back after it."""
        shown = presented(snapshot, 0.0)
        nothing = not shown.collecting
        sentence = t("first.1.now") if nothing else shown.sentence
        self._sign.show_sign("off" if nothing else shown.sign, shown.count, sentence)
        self._now.set_words(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Below each other where words are so large that three columns would be cramped."""
        wide = event.size().width() >= 72 * self.fontMetrics().averageCharWidth()
        side = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(side)
        super().resizeEvent(event)

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
        self._pairs: list[QBoxLayout] = []
        top = QHBoxLayout()
        top.setSpacing(12)
        if len(kinds) > 1:
            choice = Segmented(t("first.2.heading"), [(kind, t(f"example.{kind}")) for kind in kinds], kinds[0])
            choice.chosen.connect(lambda kind: self._stack.setCurrentIndex(kinds.index(kind)))
            top.addWidget(choice)
        top.addWidget(Label(t("first.2.made_up"), "small", colour="muted"), 1)
        self.body.addLayout(top)
        for kind in kinds:
            self._stack.addWidget(self._pair(kind))
        self.body.addWidget(self._stack, 1)
        last = QVBoxLayout()
        last.setSpacing(4)
        last.addWidget(Label(t("first.2.memory"), "section", bold=False))
        last.addWidget(Label(t("first.2.can_miss"), "section"))
        self.body.addLayout(last)

    def _pair(self, kind: str) -> QWidget:
        pair = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        self._pairs.append(row)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
            row.addLayout(column, 1)
        left.addWidget(Label(t("first.2.do"), "section"))
        left.addWidget(_letter(kind), 1)
        right.addWidget(Label(t("first.2.kept"), "section"))
        kept = Card()
        kept.body.setSpacing(12)
        kept.body.addWidget(Label(t(f"example.{kind}.head"), bold=True))
        text = t(f"example.{kind}.kept")
        shown = ChipText(t("first.2.kept"))
        shown.show_text(text, bracketed(text))
        shown.document().setDocumentMargin(0)
        shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        shown.setMinimumHeight(120)
        kept.body.addWidget(shown, 1)
        facts = FactRows(
            [
                (t("first.2.when"), t(f"example.{kind}.when")),
                (t("first.2.not_kept"), t(f"example.{kind}.not_kept")),
            ]
        )
        ruled = QFrame()
        ruled.setProperty("ruled", True)
        below = QVBoxLayout(ruled)
        below.setContentsMargins(0, 12, 0, 0)
        below.addWidget(facts)
        kept.body.addWidget(ruled)
        right.addWidget(kept, 1)
        return pair

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Below each other where words are large."""
        wide = event.size().width() >= 84 * self.fontMetrics().averageCharWidth()
        for pair in self._pairs:
            pair.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    @property
    def next_words(self) -> str:
        return t("first.next")


def _letter(kind: str) -> QWidget:
    """What the person sees while they do it: a window of another program, drawn."""
    window = Card(margin=1)
    window.body.setSpacing(0)
    bar = QFrame()
    bar.setProperty("titlebar", True)
    row = QHBoxLayout(bar)
    row.setContentsMargins(12, 4, 12, 4)
    row.setSpacing(16)
    row.addWidget(Label(t(f"example.{kind}.window"), "small", colour="muted"), 1)
    row.addWidget(Icon("ui/cross", "muted", 12))
    window.body.addWidget(bar)
    page = Label(t(f"example.{kind}.page"))
    page.setContentsMargins(24, 16, 24, 16)
    page.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    window.body.addWidget(page, 1)
    return window


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
        self.controls.addWidget(Button(t("first.3.full"), self._full))
        card = Card(margin=24)
        card.body.addLayout(_facts(short_rows(notice)))
        card.body.addStretch(1)
        self.body.addWidget(card, 1)

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
            self.failed.emit(reply)
        else:
            self.done.emit()

    def _full(self) -> None:
        FullNotice(self.notice, self.window()).open()


def _facts(rows: list[tuple[str, str]]) -> QGridLayout:
    """Names left, a quarter of the width; both wrap, so that nothing is cut off however large the words."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 3)
    for place, (name, value) in enumerate(rows):
        grid.addWidget(Label(name, colour="muted"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(value, selectable=True), place, 1, Qt.AlignmentFlag.AlignTop)
    return grid


class FullNotice(Reading):
    """Every fact of the signed notice, and the keys as words to compare."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(t("first.3.full"), parent)
        body = self.inside.body
        body.addLayout(_facts(full_rows(notice)))
        body.addWidget(Label(t("notice.key", name=notice.organisation), "section"))
        body.addWidget(WordsLabel(notice.organisation_words))
        for person in notice.recipients:
            body.addWidget(Label(t("notice.key", name=person.name), "section"))
            body.addWidget(WordsLabel(person.key_words))
        body.addWidget(Label(t("notice.key.more"), "small", colour="muted"))
