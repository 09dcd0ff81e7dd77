"""When the uploader runs, and what came of it. It runs only under an agreement, and only to where that says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.problems import AgentError
from agent.upload import Accepted, Outcome, Uploader

if TYPE_CHECKING:  # the engine is what is served; only the type comes from there
    from agent.engine.engine import Engine


class Uploads:
    """One uploader or none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._uploader: Uploader | None = None
        self._under = ""
        self._outcomes: list[Outcome] = []

    @property
    def running(self) -> bool:
        """Is there an uploader, at work or at rest?"""
        return self._uploader is not None

    def wake(self) -> None:
        """Start the uploader when there is something to send and an agreement in force, and only then."""
        engine = self._engine
        policy, opened = engine.terms.policy, engine.stores.opened
        if policy is None or opened is None or not self._agreed() or not opened.outbox.pending():
            return
        if self._uploader is None:
            try:
                destination = engine.terms.destination()
            except AgentError as error:
                engine.problems.raise_(error)  # what was sealed stays here, encrypted, until there is a right address
                return
            engine.delivery.leaving()
            self._uploader = Uploader(opened.outbox, destination, engine.inbox.put)
            self._uploader.start()
            self._under = policy.hash
        else:
            engine.delivery.leaving()
        self._uploader.wake()

    def follow(self) -> None:
        """Nothing is sent without an agreement, nor to where an earlier policy said: a new host is a new question."""
        policy = self._engine.terms.policy
        if self._uploader is not None and not (self._agreed() and policy and policy.hash == self._under):
            self.stop()

    def stop(self) -> None:
        """Nothing more leaves."""
        if self._uploader is not None:
            self._uploader.stop()
            self._uploader = None

    def came(self, outcome: Outcome) -> None:
        """News of the uploader."""
        problems = self._engine.problems
        if isinstance(outcome, Accepted):
            problems.clear("upload-unreachable", "upload-refused", "receipt-invalid")
        else:
            problems.set(outcome.problem, **outcome.facts)
        self._outcomes.append(outcome)
        self._engine.trying(self.take)

    def take(self) -> None:
        """Write the news down. What cannot be written stays, for the next time."""
        while self._outcomes:
            self._engine.delivery.outcome(self._outcomes[0], self._engine.wall())
            del self._outcomes[0]

    def _agreed(self) -> bool:
        effective = self._engine.effective
        return effective is not None and bool(effective.cells)
