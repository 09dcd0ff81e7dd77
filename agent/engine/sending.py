"""How waiting records leave: by hand, or after the hold if the employee chose that. One way for both."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent import consent, review
from agent.policy.effective import Effective
from agent.problems import Refused
from agent.records import Approved, Redacted, State
from agent.redaction import RedactionFailed
from agent.upload.schedule import leaves_after

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine


def may_leave(effective: Effective | None, record: Redacted) -> bool:
    """Is everything still agreed to and asked for that this record was kept for? What was given up since stays here
    and expires.
    """
    return effective is not None and effective.covers(record.kind, record.program_id, record.purposes)


def let_go(engine: Engine, approved: Sequence[Approved]) -> None:
    """Approve these durably. They leave together with what is approved already, at a random minute of the next hour;
    until then each can be taken back.

    Raises ``Refused('nothing-agreed')`` when no consent covers one of them, and what the policy in force has wrong.
    """
    engine.terms.in_force()
    effective = engine.effective
    if not all(may_leave(effective, item.record) for item in approved):
        raise Refused("nothing-agreed")
    records = engine.stores.open().records
    with records.batch():
        for item in approved:
            records.approve(item.row, item.digest)
    _set_out(engine)


def _set_out(engine: Engine) -> None:
    """Something is approved: it has a moment at which it leaves."""
    choices = engine.stores.choices
    if choices.leaving_at is None:
        choices.leaving_at = engine.wall() + leaves_after(_chance())
        engine.stores.save_choices()


def _chance() -> float:
    return secrets.randbelow(1 << 30) / (1 << 30)


def take_back(engine: Engine, rows: Sequence[int]) -> int:
    """These wait again (all that is approved for none); how many. Nothing was sealed, so nothing has to be undone."""
    records = engine.stores.open().records
    wanted = rows or [entry.row for entry in records.listing(State.APPROVED)]
    count = records.take_back(wanted)
    if not records.count(State.APPROVED):
        _stay(engine)
    return count


def _stay(engine: Engine) -> None:
    if engine.stores.choices.leaving_at is not None:
        engine.stores.choices.leaving_at = None
        engine.stores.save_choices()


def leave(engine: Engine) -> None:
    """Seal all that is approved, and wake the uploader. Raises what the policy in force has wrong."""
    policy, effective = engine.terms.in_force(), engine.effective
    engine.delivery.seal_approved(
        policy,
        consent.receipt_hash(engine.stores.consent),
        engine.redactor.again,
        engine.redactor.version,
        engine.wall(),
        lambda record: may_leave(effective, record),
    )
    _stay(engine)
    engine.uploads.wake()


def leave_due(engine: Engine) -> None:
    """What is approved leaves when its minute has come. Not while the question of withdrawal is open, nor by a clock
    that was moved. What a crash left approved without a moment gets one.
    """
    opened, choices = engine.stores.opened, engine.stores.choices
    if opened is None or engine.effective is None or engine.asking_withdrawal or not engine.clock_ok():
        return
    if not opened.records.count(State.APPROVED):
        _stay(engine)
    elif choices.leaving_at is None:
        _set_out(engine)
    elif choices.leaving_at <= engine.wall():
        leave(engine)


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
