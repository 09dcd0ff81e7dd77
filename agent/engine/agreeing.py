"""What the employee answers: read, yes, no, no to what is new, withdrawn. Durable before it is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from agent import consent, protocol, review
from agent.consent import ConsentState
from agent.engine import answers, ending, receipts
from agent.engine.asking import DELETES
from agent.policy.load import Policy
from agent.policy.model import offered
from agent.problems import Invalid
from agent.protocol import Command, Done, Report

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine

#: Takes the very command it stands beside in ANSWERS.
Answer: TypeAlias = Callable[["Engine", Any], Report]


def acknowledge(engine: Engine, command: protocol.Acknowledge) -> Report:
    """That it was read is kept in memory until there is an answer: reading leaves no trace."""
    policy = engine.terms.in_force()
    engine.stores.consent = consent.acknowledge(engine.stores.consent, policy, command.notice, engine.wall())
    return Done(re=command.id)


def give(engine: Engine, command: protocol.Give) -> Report:
    """The yes. count: what waited, was kept under an agreement that went less far, and is destroyed."""
    wall, policy = engine.wall(), engine.terms.in_force()
    state = consent.give(
        engine.stores.consent,
        policy,
        command.notice,
        frozenset(answers.cell(purpose, category) for purpose, category in command.cells),
        wall,
        command.language,
        command.shown,
    )
    known = {row.id for row in answers.program_rows(engine) if row.standing in ("collect", "dont-collect")}
    unknown = sorted(set(command.programs) - known)
    if unknown:
        raise Invalid("program-unknown", programs=", ".join(unknown))
    engine.open_stores()
    before = engine.stores.consent
    count = _leave_behind(engine, state, wall)
    choices = engine.stores.choices
    choices.collect_in |= frozenset(command.programs)
    choices.excluded -= frozenset(command.programs)
    choices.paused_until = None
    opened = engine.stores.open()
    opened.ledger.append("consent-given", consent.receipt(state, policy, wall), wall)
    receipts.given(engine.stores, before, state, policy)
    engine.stores.save_choices()
    engine.stores.save_consent(state)
    engine.terms.accepted(opened)
    look_at_policy(engine, wall)
    return Done(re=command.id, count=count)


def decline(engine: Engine, command: protocol.Decline) -> Report:
    """The no to what is new. Nothing of it stands in the ledger, whose size travels; the journal stays here."""
    wall, policy = engine.wall(), engine.terms.in_force()
    before = engine.stores.consent
    state = consent.decline(before, policy, command.notice, wall)
    new = consent.pending(before, policy, wall)
    engine.open_stores()
    engine.stores.save_consent(state)
    engine.journal.append("declined", wall, policy, cells=new)
    return Done(re=command.id)


def refuse(engine: Engine, command: protocol.Refuse) -> Report:
    """The no. In force at once, also if it cannot be written."""
    wall, policy = engine.wall(), engine.terms.in_force()
    before = engine.stores.consent
    state = consent.refuse(before, policy, command.notice, wall)
    engine.stores.consent = state
    engine.open_stores()
    if before.decision != "given":
        receipts.refused(engine.stores, state, policy)
    ending.end(engine, state)
    return Done(re=command.id)


def withdraw_question(engine: Engine, command: protocol.WithdrawQuestion) -> Report:
    """While it is on the screen nothing is collected."""
    engine.asking_withdrawal = command.open
    engine.refresh()
    return Done(re=command.id)


def withdraw(engine: Engine, command: protocol.Withdraw) -> Report:
    """Stop first, then destroy, then say so: a crash in between leaves less, never more."""
    engine.asking_withdrawal = True
    engine.refresh()
    engine.pipeline.wipe()
    if engine.stores.exists():
        engine.open_stores()
    state = consent.withdraw(engine.stores.consent, engine.wall())
    opened = engine.stores.opened
    if opened is not None and command.delete_sent:
        opened.profile.put(DELETES, True)
    count = ending.end(engine, state) if opened is not None else 0
    engine.stores.consent = state
    engine.asking_withdrawal = False
    if opened is not None and command.delete_sent:
        ending.delete_sent(engine)
        engine.asking.follow(now=True)
    return Done(re=command.id, count=count)


# ---------------------------------------------------------------- a yes after a yes


def _leave_behind(engine: Engine, state: ConsentState, wall: int) -> int:
    """Before another yes is in force: what was kept under the one before and may not follow is destroyed.

    What was collected for one organisation is not another one's to have. Whose key is another, is another. Of the same
    organisation, what was typed before somebody new, somewhere else or a longer time was agreed to never goes there.
    A crash in between leaves less, never more.
    """
    before = engine.stores.consent
    if before.decision != "given":
        return 0
    if _askers(before) != _askers(state):
        return ending.end(engine, consent.withdraw(before, wall))
    # The size of the ledger travels: a changed answer must not be countable in it.
    engine.stores.next_generation()
    old = {grant.cell: grant.scope for grant in before.grants}
    follow = frozenset(
        grant.cell
        for grant in state.grants
        if (then := old.get(grant.cell)) is not None and then.goes_no_further(grant.scope)
    )
    if follow >= old.keys():
        return 0
    if any(grant.cell in old and grant.cell not in follow for grant in state.grants):
        # A text that is being typed belongs to the yes before.
        engine.pipeline.wipe()
    records = engine.stores.open().records
    gone = [
        stored.row
        for stored in records.rows(review.WAITING)
        if not all((purpose, stored.record.kind) in follow for purpose in stored.record.purposes)
    ]
    count = records.delete(gone)
    if _ways(before) != _ways(state):
        engine.uploads.stop()
        count += engine.delivery.destroy_unsent(wall)
    return count


def _askers(state: ConsentState) -> set[tuple[str, str]]:
    """Id and key of whoever was said yes to."""
    return {(grant.scope.organisation, grant.scope.organisation_key) for grant in state.grants}


def _ways(state: ConsentState) -> set[tuple[object, ...]]:
    """Who can open what is sealed under it, and which computer takes it."""
    return {(grant.scope.recipients, grant.scope.collector_host) for grant in state.grants}


# ---------------------------------------------------------------- a policy that asks for less


def history(engine: Engine, command: Command) -> Report:
    """Whoever looks at the history has been told that less is collected."""
    engine.problems.clear("collects-less")
    return answers.history(engine, command)


def look_at_policy(engine: Engine, wall: int) -> None:
    """A policy that was not seen before is written down; what is less applies at once and is said, not asked."""
    policy = engine.terms.policy
    if policy is None:
        return
    changes = engine.journal.arrived(policy, wall)
    if changes is None:
        return
    _drop_unasked(engine, policy)
    if not offered(policy) and engine.stores.opened is not None:
        # Everything was turned off: what is sealed has nobody left to go to either.
        engine.uploads.stop()
        engine.delivery.destroy_unsent(wall)
    given = consent.standing(engine.stores.consent, policy, wall) == "given"
    if given and any(change.sort in {"narrower", "gone"} for change in changes):
        engine.problems.set("collects-less")


def _drop_unasked(engine: Engine, policy: Policy) -> int:
    """What waits and is not asked for any more under a narrower policy is deleted, not kept for later.

    Only what the policy itself leaves out: where it asks for something new, or the answer is missing, records wait and
    expire.
    """
    opened = engine.stores.opened
    if opened is None:
        return 0
    asked = answers.asked(policy)
    return opened.records.delete(
        [
            stored.row
            for stored in opened.records.rows(review.WAITING)
            if not asked.covers(stored.record.kind, stored.record.program_id, stored.record.purposes)
        ]
    )


ANSWERS: Final[dict[type[Command], Answer]] = {
    protocol.Acknowledge: acknowledge,
    protocol.Give: give,
    protocol.Decline: decline,
    protocol.Refuse: refuse,
    protocol.WithdrawQuestion: withdraw_question,
    protocol.Withdraw: withdraw,
    protocol.GetHistory: history,
}
