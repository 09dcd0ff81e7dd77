"""How waiting records leave: by hand, or after the hold if the employee chose that. One way for both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent import consent, review
from agent.policy.effective import Effective
from agent.problems import Refused
from agent.records import Approved, Redacted
from agent.redaction import RedactionFailed

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine


def may_leave(effective: Effective | None, record: Redacted) -> bool:
    """Is everything still agreed to and asked for that this record was kept for? What was given up since stays here
    and expires.
    """
    return effective is not None and effective.covers(record.kind, record.program_id, record.purposes)


def let_go(engine: Engine, approved: Sequence[Approved]) -> None:
    """Approve these durably, seal all that is approved, and wake the uploader.

    Raises ``Refused('nothing-agreed')`` when no consent covers one of them, and what the policy in force has wrong.
    """
    policy, effective = engine.terms.in_force(), engine.effective
    if not all(may_leave(effective, item.record) for item in approved):
        raise Refused("nothing-agreed")
    records = engine.stores.open().records
    with records.batch():
        for item in approved:
            records.approve(item.row, item.digest)
    engine.delivery.seal_approved(
        policy,
        consent.receipt_hash(engine.stores.consent, policy),
        engine.redactor.again,
        engine.redactor.version,
        engine.wall(),
        lambda record: may_leave(effective, record),
    )
    engine.uploads.wake()


def send_due(engine: Engine) -> None:
    """Under "send after the hold": what has waited long enough leaves, in the bytes that could be seen all the while.

    A record that today's rules change starts its hold anew. Nothing leaves while the question of withdrawal is open,
    nor by a clock that was moved: nobody could tell whether the hold is over.
    """
    effective, opened = engine.effective, engine.stores.opened
    if opened is None or effective is None or engine.asking_withdrawal or not engine.clock_ok():
        return
    if effective.sending != "hold":
        return  # nothing leaves by itself: no need to look at every record
    wall = engine.wall()
    due = review.due(opened.records.listing(review.WAITING), wall, effective.sending, effective.hold_hours)
    approved = []
    for row in due.leave:
        stored = opened.records.get(row)
        if stored is None or not may_leave(effective, stored.record):
            continue
        try:
            fresh = engine.redactor.again(stored.record)
        except RedactionFailed:
            continue  # what cannot be checked does not leave; it expires here
        if fresh != stored.record:
            opened.records.replace(row, fresh, now=wall)
        else:
            approved.append(review.approve(stored, stored.record.digest(), engine.redactor.again))
    if approved:
        let_go(engine, approved)
