"""The end of an agreement, by a no or a withdrawal: made durable first, then carried through, also after a crash.
And the end of everything that has not left, under an agreement that stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.consent import ConsentState
from agent.engine import receipts
from agent.engine.asking import DELETES, ask_deletion

if TYPE_CHECKING:  # the engine is what is ended; only the type comes from there
    from agent.engine.delivery import Delivery
    from agent.engine.engine import Engine
    from agent.engine.stores import Stores


def end(engine: Engine, state: ConsentState) -> int:
    """Nothing is given any more: ``state`` says so. What was not sent is destroyed; returns how many records waited."""
    engine.pipeline.wipe()
    engine.uploads.stop()
    engine.stores.save_consent(state)
    return _carry_through(engine)


def delete_sent(engine: Engine) -> None:
    """What a withdrawal wished for beside: everything sent is to be deleted. One that died before the withdrawal was
    durable wished for nothing.
    """
    if engine.stores.consent.decision == "withdrawn":
        for row in engine.delivery.sent():
            ask_deletion(engine.stores, engine.delivery, row.batch, engine.wall())
    engine.stores.open().profile.remove(DELETES)


def finish(engine: Engine) -> None:
    """After a start: a no that was durable when the process ended in the middle of it. Without one nothing happens.

    A pseudonym that was ended has a successor whose ledger is empty until the next yes.
    """
    opened, decision = engine.stores.opened, engine.stores.consent.decision
    if opened is None:
        return
    ended = decision in {"refused", "withdrawn"}
    if ended and (opened.ledger.entries() or opened.records.count() or opened.outbox.pending()):
        _carry_through(engine)
    if opened.profile.get(DELETES) is not None:
        delete_sent(engine)


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


def erase_all(engine: Engine) -> int:
    """Everything that has not left is destroyed, in memory, waiting, let go or sealed; how many records that were. What
    was sent cannot be opened here any more. The agreement stays, and so does the history of what was sent.
    """
    engine.pipeline.wipe()
    engine.uploads.stop()
    if engine.stores.opened is None:
        return 0
    return destroy_unsent(engine.stores, engine.delivery, engine.wall())


def destroy_unsent(stores: Stores, delivery: Delivery, now: int) -> int:
    """As ``erase_all``, on the stores alone. now: Unix seconds.

    A batch that was sealed names the one before it. So that none names one that nobody ever gets, which would tell
    of an erasure, what comes after one that is destroyed has a pseudonym of its own.
    """
    opened = stores.open()
    if opened.outbox.pending() or opened.outbox.refused():
        stores.next_generation()
    sealed = delivery.destroy_unsent(now)
    delivery.forget_content()
    waiting = opened.records.clear()
    if stores.choices.leaving_at is not None:
        stores.choices.leaving_at = None
        stores.save_choices()
    return waiting + sealed
