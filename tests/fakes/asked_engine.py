"""The engine as pages see it, in memory: remembers what was asked, answers what was prepared."""

from __future__ import annotations

from typing import TypeVar

from agent.protocol import Command, Done
from ui.engine import Reply, Then

Kind = TypeVar("Kind", bound=Command)


class AskedEngine:
    """``answers``: command type -> the reply given at once (default: Done). ``asked``: every command, in order."""

    def __init__(self, answers: dict[type[Command], Reply] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[Command] = []
        self.restarts = 0

    def ask(self, command: Command, then: Then | None = None) -> None:
        self.asked.append(command)
        if then is not None:
            then(self.answers.get(type(command), Done()))

    def restart(self) -> bool:
        self.restarts += 1
        return self.restarts <= 3

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The commands of one type, in order."""
        return [command for command in self.asked if isinstance(command, kind)]
