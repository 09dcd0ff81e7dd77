"""About, rights and contacts: what this program is, what it cannot promise, and whom to ask."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from agent.protocol import GetNotice, Notice
from ui.components import Card, FactRows, Label
from ui.engine import Engine, Reply
from ui.pages.base import Page
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import t

WEAKNESSES: Final = ("fork", "root", "x11", "swap", "redaction", "network")
STOPPING: Final = ("pause", "exclude", "delete", "withdraw", "quit")
RIGHTS: Final = ("no_cost", "see", "erase", "copy", "complain")


class RightsPage(Page):
    """How to stop, what a person may ask for, and where."""

    key: ClassVar[str] = "rights"
    title_key: ClassVar[str] = "rights.title"
    nav_key: ClassVar[str] = "nav.rights"
    lead_key: ClassVar[str] = "rights.lead"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self._scrolled = Scrolled(t(self.title_key))
        self.body.addWidget(self._scrolled, 1)

    def activate(self) -> None:
        self.engine.ask(GetNotice(id=0), self._show)

    def _show(self, reply: Reply) -> None:
        self._scrolled.clear()
        column = self._scrolled.column
        column.addWidget(_sentences(t("rights.stop"), "rights.stop", STOPPING))
        column.addWidget(_sentences(t("rights.yours"), "rights.yours", RIGHTS))
        if isinstance(reply, Notice):
            card = Card()
            card.body.addWidget(Label(t("rights.contacts"), "section"))
            rows = [
                (t("rights.organisation"), f"{reply.organisation}, {reply.address}"),
                (t("rights.privacy"), reply.privacy_contact),
                (t("rights.workers"), reply.worker_representation or t("policy.not_stated")),
                (t("rights.authority"), reply.authority or t("policy.not_stated")),
            ]
            card.body.addWidget(FactRows(rows))
            column.addWidget(card)
        column.addStretch(1)


class AboutPage(Page):
    """What it is, and its known weaknesses, in the same size of type."""

    key: ClassVar[str] = "about"
    title_key: ClassVar[str] = "about.title"
    nav_key: ClassVar[str] = "nav.about"
    lead_key: ClassVar[str] = "about.lead"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        scrolled = Scrolled(t(self.title_key))
        self.body.addWidget(scrolled, 1)
        what = Card()
        what.body.addWidget(Label(t("about.what"), "section"))
        what.body.addWidget(Label(t("about.what.text")))
        what.body.addWidget(FactRows([(t("about.version"), _version()), (t("about.licence"), "Apache-2.0")]))
        scrolled.column.addWidget(what)
        scrolled.column.addWidget(_sentences(t("about.weak"), "about.weak", WEAKNESSES))
        scrolled.column.addStretch(1)


def _sentences(heading: str, prefix: str, names: tuple[str, ...]) -> Card:
    card = Card()
    card.body.addWidget(Label(heading, "section"))
    card.body.addWidget(
        FactRows([(t(f"{prefix}.{name}"), t(f"{prefix}.{name}.text")) for name in names]),
    )
    return card


def _version() -> str:
    try:
        return version("aboveboard")
    except PackageNotFoundError:
        return t("about.version.unknown")
