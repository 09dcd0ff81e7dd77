"""Screen 4: what may be collected. Here, and only here, is the yes."""

from __future__ import annotations

import hashlib

from PySide6.QtWidgets import QHBoxLayout

from agent.protocol import Done, Give, Notice
from ui.components import Button, same_width
from ui.consent_grid import ConsentGrid
from ui.engine import Engine, Reply
from ui.first_run.screen import Screen
from ui.notice_facts import full_rows
from ui.text import current, t


def shown_digest(notice: Notice) -> str:
    """SHA-256 of the notice as it was shown, language included: part of the receipt."""
    lines = [current().language, *(f"{name}: {value}" for name, value in full_rows(notice))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Choice(Screen):
    """The grid and the two equal answers. Nothing is ticked by us."""

    def __init__(self, engine: Engine, notice: Notice) -> None:
        super().__init__(engine, notice, t("first.4.heading"), t("first.4.lead"))
        self.grid = ConsentGrid(notice)
        self.grid.changed.connect(self.changed.emit)
        self.body.addWidget(self.grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        none = Button(t("grid.tick_none"), lambda: self.grid.tick(everything=False))
        everything = Button(t("grid.tick_all"), lambda: self.grid.tick(everything=True))
        same_width(none, everything)
        row.addWidget(none)
        row.addWidget(everything)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    @property
    def note(self) -> str:
        ticked = len(self.grid.cells())
        return t("first.4.ticked", n=ticked, total=self.grid.total()) if ticked else t("first.4.nothing")

    @property
    def next_words(self) -> str:
        return t("first.4.yes")

    @property
    def ready(self) -> bool:
        return bool(self.grid.cells())

    def go(self) -> None:
        command = Give(
            id=0,
            notice=self.notice.notice,
            cells=self.grid.cells(),
            programs=(),
            language=current().language,
            shown=shown_digest(self.notice),
        )
        self.engine.ask(command, self._answered)

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Done) and not reply.problem:
            self.done.emit()
        else:
            self.failed.emit(reply if isinstance(reply, Done) else Done(problem="protocol-invalid"))
