"""The small truth the window shows, as a pure function of the facts."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from agent.pipeline import Front
from agent.protocol import ActiveProblem, Collecting, QuietHours, Sending, Snapshot, Standing, Strictness
from agent.records import Reason


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a snapshot is made of. unread: an answer lies on this computer that cannot be read now."""

    consent: Standing
    consent_until: int | None
    given: tuple[tuple[str, str], ...]
    organisation: str
    trial: bool
    hooks: bool
    indicator: bool
    front: Front
    paused_until: int | None
    asking_withdrawal: bool
    waiting: int
    waiting_bytes: int
    due_soon: int
    leaving: int
    leaving_at: int | None
    sending: int
    sent_today: int
    sent_batches: int
    sent_items: int
    decision: bool
    sending_mode: Sending
    hold_hours: int
    unreviewed_days: int
    own_words: tuple[str, ...]
    home_address: str
    own: tuple[str, ...]
    redaction: Strictness
    redaction_chosen: Strictness
    problems: tuple[ActiveProblem, ...]
    stopped: bool
    unread: bool = False
    quiet: bool = False
    quiet_until: int | None = None
    quiet_hours: tuple[QuietHours, ...] = ()


def state_of(facts: Facts) -> Collecting:
    """What is true now, in the order in which the signs win (stopped, paused, off, elsewhere, collecting)."""
    if facts.consent != "given" and not (facts.unread and facts.stopped):
        return "off"
    if facts.stopped:
        return "stopped"
    if facts.paused_until is not None or facts.asking_withdrawal:
        return "paused"
    if facts.quiet:
        return "quiet"
    if facts.hooks and facts.indicator and facts.front.categories:
        return "collecting"
    return "elsewhere"


def build(facts: Facts, seq: int, at: int) -> Snapshot:
    """One snapshot. ``collecting`` only if the hooks are in, the sign was seen and the program in front is allowed."""
    state = state_of(facts)
    program = facts.front.program
    named = program is not None and state in {"collecting", "elsewhere"}
    return Snapshot(
        seq=seq,
        at=at,
        state=state,
        consent=facts.consent,
        organisation=facts.organisation,
        trial=facts.trial,
        hooks=facts.hooks,
        categories=facts.front.categories if state == "collecting" else (),
        program=program.name if named and program is not None else "",
        program_id=program.id if named and program is not None else "",
        reason=_reason(facts, state),
        paused_until=facts.paused_until,
        trying=facts.asking_withdrawal,
        waiting=facts.waiting,
        waiting_bytes=facts.waiting_bytes,
        due_soon=facts.due_soon,
        leaving=facts.leaving,
        leaving_at=facts.leaving_at if facts.leaving else None,
        sending=facts.sending,
        sent_today=facts.sent_today,
        sent_batches=facts.sent_batches,
        sent_items=facts.sent_items,
        decision=facts.decision,
        sending_mode=facts.sending_mode,
        hold_hours=facts.hold_hours,
        unreviewed_days=facts.unreviewed_days,
        consent_until=facts.consent_until,
        given=facts.given,
        own_words=facts.own_words,
        home_address=facts.home_address,
        own=facts.own,
        redaction=facts.redaction,
        redaction_chosen=facts.redaction_chosen,
        quiet_until=facts.quiet_until if state == "quiet" else None,
        quiet_hours=facts.quiet_hours,
        problems=facts.problems,
    )


def _reason(facts: Facts, state: Collecting) -> str:
    if state == "elsewhere":
        if not facts.indicator:
            return Reason.NO_INDICATOR.value
        return facts.front.reason.value if facts.front.reason is not None else ""
    if state == "stopped" and facts.problems:
        return facts.problems[0].code
    return ""


def same(one: Snapshot, other: Snapshot) -> bool:
    """Do two snapshots say the same, apart from when?"""
    return msgspec.structs.replace(one, seq=0, at=0) == msgspec.structs.replace(other, seq=0, at=0)
