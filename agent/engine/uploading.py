"""When the uploader runs, and what came of it. It runs only under an agreement, only to where that says, and not over a
metered network or on a low battery.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from agent.problems import AgentError, Unavailable
from agent.upload import Accepted, Enrolled, Outcome, Uploader
from agent.upload.schedule import held_back

if TYPE_CHECKING:  # the engine is what is served; only the type comes from there
    from agent.engine.engine import Engine

#: Seconds between two looks at network and battery while something waits to be sent.
LOOK_EVERY: Final = 20.0
_ENROLMENT: Final = ("enrolment-ended", "enrolment-refused", "upload-unauthorised")
Held: TypeAlias = Literal["", "metered", "battery"]


class Uploads:
    """One uploader or none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._uploader: Uploader | None = None
        self._under = ""
        self._outcomes: list[Outcome] = []
        self._looked = self._followed = float("-inf")
        self._held: Held = ""
        self._anyway = False

    @property
    def running(self) -> bool:
        """Is there an uploader, at work or at rest?"""
        return self._uploader is not None

    def wake(self) -> None:
        """Start the uploader when there is something to send and an agreement in force, and only then."""
        engine = self._engine
        policy, opened = engine.terms.policy, engine.stores.opened
        if policy is None or opened is None or not self._agreed() or not opened.outbox.pending():
            self._nothing_waits()
            return
        if self._held_back():
            self._halt()
            return
        if self._uploader is None:
            try:
                destination = replace(engine.terms.destination(), device=engine.stores.device_key())
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
        if self._uploader is None:
            return
        policy, opened, now = self._engine.terms.policy, self._engine.stores.opened, self._engine.now()
        if not (self._agreed() and policy and policy.hash == self._under):
            self.stop()
        elif now - self._followed >= LOOK_EVERY:
            self._followed = now
            if opened is not None and opened.outbox.pending() and self._held_back():
                self._halt()

    def send_anyway(self) -> None:
        """The employee lets what waits leave on this network and this battery."""
        self._anyway = True
        self.wake()

    def _held_back(self) -> bool:
        """Is the network metered or the battery low? Asked of the system now and then, and shown while it is so."""
        now, problems = self._engine.now(), self._engine.problems
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            means = self._engine.native.session.means()
            self._held = held_back(
                metered=means.metered, on_battery=means.on_battery, percent=means.percent, warned=means.warned
            )
        held = "" if self._anyway else self._held
        problems.replace("sending", Unavailable(f"upload-held-{held}") if held else None)
        return bool(held)

    def _nothing_waits(self) -> None:
        """What the employee allowed was for what waited then."""
        self._anyway = False
        self._engine.problems.replace("sending", None)

    def stop(self) -> None:
        """Nothing more leaves."""
        self._halt()
        self._nothing_waits()

    def _halt(self) -> None:
        if self._uploader is not None:
            self._uploader.stop()
            self._uploader = None

    def came(self, outcome: Outcome) -> None:
        """News of the uploader."""
        problems = self._engine.problems
        if isinstance(outcome, Accepted):
            problems.clear("upload-unreachable", "upload-refused", "receipt-invalid", *_ENROLMENT)
        elif isinstance(outcome, Enrolled):
            problems.clear(*_ENROLMENT)
        else:
            problems.set(outcome.problem, **outcome.facts)
        self._outcomes.append(outcome)
        self._engine.trying(self.take)

    def take(self) -> None:
        """Write the news down. What cannot be written stays, for the next time."""
        while self._outcomes:
            self._engine.delivery.outcome(self._outcomes[0], self._engine.wall())
            del self._outcomes[0]
        opened = self._engine.stores.opened
        if opened is None or not opened.outbox.pending():
            self._nothing_waits()

    def _agreed(self) -> bool:
        effective = self._engine.effective
        return effective is not None and bool(effective.cells)
