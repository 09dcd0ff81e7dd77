"""The states of consent and what may follow what. Time is an argument; nothing is read or written here.

``never-asked`` -> ``given`` | ``refused``; ``given`` -> ``withdrawn`` | ``expired`` (12 months); all of them may answer
anew. Having read the notice is kept apart and is never a yes. Whatever cannot be read is ``never-asked``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal, TypeAlias

from agent.consent import codec
from agent.consent.grant import Grant
from agent.policy.model import Policy, notice_hash, offered
from agent.policy.scope import Scope, scope
from agent.problems import Invalid, Refused
from agent.records import Cell

__all__ = ["ConsentState", "Grant"]

Standing: TypeAlias = Literal["never-asked", "given", "refused", "withdrawn", "expired"]
Decision: TypeAlias = Literal["never-asked", "given", "refused", "withdrawn"]

#: Scopes remembered as answered; an organisation that asks for more than that is asked about its oldest again.
MOST_ANSWERED: Final = 500

_SHOWN: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ConsentState:
    """What the employee of this profile has answered. As made without arguments: nothing yet.

    organisation: id of who asked. grants: one per cell that was given, sorted by cell; never without ``given``.
    answered: what every cell covered that was on the screen when an answer was given, so that the same
    is not asked again. acknowledged: hash of the notice last read, empty for none. decided_at: Unix seconds.
    latest: the latest moment ever seen, so that setting a clock back extends nothing.
    """

    decision: Decision = "never-asked"
    organisation: str = ""
    grants: tuple[Grant, ...] = ()
    answered: tuple[Scope, ...] = ()
    decided_at: int = 0
    acknowledged: str = ""
    acknowledged_at: int = 0
    latest: int = 0

    def to_json(self) -> dict[str, object]:
        """Plain values; ``from_json`` reads them back."""
        return {
            "format": codec.FORMAT,
            "decision": self.decision,
            "organisation": self.organisation,
            "grants": [codec.grant_to_json(grant) for grant in self.grants],
            "answered": [answered.to_json() for answered in self.answered],
            "decided_at": self.decided_at,
            "acknowledged": self.acknowledged,
            "acknowledged_at": self.acknowledged_at,
            "latest": self.latest,
        }

    @classmethod
    def from_json(cls, value: object) -> ConsentState:
        """What ``to_json`` wrote; anything else, however slightly damaged, is a state in which nothing was agreed."""
        found = codec.fields(value)
        if found is None:
            return cls()
        decision: Decision
        match found.decision:
            case "given" if found.grants:
                decision = "given"
            case "refused" if not found.grants:
                decision = "refused"
            case "withdrawn" if not found.grants:
                decision = "withdrawn"
            case "never-asked" if not found.grants:
                decision = "never-asked"
            case _:
                return cls()
        if any(grant.scope.organisation != found.organisation for grant in found.grants):
            return cls()
        return cls(
            decision,
            found.organisation,
            found.grants,
            found.answered,
            found.decided_at,
            found.acknowledged,
            found.acknowledged_at,
            found.latest,
        )


# ---------------------------------------------------------------- what the employee does


def acknowledge(state: ConsentState, policy: Policy, notice: str, now: int) -> ConsentState:
    """The employee has read the notice: remembered, and nothing else. Raises ``Refused('notice-changed')``."""
    _same_notice(policy, notice)
    return replace(state, acknowledged=notice, acknowledged_at=now, latest=max(state.latest, now))


def give(
    state: ConsentState, policy: Policy, notice: str, cells: frozenset[Cell], now: int, language: str, shown: str
) -> ConsentState:
    """The yes to exactly these cells; cells given before and not among them are no longer given.

    notice: hash of the notice that was on the screen. language, shown: of the text, and its SHA-256 as hex.
    Raises ``Refused('notice-changed')``, ``Refused('policy-expired')``, and ``Invalid('choice-invalid')`` for no cell
    at all, a cell the notice does not offer, or without the hash of what was shown.
    """
    _same_notice(policy, notice)
    if now >= policy.not_after:
        raise Refused("policy-expired", not_after=datetime.fromtimestamp(policy.not_after, UTC).strftime("%Y-%m-%d"))
    if not cells:
        raise Invalid("choice-invalid", detail="Nothing is ticked.")
    if not cells <= offered(policy):
        raise Invalid("choice-invalid", detail="Something is ticked that the notice does not ask for.")
    if not _SHOWN.fullmatch(shown) or not 1 <= len(language) <= codec.LONGEST_LANGUAGE:
        raise Invalid("choice-invalid", detail="It is not said which text was shown.")
    covered = {cell: found for cell in sorted(cells) if (found := scope(policy, *cell)) is not None}
    return ConsentState(
        decision="given",
        organisation=policy.notice.organisation.id,
        grants=tuple(Grant(found, now, notice, language, shown) for _, found in sorted(covered.items())),
        answered=_answered(state, policy),
        decided_at=now,
        acknowledged=state.acknowledged,
        acknowledged_at=state.acknowledged_at,
        latest=now,
    )


def refuse(state: ConsentState, policy: Policy, notice: str, now: int) -> ConsentState:
    """The no. After a yes it is a full withdrawal. Raises ``Refused('notice-changed')``."""
    _same_notice(policy, notice)
    before = withdraw(state, now)
    return replace(
        before,
        decision="withdrawn" if state.decision == "given" else "refused",
        organisation=policy.notice.organisation.id,
        answered=_answered(state, policy),
        decided_at=now,
    )


def decline(state: ConsentState, policy: Policy, notice: str, now: int) -> ConsentState:
    """The no to what is new: what was agreed goes on as far as it can, and the same is not asked again.

    Raises ``Refused('notice-changed')``, and ``Refused('nothing-agreed')`` where there is no yes that could go on.
    """
    _same_notice(policy, notice)
    if standing(state, policy, now) != "given":
        raise Refused("nothing-agreed")
    return replace(state, answered=_answered(state, policy), latest=max(state.latest, now))


def withdraw(state: ConsentState, now: int) -> ConsentState:
    """Nothing is given any more, whatever the notice. Without a yes before it changes nothing."""
    if state.decision != "given":
        return replace(state, latest=max(state.latest, now))
    return replace(state, decision="withdrawn", grants=(), decided_at=now, latest=max(state.latest, now))


def observe(state: ConsentState, now: int) -> ConsentState:
    """The time passes. Storing the result now and then keeps a clock that is set back from extending anything."""
    return state if now <= state.latest else replace(state, latest=now)


# ---------------------------------------------------------------- what follows from it


def granted(state: ConsentState, policy: Policy, now: int) -> frozenset[Cell]:
    """Cells that may be collected now: given, not run out, and asking for nothing that was not said yes to.

    What asks for less than was agreed is covered; what asks for anything new is not. Empty before the notice is in
    effect and after the policy has ended.
    """
    if state.decision != "given" or not policy.notice.effective_from <= now < policy.not_after:
        return frozenset()
    live = {grant.cell: grant for grant in state.grants if grant.holds(now, state.latest)}
    return frozenset(
        cell
        for cell in offered(policy)
        if (grant := live.get(cell)) is not None
        and (wanted := scope(policy, *cell)) is not None
        and grant.scope.covers(wanted)
    )


def standing(state: ConsentState, policy: Policy | None, now: int) -> Standing:
    """Has the employee answered this organisation, and what? A yes to another organisation is no answer to this one."""
    if policy is not None and state.organisation != policy.notice.organisation.id:
        return "never-asked"
    if state.decision == "given" and not any(grant.holds(now, state.latest) for grant in state.grants):
        return "expired"
    return state.decision


def pending(state: ConsentState, policy: Policy, now: int) -> frozenset[Cell]:
    """Cells that ask for anything that was neither on the screen at an answer nor is less than that."""
    if now >= policy.not_after:
        return frozenset()
    known = (*state.answered, *(grant.scope for grant in state.grants))
    return frozenset(
        cell
        for cell in offered(policy)
        if (asked := scope(policy, *cell)) is not None and not any(before.covers(asked) for before in known)
    )


def decision_needed(state: ConsentState, policy: Policy, now: int) -> bool:
    """Does the notice ask for anything new?"""
    return bool(pending(state, policy, now))


def given_cells(state: ConsentState) -> tuple[tuple[Cell, Grant], ...]:
    """Every cell with a yes, run out or not, with what was agreed."""
    return tuple((grant.cell, grant) for grant in state.grants)


def valid_until(state: ConsentState) -> int | None:
    """Unix seconds at which the first of the given cells runs out; None if none is given."""
    return min((grant.expires for grant in state.grants), default=None)


def _same_notice(policy: Policy, notice: str) -> None:
    if notice != notice_hash(policy):
        raise Refused("notice-changed")


def _answered(state: ConsentState, policy: Policy) -> tuple[Scope, ...]:
    """What has been on the screen of this organisation at any answer, newest last: no to the same is a no for good."""
    now = _all_scopes(policy)
    same = policy.notice.organisation.id
    before = (found for found in state.answered if found.organisation == same and found not in now)
    return (*before, *now)[-MOST_ANSWERED:]


def _all_scopes(policy: Policy) -> tuple[Scope, ...]:
    return tuple(found for cell in sorted(offered(policy)) if (found := scope(policy, *cell)) is not None)
