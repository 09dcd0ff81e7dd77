"""What an employee can wish for what was sent already: have it deleted, see it, see who opened it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from agent import protocol
from agent.problems import Refused
from agent.protocol import Command, Report

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine

#: Takes the very command it stands beside in ANSWERS.
Answer: TypeAlias = Callable[["Engine", Any], Report]


def _not_yet(_engine: Engine, _command: Command) -> Report:
    """Refused by name, so that nobody takes it for done."""
    raise Refused("sent-not-here")


ANSWERS: Final[dict[type[Command], Answer]] = {
    protocol.AskDeletion: _not_yet,
    protocol.OpenSent: _not_yet,
    protocol.GetOpenings: _not_yet,
}
