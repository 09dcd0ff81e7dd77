"""The thread that sends what waits in the outbox. It touches the network only while there is something to send."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import httpx

from agent.problems import AgentError, Invalid
from agent.seal import Delivered, verify_receipt
from agent.upload.destination import Destination
from agent.upload.outbox import Outbox
from agent.upload.outcome import Accepted, Outcome, RefusedByCollector, RetryAfter
from agent.upload.schedule import CAP, SPACING, Budget, delay
from agent.upload.send import Cancelled, send

_STOP_SECONDS: Final = 5.0
#: A connection is kept over a pause of this many seconds; longer ones leave the network alone.
_KEEP_OPEN: Final = 1.0


@dataclass
class _Plan:
    """When what may be tried, in monotonic seconds. Belongs to the thread, but for ``hurry``."""

    budget: Budget
    failures: dict[str, int] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    in_a_row: int = 0
    all_due: float = 0.0
    asked: bool = False

    def next(self, pending: list[str], now: float) -> tuple[str | None, float]:
        """The batch to try now, or None and how long to wait. What never failed goes first."""
        if not pending:
            return None, CAP
        if now < self.all_due:
            return None, self.all_due - now
        batch = min(pending, key=lambda name: self.due.get(name, 0.0))
        wait = max(0.0, self.due.get(batch, 0.0) - now)
        if batch in self.failures:
            wait = max(wait, self.budget.wait(now))
        return (batch, 0.0) if wait <= 0 else (None, wait)

    def trying(self, batch: str, now: float) -> None:
        if batch in self.failures:
            self.budget = self.budget.spent(now)

    def done(self, batch: str, now: float) -> None:
        self.failures.pop(batch, None)
        self.due.pop(batch, None)
        self.in_a_row = 0
        self.asked = False
        self.all_due = now + SPACING

    def failed(self, batch: str, seconds: float | None, chance: float, now: float) -> None:
        self.failures[batch] = self.failures.get(batch, 0) + 1
        self.in_a_row += 1
        self.due[batch] = now + delay(self.failures[batch], chance, seconds)
        self.all_due = now + delay(self.in_a_row, chance, seconds)
        self.asked = seconds is not None

    def hurry(self, now: float) -> None:
        """Something new: tried at once, unless the collector itself asked for a pause."""
        if not self.asked:
            self.all_due = min(self.all_due, now)


def _chance() -> float:
    return secrets.randbelow(1 << 30) / (1 << 30)


class Uploader:
    """One batch at a time. ``on_outcome`` is called from the thread and only enqueues.

    A RetryAfter without a batch id is about the outbox or the thread as a whole.
    An Accepted is told once the receipt is durable in the outbox, and again after a restart until the owner has
    removed the batch: so it is never lost, and the owner goes by batch id.
    """

    def __init__(
        self,
        outbox: Outbox,
        destination: Destination,
        on_outcome: Callable[[Outcome], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = _chance,
    ) -> None:
        self._outbox = outbox
        self._to = destination
        self._tell = on_outcome
        self._clock = clock
        self._chance = chance
        self._plan = _Plan(Budget.full(clock()))
        self._told: set[str] = set()
        self._change = threading.Condition()
        self._woken = False
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin with what is pending. A second start without stop is an error."""
        if self._thread is not None:
            raise RuntimeError("the uploader was started already")
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="uploader", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something new in the outbox: it is tried at once. Retries keep their schedule."""
        with self._change:
            self._woken = True
            self._change.notify()

    def stop(self, timeout: float = _STOP_SECONDS) -> None:
        """No batch is begun after this, one on its way is broken off between two pieces. Twice is fine.

        A collector that has everything and does not answer can outlast ``timeout`` (seconds); its batch stays in the
        outbox and the next start asks for its receipt.
        """
        self._stopping.set()
        self.wake()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout)

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        client: httpx.Client | None = None
        try:
            while not self._stopping.is_set():
                batch, wait = self._choose()
                if batch is None:
                    if client is not None and wait > _KEEP_OPEN:
                        client.close()
                        client = None
                    self._rest(wait)
                    continue
                if client is None:
                    client = self._to.client()
                self._try(batch, client)
        except BaseException:
            # Whatever it is, it must not stop in silence.
            self._tell(RetryAfter("", None, "upload-unreachable", {"detail": "Sending has stopped by a fault."}))
            raise
        finally:
            if client is not None:
                client.close()

    def _choose(self) -> tuple[str | None, float]:
        try:
            pending = list(self._outbox.pending())
            self._told &= set(pending)
            waiting = [batch for batch in pending if batch not in self._told and not self._told_again(batch)]
        except AgentError as error:
            self._tell(RetryAfter("", None, error.code, error.facts))
            return None, CAP
        return self._plan.next(waiting, self._clock())

    def _told_again(self, batch: str) -> bool:
        """Acknowledged before a restart, and nobody took note: say it again instead of sending it again."""
        document = self._outbox.receipt(batch)
        if document is None:
            return False
        try:
            sealed = self._outbox.read(batch)
            if sealed is None:
                return False
            about = Delivered(batch, sealed.digest, len(sealed.data))
            receipt = verify_receipt(document, self._to.collector_key, about)
        except Invalid:
            return False
        self._told.add(batch)
        self._tell(Accepted(batch, receipt, document))
        return True

    def _rest(self, seconds: float) -> None:
        with self._change:
            if not self._woken:
                self._change.wait(seconds)
            if self._woken:
                self._woken = False
                self._plan.hurry(self._clock())

    def _try(self, batch: str, client: httpx.Client) -> None:
        self._plan.trying(batch, self._clock())
        try:
            outcome = self._send(batch, client)
        except Cancelled:
            return
        if outcome is None:
            self._plan.done(batch, self._clock())
            return
        if isinstance(outcome, RetryAfter):
            self._plan.failed(batch, outcome.seconds, self._chance(), self._clock())
        else:
            self._plan.done(batch, self._clock())
            self._told.add(batch)
        self._tell(outcome)

    def _send(self, batch: str, client: httpx.Client) -> Outcome | None:
        """The outcome, durable in the outbox before anybody is told. None: the batch is gone."""
        try:
            sealed = self._outbox.read(batch)
            if sealed is None:
                return None
            outcome = send(sealed, self._to, client, self._stopping.is_set, self._tell)
        except AgentError as error:
            if error.code != "batch-invalid":
                return RetryAfter(batch, None, error.code, error.facts)
            outcome = RefusedByCollector(batch, error.code, error.facts)
        try:
            if isinstance(outcome, Accepted):
                self._outbox.acknowledged(batch, outcome.document)
            elif isinstance(outcome, RefusedByCollector):
                self._outbox.set_aside(batch, outcome.problem, outcome.facts)
        except AgentError as error:
            return RetryAfter(batch, None, error.code, error.facts)
        return outcome
