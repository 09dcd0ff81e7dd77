"""effective capture = consent, policy, settings and guards intersected: every layer can only remove."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.consent import granted, honoured
from agent.exclusion import protected_class
from agent.gate import Guards, admit, may
from agent.policy.effective import Effective, effective
from agent.policy.keys import STRICTNESS, SUPPORTED
from agent.policy.model import Limits, Policy, offered
from agent.policy.scope import is_narrower, scope
from agent.records import CATEGORIES, Admitted, Attributed, RawKey, Reason, Secure
from tests.fakes import deciding as d
from tests.fakes.organisation import NOW

everything = [(category, program) for category in CATEGORIES for program in d.PROGRAMS]


def reach(found: Effective) -> set[tuple[str, str, str]]:
    """Every (purpose, category, program) that may be collected."""
    return {
        (purpose, category, program.id)
        for category, program in everything
        for purpose in found.purposes(category, program)
    }


def tightened(policy: Policy, limits: Limits) -> Policy:
    """The policy with both limits: of every value the tighter one."""
    own = policy.limits
    return replace(
        policy,
        limits=Limits(
            categories=tuple(c for c in own.categories if c in limits.categories),
            programs_denied=tuple({*own.programs_denied, *limits.programs_denied}),
            hold_hours=max(own.hold_hours, limits.hold_hours),
            unreviewed_days=min(own.unreviewed_days, limits.unreviewed_days),
            require_asking=own.require_asking or limits.require_asking,
            redaction=max(own.redaction, limits.redaction, key=STRICTNESS.index),
        ),
    )


@settings(max_examples=10_000)
@given(d.policies(), d.cells, d.settings)
def test_never_exceeds_consent_policy_or_settings(policy: Any, cells: Any, chosen: Any) -> None:
    found = effective(policy, cells, chosen)
    by_id = {program.id: program for program in d.PROGRAMS}
    for purpose_id, category, program_id in reach(found):
        purpose, program = policy.purpose(purpose_id), by_id[program_id]
        assert (purpose_id, category) in cells
        assert category in purpose.categories
        assert category in policy.limits.categories
        assert category in SUPPORTED
        assert "*" in purpose.programs or program.id in purpose.programs
        assert not program.known_as() & set(policy.limits.programs_denied)
        assert program.id in chosen.collect_in
        assert not program.known_as() & chosen.excluded
    assert found.hold_hours >= max(24, policy.limits.hold_hours)
    assert found.unreviewed_days <= min(7, policy.limits.unreviewed_days)
    assert found.require_asking == policy.limits.require_asking
    assert not (found.require_asking and found.sending != "ask")


@settings(max_examples=1_000)
@given(d.policies(), d.cells, d.settings, d.limits, d.names, st.data())
def test_nothing_added_to_limits_exclusions_or_noes_makes_it_grow(
    policy: Any, cells: Any, chosen: Any, limits: Any, more: Any, data: st.DataObject
) -> None:
    before = effective(policy, cells, chosen)
    fewer = frozenset(data.draw(st.lists(st.sampled_from(sorted(cells)), unique=True))) if cells else cells
    for after in (
        effective(tightened(policy, limits), cells, chosen),
        effective(policy, fewer, chosen),
        effective(policy, cells, replace(chosen, excluded=chosen.excluded | more)),
        effective(policy, cells, replace(chosen, collect_in=chosen.collect_in - more)),
    ):
        assert reach(after) <= reach(before)
        assert after.hold_hours >= before.hold_hours
        assert after.unreviewed_days <= before.unreviewed_days
        assert after.require_asking >= before.require_asking
        assert STRICTNESS.index(after.redaction) >= STRICTNESS.index(before.redaction)


@settings(max_examples=1_000)
@given(st.data())
def test_a_changed_policy_reaches_nothing_the_yes_did_not_cover(data: st.DataObject) -> None:
    asked, changed = data.draw(d.policies()), data.draw(d.policies())
    state, chosen = data.draw(d.consents(asked)), data.draw(d.settings)
    then = effective(asked, granted(state, asked, NOW), chosen)
    now = effective(changed, granted(state, changed, NOW), chosen)
    assert reach(now) <= reach(then)
    kept = honoured(state, changed)
    goes_on = effective(kept, granted(state, kept, NOW), chosen)
    assert reach(now) <= reach(goes_on) <= reach(then)
    assert goes_on.cells <= offered(changed)
    if goes_on.cells:
        assert goes_on.hold_hours >= max(then.hold_hours, now.hold_hours)
        assert goes_on.unreviewed_days <= min(then.unreviewed_days, now.unreviewed_days)
        assert goes_on.require_asking >= max(then.require_asking, now.require_asking)
        assert STRICTNESS.index(goes_on.redaction) >= STRICTNESS.index(then.redaction)
        # Who can open it, where it goes and how long it is kept cannot be held to by this computer alone.
        assert changed.notice.recipients == asked.notice.recipients
        assert changed.notice.collector_host == asked.notice.collector_host
        assert changed.notice.retention_days <= asked.notice.retention_days
        assert set(changed.notice.countries) <= set(asked.notice.countries)
    for grant in state.grants:
        wanted = scope(changed, *grant.cell)
        if wanted is not None and not grant.scope.covers(wanted):
            assert grant.cell not in now.cells


@settings(max_examples=500)
@given(d.policies(), d.policies(), d.limits, d.settings)
def test_a_narrower_policy_reaches_less(one: Any, other: Any, limits: Any, chosen: Any) -> None:
    narrower = tightened(one, limits)
    assert is_narrower(one, one)
    assert is_narrower(one, narrower)
    for new in (narrower, other):
        if is_narrower(one, new):
            assert reach(effective(new, offered(new), chosen)) <= reach(effective(one, offered(one), chosen))


@settings(max_examples=500)
@given(st.data())
def test_narrowing_takes_nothing_back_that_is_still_asked(data: st.DataObject) -> None:
    policy, limits = data.draw(d.policies()), data.draw(d.limits)
    state = data.draw(d.consents(policy))
    narrower = tightened(policy, limits)
    assert granted(state, narrower, NOW) == granted(state, policy, NOW) & offered(narrower)


guards = st.builds(
    Guards,
    paused=st.booleans(),
    withdraw_question=st.booleans(),
    quiet=st.booleans(),
    locked=st.sampled_from((True, False, None)),
    indicator=st.booleans(),
    clock_ok=st.booleans(),
    redactor_ok=st.booleans(),
    store_ok=st.booleans(),
    overloaded=st.booleans(),
    expired=st.booleans(),
    policy_ok=st.booleans(),
    own_windows=st.sampled_from((frozenset(), frozenset({1}))),
)


@settings(max_examples=1_000)
@given(
    d.policies(),
    d.cells,
    d.settings,
    st.one_of(st.just(d.CLEAR), guards),
    st.one_of(st.none(), d.programs),
    st.sampled_from((1, None)),
    st.sampled_from((1, 2, None)),
    st.sampled_from(("f", None)),
    st.sampled_from(Secure),
)
def test_the_gate_admits_only_what_everybody_allows(
    policy: Any, cells: Any, chosen: Any, guard: Any, program: Any, window: Any, key: Any, field: Any, secure: Any
) -> None:
    found = effective(policy, cells, chosen)
    event = Attributed(RawKey(key, "a", "a", frozenset(), False, 0.0), window, program, field, secure)
    answer = admit("text", event, found, guard)
    allowed = may("text", program, found, guard)
    if isinstance(answer, Admitted):
        assert program is not None
        assert protected_class(program) is None
        assert (window, key, field, secure) == (1, 1, "f", Secure.NO)
        assert set(answer.purposes) <= set(found.purposes("text", program))
        assert answer.purposes
        assert list(answer.purposes) == sorted(answer.purposes)
        assert not any(getattr(guard, name) is value for name, value in d.ONE_NO)
        assert window not in guard.own_windows
        assert answer.purposes == allowed
    else:
        assert answer.count == 1
    if isinstance(allowed, Reason):
        assert not isinstance(answer, Admitted)
