"""What was let go and has not left: until when it can be taken back, and two equal answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from agent.protocol import Snapshot
from ui.components import Bar, Button
from ui.text import t
from ui.when import clock


class LeavingBar(Bar):
    """Shown while something is approved. take_back: all of it waits again. send_now: it leaves at once."""

    def __init__(
        self, take_back: Callable[[], object], send_now: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        back, now = Button(t("waiting.take_back_all"), take_back), Button(t("waiting.send_now"), send_now)
        super().__init__(back, now, parent=parent)
        self.take_back, self.send_now = back, now

    def render_state(self, snapshot: Snapshot) -> None:
        """Say how many leave, and when at the latest: the very minute would say nothing more."""
        until = clock(snapshot.leaving_at) if snapshot.leaving_at is not None else clock(snapshot.at + 3600)
        self.say(t("waiting.leaving", n=snapshot.leaving, time=until) if snapshot.leaving else "")
