"""The policy of the organisation, in words: what it decided, whose keys, who checked it, and what it cannot do."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Done, GetNotice, Notice
from ui.components import Banner, Card, EmptyState, FactRows, Icon, Label, WordsLabel
from ui.engine import Engine, Reply
from ui.pages.base import Page
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import current, in_fours, problem, program_list, t
from ui.when import day, quiet_hours

CANNOT: Final = ("hide", "say_yes", "limit", "protected", "redaction", "watch", "score")
_BESIDE: Final = 980 - 208


class PolicyPage(Page):
    """Asks for the notice each time it is opened."""

    key: ClassVar[str] = "policy"
    title_key: ClassVar[str] = "policy.title"
    nav_key: ClassVar[str] = "nav.policy"
    lead_key: ClassVar[str] = "policy.lead"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self._scrolled = Scrolled(t(self.title_key))
        self.body.addWidget(self._scrolled, 1)
        self._row: QBoxLayout | None = None

    def activate(self) -> None:
        self.engine.ask(GetNotice(id=0), self._show)

    def _show(self, reply: Reply) -> None:
        self._scrolled.clear()
        if isinstance(reply, Notice):
            self.heading.set_words(t("policy.title.of", organisation=reply.organisation))
            self._scrolled.column.addWidget(self._signed(reply))
            both = QWidget()
            self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
            self._row.setContentsMargins(0, 0, 0, 0)
            self._row.setSpacing(16)
            left = QVBoxLayout()
            left.setSpacing(16)
            for card in (self._decided(reply), self._checked(reply), self._keys(reply)):
                left.addWidget(card)
            left.addStretch(1)
            self._row.addLayout(left, 3)
            self._row.addWidget(cannot_card(), 2, Qt.AlignmentFlag.AlignTop)
            self._scrolled.column.addWidget(both)
            self._arrange(self.width())
        else:
            done = reply if isinstance(reply, Done) else Done(problem="protocol-invalid")
            words = problem(done.problem or "no-organisation", done.facts)
            self._scrolled.column.addWidget(EmptyState("nav/policy", words.title, f"{words.text} {words.remedy}"))
            self._scrolled.column.addWidget(cannot_card())
        self._scrolled.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        if self._row is not None:
            below = width < _BESIDE
            self._row.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)

    @staticmethod
    def _signed(notice: Notice) -> Banner:
        more = t("policy.signed.more", n=notice.serial, day=day(notice.effective_from))
        return Banner("ok", "ui/check", t("policy.signed", organisation=notice.organisation), more)

    @staticmethod
    def _decided(notice: Notice) -> Card:
        before = t("policy.before.ask") if notice.require_asking else t("policy.before.hold", n=notice.hold_hours)
        goes_to = t("policy.goes_to.value", host=notice.collector_host, countries=program_list(list(notice.countries)))
        rows = [(t("policy.purpose"), purpose.title) for purpose in notice.purposes]
        rows += [
            (t("policy.before"), before),
            (t("policy.goes_to"), goes_to),
            (t("policy.unreviewed"), t("policy.days", n=notice.unreviewed_days)),
            (t("policy.kept"), t("policy.days", n=notice.retention_days)),
            (t("policy.never"), program_list([_use(use) for use in notice.forbidden_uses])),
            (t("policy.until"), day(notice.valid_until)),
        ]
        if notice.redaction != "light":
            rows.append((t("strictness.least"), t(f"strictness.{notice.redaction}")))
        if notice.quiet_hours:
            rows.append((t("policy.quiet"), "; ".join(quiet_hours(row) for row in notice.quiet_hours)))
        return _card(t("policy.decided", organisation=notice.organisation), FactRows(rows))

    @staticmethod
    def _checked(notice: Notice) -> Card:
        rows = [
            (t("policy.assessment"), notice.assessment or t("policy.not_stated")),
            (t("policy.workers"), notice.worker_representation or t("policy.not_stated")),
            (t("policy.authority"), notice.authority or t("policy.not_stated")),
            (t("policy.questions"), notice.privacy_contact),
        ]
        return _card(t("policy.checked"), FactRows(rows))

    @staticmethod
    def _keys(notice: Notice) -> Card:
        card = _card(t("policy.keys"), Label(t("policy.keys.lead"), "small", colour="muted"))
        owners = [(notice.organisation, notice.organisation_words)]
        owners += [
            (f"{person.name}, {person.role}" if person.role else person.name, person.key_words)
            for person in notice.recipients
        ]
        for name, words in owners:
            card.body.addWidget(Label(name, bold=True))
            card.body.addWidget(WordsLabel(words))
        card.body.addWidget(Label(t("policy.hash"), bold=True))
        card.body.addWidget(Label(in_fours(notice.policy_hash), "small", selectable=True))
        return card


def cannot_card() -> Card:
    """What no policy can do, whoever signs it."""
    card = _card(t("policy.cannot"), Label(t("policy.cannot.lead"), "small", colour="muted"))
    for name in CANNOT:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("ui/denied", "ink", 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(t(f"policy.cannot.{name}")), 1)
        card.body.addLayout(row)
    return card


def _card(heading: str, *widgets: QWidget) -> Card:
    card = Card()
    card.body.addWidget(Label(heading, "section"))
    for widget in widgets:
        card.body.addWidget(widget)
    return card


def _use(use: str) -> str:
    return t(f"use.{use}") if current().has(f"use.{use}") else use
