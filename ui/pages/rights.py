"""Rights and contacts: take everything along, the recovery sheet, how to stop, what one may ask for, and whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar, Final, Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from agent.protocol import Done, Export, GetNotice, Notice, Saved, SaveSheet
from ui.components import Button, Card, FactRows, Label
from ui.components.buttons import same_width
from ui.engine import Engine, Reply
from ui.pages.base import Page
from ui.pages.scrolled import Scrolled
from ui.places import folder_in_folder, new_file
from ui.state import State
from ui.text import current, problem, t

STOPPING: Final = ("pause", "exclude", "delete", "withdraw", "quit")
RIGHTS: Final = ("no_cost", "see", "erase", "copy", "complain")

#: Asks where to write: parent, title, proposed name -> path, empty for nowhere.
Choose: TypeAlias = Callable[[QWidget, str, str], str]


class Taking(Card):
    """Two buttons with what they do, and what came of the last press.

    choose_folder, choose_file: the system's dialogs, or what stands for the person in a test.
    """

    def __init__(
        self,
        engine: Engine,
        choose_folder: Choose = folder_in_folder,
        choose_file: Choose = new_file,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._engine = engine
        self._choose_folder = choose_folder
        self._choose_file = choose_file
        self.body.addWidget(Label(t("rights.take"), "section"))
        self.export = Button(t("rights.take.export"), self._export)
        self.sheet = Button(t("rights.take.sheet"), self._sheet)
        same_width(self.export, self.sheet)
        for button, words in ((self.export, "rights.take.export.text"), (self.sheet, "rights.take.sheet.text")):
            self.body.addWidget(Label(t(words)))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.outcome = Label("", selectable=True)
        self.outcome.hide()
        self.body.addWidget(self.outcome)

    def _export(self) -> None:
        place = self._choose_folder(self, t("rights.take.export.where"), f"aboveboard-{_today()}")
        if place:
            self._wait()
            self._engine.ask(Export(id=0, folder=place, language=_written()), self._done)

    def _sheet(self) -> None:
        place = self._choose_file(self, t("rights.take.sheet.where"), f"aboveboard-{_today()}.html")
        if place:
            self._wait()
            self._engine.ask(SaveSheet(id=0, file=place, language=_written()), self._done)

    def _wait(self) -> None:
        self._say(t("rights.take.writing"))
        for button in (self.export, self.sheet):
            button.setEnabled(False)

    def _done(self, reply: Reply) -> None:
        for button in (self.export, self.sheet):
            button.setEnabled(True)
        if isinstance(reply, Saved):
            self._say(t("rights.take.saved", place=reply.place, n=reply.files))
        elif isinstance(reply, Done) and reply.problem:
            words = problem(reply.problem, reply.facts)
            self._say(" ".join(part for part in (f"{words.title}.", words.text, words.remedy) if part))
        else:
            self._say("")

    def _say(self, words: str) -> None:
        self.outcome.set_words(words)
        self.outcome.setVisible(bool(words))


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _written() -> Literal["en", "de"]:
    return "de" if current().language == "de" else "en"


class RightsPage(Page):
    """What a person can do alone comes first; then what they may ask for, and where."""

    key: ClassVar[str] = "rights"
    title_key: ClassVar[str] = "rights.title"
    nav_key: ClassVar[str] = "nav.rights"
    lead_key: ClassVar[str] = "rights.lead"

    def __init__(self, engine: Engine, state: State, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self._scrolled = Scrolled(t(self.title_key))
        self.body.addWidget(self._scrolled, 1)
        self.taking = Taking(engine)
        self._scrolled.column.addWidget(self.taking)
        self._scrolled.column.addWidget(sentences(t("rights.stop"), "rights.stop", STOPPING))
        self._scrolled.column.addWidget(sentences(t("rights.yours"), "rights.yours", RIGHTS))
        self._contacts: Card | None = None
        self._scrolled.column.addStretch(1)

    def activate(self) -> None:
        self.engine.ask(GetNotice(id=0), self._show)

    def _show(self, reply: Reply) -> None:
        if self._contacts is not None:
            self._contacts.hide()
            self._contacts.deleteLater()
            self._contacts = None
        if isinstance(reply, Notice):
            self._contacts = card = Card()
            card.body.addWidget(Label(t("rights.contacts"), "section"))
            rows = [
                (t("rights.organisation"), f"{reply.organisation}, {reply.address}"),
                (t("rights.privacy"), reply.privacy_contact),
                (t("rights.workers"), reply.worker_representation or t("policy.not_stated")),
                (t("rights.authority"), reply.authority or t("policy.not_stated")),
            ]
            card.body.addWidget(FactRows(rows))
            self._scrolled.column.insertWidget(3, card)


def sentences(heading: str, prefix: str, names: tuple[str, ...]) -> Card:
    """A card of names and what they mean, from the catalogue."""
    card = Card()
    card.body.addWidget(Label(heading, "section"))
    card.body.addWidget(
        FactRows([(t(f"{prefix}.{name}"), t(f"{prefix}.{name}.text")) for name in names]),
    )
    return card
