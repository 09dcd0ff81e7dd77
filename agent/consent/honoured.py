"""What of a widened policy is still what was agreed, and can be kept to by this computer alone. Pure."""

from __future__ import annotations

from dataclasses import replace

from agent.consent.grant import Grant
from agent.consent.state import ConsentState
from agent.policy.keys import STRICTNESS
from agent.policy.model import Policy, Purpose


def honoured(state: ConsentState, policy: Policy) -> Policy:
    """The policy, narrowed to what the yes covers wherever this computer itself can see to it.

    A policy that asks for more programs, a shorter hold, a longer time unreviewed, or takes a limit back goes on for
    the programs and under the limits that were agreed. What others would have to keep to (recipients, their keys, the
    host, countries, how long it is kept, what for) cannot be promised for them: such a cell stops until it is answered.
    """
    if state.decision != "given" or state.organisation != policy.notice.organisation.id:
        return policy
    grants = state.grants
    limits = policy.limits
    denied = {*limits.programs_denied}.union(*(grant.scope.programs_denied for grant in grants))
    return replace(
        policy,
        notice=replace(policy.notice, purposes=tuple(_agreed(purpose, grants) for purpose in policy.notice.purposes)),
        limits=replace(
            limits,
            programs_denied=tuple(sorted(denied)),
            hold_hours=max(limits.hold_hours, *(grant.scope.hold_hours for grant in grants)),
            unreviewed_days=min(limits.unreviewed_days, *(grant.scope.unreviewed_days for grant in grants)),
            require_asking=limits.require_asking or any(grant.scope.require_asking for grant in grants),
            quiet_hours=tuple(sorted({*limits.quiet_hours}.union(*(grant.scope.quiet_hours for grant in grants)))),
            redaction=max(limits.redaction, *(grant.scope.redaction for grant in grants), key=STRICTNESS.index),
        ),
    )


def _agreed(purpose: Purpose, grants: tuple[Grant, ...]) -> Purpose:
    """All cells of a purpose are answered at once; should their programs differ nevertheless, what all have holds."""
    programs = purpose.programs
    for grant in grants:
        if grant.scope.purpose == purpose.id:
            programs = _both(programs, grant.scope.programs)
    return replace(purpose, programs=programs)


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if "*" in other:
        return one
    if "*" in one:
        return other
    return tuple(name for name in one if name in other)
