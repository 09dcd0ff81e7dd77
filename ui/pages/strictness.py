"""How much is taken out of texts: three words to choose from, and what the organisation wants at least."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from agent.policy.keys import STRICTNESS
from agent.protocol import Done, SetRedaction, Snapshot, Strictness
from ui.components import Card, Label, Segmented
from ui.engine import Engine, Reply
from ui.text import problem, t

_CHOICES: Final[tuple[Strictness, ...]] = ("light", "balanced", "strict")
_MARGINS: Final = 34


class StrictnessCard(Card):
    """``follow`` shows what the engine says. The stricter of what is chosen here and what the policy wants holds."""

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._engine = engine
        self._chosen: Strictness = "balanced"
        self.body.addWidget(Label(t("strictness.title"), "section"))
        self.body.addWidget(Label(t("strictness.lead"), colour="muted"))
        self.choice = Segmented(
            t("strictness.title"), [(each, t(f"strictness.{each}")) for each in _CHOICES], self._chosen
        )
        self.choice.chosen.connect(self._choose)
        self.body.addWidget(self.choice)
        self.means = Label("", colour="muted")
        self.body.addWidget(self.means)
        self.outcome = Label("", colour="muted")
        self.outcome.hide()
        self.body.addWidget(self.outcome)
        self._say("balanced", "")

    def follow(self, snapshot: Snapshot) -> None:
        """What holds now, and what of it is the employee's own choice."""
        self._chosen = snapshot.redaction_chosen
        if self.choice.selected() != self._chosen:
            self.choice.select(self._chosen)
        stricter = STRICTNESS.index(snapshot.redaction) > STRICTNESS.index(snapshot.redaction_chosen)
        self._say(snapshot.redaction, (snapshot.organisation or t("programs.your_org")) if stricter else "")

    def _say(self, holds: Strictness, organisation: str) -> None:
        words = t(f"strictness.{holds}.means")
        if organisation:
            words = f"{t('strictness.theirs', organisation=organisation, what=t(f'strictness.{holds}'))} {words}"
        self.means.set_words(words)

    def _choose(self, key: str) -> None:
        wanted = next(each for each in _CHOICES if each == key)
        self._engine.ask(SetRedaction(id=0, strictness=wanted), self._done)

    def _done(self, reply: Reply) -> None:
        if isinstance(reply, Done) and not reply.problem:
            self.outcome.set_words(t("words.saved", n=reply.count))
        else:
            words = problem(reply.problem if isinstance(reply, Done) else "engine-stopped")
            self.outcome.set_words(f"{words.title}. {words.remedy}")
            self.choice.select(self._chosen)
        self.outcome.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        self.choice.fit(event.size().width() - _MARGINS)
        super().resizeEvent(event)
