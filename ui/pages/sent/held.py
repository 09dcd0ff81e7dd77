"""What is sealed waits for another network or for mains: why, and a button for whoever wants to send it anyway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from agent.protocol import ActiveProblem, Snapshot
from ui.components import Bar, Button
from ui.text import problem, t

#: Codes of what only costs something; the person decides.
HELD: Final = ("upload-held-metered", "upload-held-battery")


class HeldBar(Bar):
    """Shown while something is held back. send_anyway: the person lets it leave all the same."""

    def __init__(self, send_anyway: Callable[[], object], parent: QWidget | None = None) -> None:
        anyway = Button(t("sent.anyway"), send_anyway)
        super().__init__(anyway, parent=parent)
        self.anyway = anyway

    def render_state(self, snapshot: Snapshot | None) -> None:
        """Say what is true now; with no fresh snapshot nothing is known."""
        found = _first(snapshot)
        words = problem(found.code, found.facts) if found is not None else None
        self.say(f"{words.title}. {words.text}" if words is not None else "")


def _first(snapshot: Snapshot | None) -> ActiveProblem | None:
    problems = snapshot.problems if snapshot is not None else ()
    return next((one for one in problems if one.code in HELD), None)
