"""Programs and exclusions: only what is set to Collect is recorded; who decided stands beside the rest."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from agent.protocol import Collect, Done, GetPrograms, ProgramRow, Programs, SetOwnWords, Snapshot
from ui.components import Button, Card, EmptyState, Icon, Label, Question, Segmented
from ui.engine import Engine, Reply
from ui.flows import Flows
from ui.pages.base import Page
from ui.pages.quiet import QuietCard
from ui.pages.scrolled import Scrolled
from ui.pages.strictness import StrictnessCard
from ui.program_tile import LetterTile, free, standing_icon, standing_words
from ui.state import State
from ui.text import problem, t
from ui.theme import theme

#: What is told of, in this order; the address stands in its own place.
_OWN: Final = ("account", "name", "computer")


class ProgramsPage(Page):
    """Fetched each time it is opened. Excluding asks about what already waits, through ``flows``."""

    key: ClassVar[str] = "programs"
    title_key: ClassVar[str] = "programs.title"
    nav_key: ClassVar[str] = "nav.programs"
    lead_key: ClassVar[str] = "programs.lead"

    def __init__(self, engine: Engine, state: State, flows: Flows, parent: QWidget | None = None) -> None:
        super().__init__(engine, state, parent)
        self._flows = flows
        self._rows: list[tuple[str, QWidget]] = []
        self._segments: dict[str, Segmented] = {}
        self._words: tuple[str, ...] = ()
        self._home = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("programs.find"))
        self.search.setAccessibleName(t("programs.find"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.search.addAction(theme().icon("ui/search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filter)
        self.controls.addWidget(self.search)
        self._scrolled = scrolled = Scrolled(t("programs.title"))
        self._card = Card(margin=0)
        self._card.body.setSpacing(0)
        scrolled.column.addWidget(self._card)
        self._none = EmptyState("nav/programs", t("programs.none"), t("programs.none.more"))
        scrolled.column.addWidget(self._none)
        scrolled.column.addWidget(self._own_words())
        self.strictness = StrictnessCard(engine)
        scrolled.column.addWidget(self.strictness)
        self.quiet = QuietCard(engine)
        scrolled.column.addWidget(self.quiet)
        scrolled.column.addStretch(1)
        self.body.addWidget(scrolled, 1)

    def _own_words(self) -> Card:
        card = Card()
        card.body.addWidget(Label(t("words.title"), "section"))
        card.body.addWidget(Label(t("words.lead"), colour="muted"))
        self._edit = QPlainTextEdit()
        self._edit.setAccessibleName(t("words.title"))
        self._edit.setObjectName("bytes")
        self._edit.setTabChangesFocus(True)
        self._edit.setMinimumHeight(92)
        self._edit.setMaximumHeight(160)
        self._edit.document().setDocumentMargin(8)
        card.body.addWidget(self._edit)
        self._by_itself = Label("", colour="muted")
        self._by_itself.hide()
        card.body.addWidget(self._by_itself)
        card.body.addWidget(Label(t("words.home"), "small", colour="muted"))
        self.home = QLineEdit()
        self.home.setAccessibleName(t("words.home"))
        self.home.setPlaceholderText(t("words.home.hint"))
        card.body.addWidget(self.home)
        row = QHBoxLayout()
        row.addWidget(Button(t("words.save"), self._save_words))
        self._saved = Label("", colour="muted")
        row.addWidget(self._saved, 1)
        card.body.addLayout(row)
        return card

    # ------------------------------------------------------------ what is shown

    def activate(self) -> None:
        self.engine.ask(GetPrograms(id=0), self._filled)
        self.quiet.ask()

    def render_state(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            self.quiet.follow(snapshot)
            self.strictness.follow(snapshot)
        if snapshot is not None and snapshot.own_words != self._words:
            self._words = snapshot.own_words
            self._edit.setPlainText("\n".join(snapshot.own_words))
        if snapshot is not None and snapshot.home_address != self._home:
            self._home = snapshot.home_address
            self.home.setText(self._home)
        known = [t(f"words.own.{what}") for what in _OWN if snapshot is not None and what in snapshot.own]
        self._by_itself.set_words(t("words.auto", what=", ".join(known)))
        self._by_itself.setVisible(bool(known))

    def to_quiet_hours(self) -> None:
        """Bring them into sight."""
        self._scrolled.ensureWidgetVisible(self.quiet.save)

    def _filled(self, reply: Reply) -> None:
        rows = reply.rows if isinstance(reply, Programs) else ()
        while (item := self._card.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._segments.clear()
        self._rows = [(f"{row.name} {row.id}".casefold(), self._row(row)) for row in rows]
        for _, widget in self._rows:
            self._card.body.addWidget(widget)
        self._filter(self.search.text())

    def _row(self, row: ProgramRow) -> QWidget:
        frame = QFrame()
        line = QHBoxLayout(frame)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(LetterTile(row.name))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(row.name))
        why = standing_words(row, self._organisation()) or t(f"programs.why.{row.standing}")
        words.addWidget(Label(why, "small", colour="muted"))
        words.addStretch(1)
        line.addLayout(words, 1)
        if free(row):
            options = [("collect", t("programs.collect")), ("dont-collect", t("programs.dont_collect"))]
            segment = Segmented(row.name, options, row.standing)
            segment.chosen.connect(lambda key: self._chosen(row, key))
            self._segments[row.id] = segment
            line.addWidget(segment)
        else:
            line.addWidget(Icon(standing_icon(row), "muted", 16))
            name = t("programs.protected") if row.standing == "protected" else self._not_allowed()
            line.addWidget(Label(name, colour="muted", wrap=False))
        return frame

    def _not_allowed(self) -> str:
        return t("programs.not_allowed", organisation=self._organisation())

    def _organisation(self) -> str:
        snapshot = self.state.snapshot
        return snapshot.organisation if snapshot is not None and snapshot.organisation else t("programs.your_org")

    def _filter(self, wanted: str) -> None:
        found = False
        for words, widget in self._rows:
            fits = wanted.casefold().strip() in words
            widget.setVisible(fits)
            widget.setProperty("ruled", fits and found)
            widget.style().unpolish(widget)
            widget.style().polish(widget)
            found = found or fits
        self._card.setVisible(found)
        self._none.setVisible(not found)
        if not self._rows:
            self._none.set_words(t("programs.nothing"), t("programs.none.more"))
        else:
            self._none.set_words(t("programs.none"), t("programs.none.more"))

    # ------------------------------------------------------------ what can be done

    def _chosen(self, row: ProgramRow, key: str) -> None:
        if key == "collect":
            self.engine.ask(Collect(id=0, program=row.id), self._done)
        else:
            self._flows.exclude(row.id, row.name)

    def _save_words(self) -> None:
        words = tuple(line.strip() for line in self._edit.toPlainText().splitlines() if line.strip())
        self.engine.ask(SetOwnWords(id=0, words=words, home=self.home.text().strip()), self._words_saved)

    def _words_saved(self, reply: Reply) -> None:
        if isinstance(reply, Done) and not reply.problem:
            self._saved.set_words(t("words.saved", n=reply.count))
        else:
            self._done(reply)

    def _done(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            words = problem(reply.problem, reply.facts)
            Question(words.title, [words.text, words.remedy], t("action.close"), parent=self.window()).show()
        self.activate()
