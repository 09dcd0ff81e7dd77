"""The end of an agreement, by a no or a withdrawal: made durable first, then carried through, also after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.consent import ConsentState
from agent.engine import receipts

if TYPE_CHECKING:  # the engine is what is ended; only the type comes from there
    from agent.engine.engine import Engine


def end(engine: Engine, state: ConsentState) -> int:
    """Nothing is given any more: ``state`` says so. What was not sent is destroyed; returns how many records waited."""
    engine.pipeline.wipe()
    engine.uploads.stop()
    engine.stores.save_consent(state)
    return _carry_through(engine)


def finish(engine: Engine) -> None:
    """After a start: a no that was durable when the process ended in the middle of it. Without one nothing happens.

    A pseudonym that was ended has a successor whose ledger is empty until the next yes.
    """
    opened, decision = engine.stores.opened, engine.stores.consent.decision
    if opened is None or decision not in {"refused", "withdrawn"}:
        return
    if opened.ledger.entries() or opened.records.count() or opened.outbox.pending():
        _carry_through(engine)


def _carry_through(engine: Engine) -> int:
    """Every step may be done twice: a crash leaves less, never more."""
    opened, choices = engine.stores.open(), engine.stores.choices
    entry = "consent-refused" if engine.stores.consent.decision == "refused" else "consent-withdrawn"
    count = opened.records.clear()
    engine.delivery.destroy_unsent(engine.wall())
    if entry not in {known.kind for known in opened.ledger.entries()}:
        opened.ledger.append(entry, {"destroyed": str(count)} if entry == "consent-withdrawn" else {}, engine.wall())
    receipts.settle(engine.stores, engine.wall())
    choices.collect_in = frozenset()
    choices.paused_until = None
    engine.stores.next_generation()
    return count
