"""The window of the question with an engine that remembers, and the shortest way to each of its screens."""

from __future__ import annotations

from agent.protocol import Command
from tests.fakes import samples
from tests.fakes.pages import PagesEngine
from ui.components import Label
from ui.engine import Reply
from ui.first_run.window import FirstRun
from ui.state import State

OFF = samples.snapshot(state="off", consent="never-asked", decision=True, waiting=0, given=(), sending_mode="")


class Asked:
    """``window`` is shown; ``closed`` grows when it goes."""

    def __init__(self, answers: dict[type[Command], Reply] | None = None) -> None:
        self.engine = PagesEngine(answers)
        self.state = State(clock=lambda: 0.0)
        self.state.take(OFF)
        self.window = FirstRun(self.engine, self.state)
        self.closed: list[bool] = []
        self.window.closed.connect(lambda: self.closed.append(True))
        self.window.show()

    def tick(self, *cells: tuple[str, str]) -> None:
        for cell in cells or (("train", "text"),):
            self.window.choice.grid.box(*cell).click()

    def go_to(self, screen: int) -> None:
        """By the right button, ticking one cell on the way."""
        for place in range(1, screen):
            if place == 4:
                self.tick()
            self.window.next.click()
            if place == 4:
                self.state.take(samples.snapshot(state="elsewhere", waiting=0, sending_mode="", decision=False))

    def heading(self) -> str:
        shown = self.window.screen_shown
        return shown.heading.text() if shown is not None else ""

    def words(self) -> str:
        """Everything that is shown."""
        labels = [label.text() for label in self.window.findChildren(Label) if label.isVisibleTo(self.window)]
        return " ".join(labels)
