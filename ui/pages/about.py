"""About: what this program is, and what it cannot promise."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from ui.components import Card, FactRows, Label
from ui.engine import Engine
from ui.pages.base import Page
from ui.pages.rights import sentences
from ui.pages.scrolled import Scrolled
from ui.state import State
from ui.text import t

WEAKNESSES: Final = ("fork", "root", "x11", "swap", "redaction", "network")


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
        scrolled.column.addWidget(sentences(t("about.weak"), "about.weak", WEAKNESSES))
        scrolled.column.addStretch(1)


def _version() -> str:
    try:
        return version("aboveboard")
    except PackageNotFoundError:
        return t("about.version.unknown")
