"""What pages know of the engine: they can ask it. Made real in engine_process, by a fake in tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from agent.protocol import (
    Command,
    Done,
    History,
    Live,
    Notice,
    OpenedSent,
    Openings,
    Programs,
    Receipt,
    Receipts,
    Record,
    Saved,
    Sent,
    Snapshot,
    Waiting,
)

Reply: TypeAlias = (
    Done
    | Notice
    | Programs
    | Waiting
    | Record
    | Sent
    | OpenedSent
    | Openings
    | History
    | Receipts
    | Receipt
    | Saved
    | Snapshot
    | Live
)
Then: TypeAlias = Callable[[Reply], None]


class Engine(Protocol):
    """The other side of the pipe."""

    def ask(self, command: Command, then: Then | None = None) -> None:
        """Send ``command`` (its ``id`` is replaced by a fresh one); ``then`` gets the one answer.

        If the engine is not there, or goes before it answers, ``then`` gets ``Done(problem="engine-stopped")``.
        Use as ``engine.ask(GetWaiting(id=0, offset=0, limit=50), self._filled)``.
        """

    def restart(self) -> bool:
        """Start the engine again. False: it was started too often (3 times in 10 minutes)."""
