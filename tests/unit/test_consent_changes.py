"""What is new, what is less, and what goes on meanwhile: pure rules over two notices."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from agent import consent
from agent.consent import Change, ConsentState
from agent.policy.load import Policy, notice_hash, parse
from agent.policy.model import offered
from agent.policy.scope import Scope, scope
from agent.problems import Refused
from agent.records import Cell
from tests.fakes.organisation import NOW, make_keys, make_policy
from tests.unit.test_consent import NARROWER, WIDER, stored

SHOWN = "0" * 64
TEXT: Cell = ("train", "text")
APP: Cell = ("train", "app")
OTHER = make_keys("other")


def policy(**changes: Any) -> Policy:
    return parse(make_policy(**changes)[0], NOW)


ASKED = policy()


def yes(asked: Policy = ASKED, cells: frozenset[Cell] = frozenset({TEXT, APP})) -> ConsentState:
    return consent.give(ConsentState(), asked, notice_hash(asked), cells, NOW, "en", SHOWN)


def scopes(asked: Policy) -> tuple[Scope, ...]:
    return tuple(found for cell in sorted(offered(asked)) if (found := scope(asked, *cell)) is not None)


def of_text(then: Policy, now: Policy) -> list[tuple[str, str]]:
    found = consent.changes(scopes(then), scopes(now))
    return [(change.what, change.sort) for change in found if (change.purpose, change.category) == TEXT]


def test_the_same_asks_for_nothing_new() -> None:
    assert consent.changes(scopes(ASKED), scopes(ASKED)) == ()
    assert consent.asked_anew(yes(), ASKED, NOW) == ()


def test_a_new_cell_and_one_that_is_gone() -> None:
    before = policy(**{"notice.purposes.0.categories": ["text"]})
    assert consent.changes(scopes(before), scopes(ASKED)) == (Change("train", "app", "cell", "new"),)
    assert consent.changes(scopes(ASKED), scopes(before)) == (Change("train", "app", "cell", "gone"),)


@pytest.mark.parametrize("change", WIDER, ids=str)
def test_whatever_needs_a_yes_is_named(change: dict[str, Any]) -> None:
    changed = policy(serial=8, **change)
    assert {sort for _, sort in of_text(ASKED, changed)} == {"wider"}
    assert consent.pending(yes(), changed, NOW) == {APP, TEXT}
    anew = consent.asked_anew(yes(), changed, NOW)
    assert {(found.purpose, found.category) for found in anew} == {APP, TEXT}
    assert all(found.before != found.after for found in anew)


@pytest.mark.parametrize("change", NARROWER, ids=str)
def test_whatever_is_less_needs_none(change: dict[str, Any]) -> None:
    changed = policy(serial=8, **change)
    assert {sort for _, sort in of_text(ASKED, changed)} <= {"narrower"}
    assert consent.asked_anew(yes(), changed, NOW) == ()


def test_values_are_said_so_that_a_person_can_compare_them() -> None:
    changed = policy(
        serial=8,
        **{
            "notice.retention_days": 30,
            "notice.countries": ["DE", "FR"],
            "limits.require_asking": True,
            "notice.purposes.0.where": {"en": "In France"},
            "notice.recipients.0.key": base64.b64encode(OTHER.steward_public).decode(),
        },
    )
    said = {
        found.what: (found.before, found.after)
        for found in consent.changes(scopes(ASKED), scopes(changed))
        if found.category == "text"
    }
    assert said["retention_days"] == ("180", "30")
    assert said["countries"] == ("DE", "DE, FR")
    assert said["require_asking"] == ("no", "yes")
    assert said["where"] == ("Nur bei Acme / At Acme only", "In France")
    before, after = said["recipients"]
    assert before.startswith("Data steward (")
    assert before != after
    assert len(after.removeprefix("Data steward (").rstrip(")").split()) == 12


def test_another_signing_key_is_said_as_words_and_what_is_no_key_as_it_is() -> None:
    (text,) = [found for found in scopes(ASKED) if found.category == "text"]
    for key, count in ((base64.b64encode(b"k" * 32).decode(), 12), ("no key", 2)):
        (found,) = consent.changes([text], [replace(text, organisation_key=key)])
        assert (found.what, found.sort, len(found.after.split())) == ("organisation_key", "wider", count)


# ---------------------------------------------------------------- what goes on


@pytest.mark.parametrize(
    ("then", "now", "left"),
    [
        (["mousepad"], ["mousepad", "gedit"], ("mousepad",)),
        (["mousepad"], ["*"], ("mousepad",)),
        (["*"], ["gedit"], ("gedit",)),
        (["*"], ["*"], ("*",)),
    ],
)
def test_the_agreed_programs_go_on(then: list[str], now: list[str], left: tuple[str, ...]) -> None:
    state = yes(policy(**{"notice.purposes.0.programs": then}))
    kept = consent.honoured(state, policy(**{"notice.purposes.0.programs": now}))
    assert kept.notice.purposes[0].programs == left
    assert consent.granted(state, kept, NOW) == {TEXT, APP}


def test_other_programs_altogether_leave_nothing_to_collect_in() -> None:
    kept = consent.honoured(yes(), policy(**{"notice.purposes.0.programs": ["gedit"]}))
    assert kept.notice.purposes[0].programs == ()


def test_agreed_limits_go_on() -> None:
    state = yes(
        policy(
            **{
                "limits.hold_hours": 48,
                "limits.unreviewed_days": 3,
                "limits.require_asking": True,
                "limits.programs_denied": ["gedit"],
            }
        )
    )
    kept = consent.honoured(state, ASKED)
    assert (kept.limits.hold_hours, kept.limits.unreviewed_days, kept.limits.require_asking) == (48, 3, True)
    assert kept.limits.programs_denied == ("gedit",)
    assert consent.granted(state, kept, NOW) == {TEXT, APP}
    assert consent.granted(state, ASKED, NOW) == frozenset()


@pytest.mark.parametrize("change", [WIDER[place] for place in (0, 1, 2, 3, 4, 5, 8, 9)], ids=str)
def test_what_others_would_have_to_keep_to_stops(change: dict[str, Any]) -> None:
    changed = policy(serial=8, **change)
    assert consent.granted(yes(), consent.honoured(yes(), changed), NOW) == frozenset()


def test_without_a_yes_or_for_somebody_else_nothing_is_changed() -> None:
    assert consent.honoured(ConsentState(), ASKED) is ASKED
    other = policy(**{"notice.organisation.id": "emca"})
    assert consent.honoured(yes(), other) is other


def test_a_purpose_that_was_not_agreed_to_is_as_it_is_asked() -> None:
    state = yes()
    purpose = replace(ASKED.notice.purposes[0], id="judge", programs=("gedit",))
    more = replace(ASKED, notice=replace(ASKED.notice, purposes=(*ASKED.notice.purposes, purpose)))
    assert consent.honoured(state, more).notice.purposes[1] == purpose


# ---------------------------------------------------------------- no to what is new


def test_a_no_to_what_is_new_keeps_the_yes_and_is_remembered() -> None:
    wider = policy(serial=8, **{"notice.retention_days": 365})
    state = consent.decline(yes(), wider, notice_hash(wider), NOW + 5)
    assert state.grants == yes().grants
    assert consent.receipt_hash(state) == consent.receipt_hash(yes())
    assert not consent.decision_needed(state, wider, NOW + 5)
    assert consent.granted(state, wider, NOW + 5) == frozenset()
    assert consent.granted(state, ASKED, NOW + 5) == {TEXT, APP}
    assert ConsentState.from_json(stored(state)) == state
    # Something else between, and the same again.
    longer = policy(serial=9, **{"notice.retention_days": 400})
    assert consent.decision_needed(state, longer, NOW + 6)
    state = consent.decline(state, longer, notice_hash(longer), NOW + 6)
    assert not consent.decision_needed(state, wider, NOW + 7)


def test_a_no_to_what_is_new_needs_a_yes_and_the_notice_that_is_there() -> None:
    for state, notice, code in (
        (ConsentState(), notice_hash(ASKED), "nothing-agreed"),
        (yes(), "0" * 64, "notice-changed"),
    ):
        with pytest.raises(Refused) as raised:
            consent.decline(state, ASKED, notice, NOW)
        assert raised.value.code == code


def test_nothing_is_pending_once_the_policy_has_ended() -> None:
    assert consent.pending(ConsentState(), ASKED, NOW) == {TEXT, APP}
    assert consent.pending(ConsentState(), ASKED, ASKED.not_after) == frozenset()


# ---------------------------------------------------------------- what may follow


@pytest.mark.parametrize(
    ("change", "follows"),
    [
        *((change, False) for change in WIDER if not any("programs" in path for path in change)),
        ({"notice.purposes.0.programs": ["*"]}, True),
        ({"limits.hold_hours": 48}, True),
        ({"notice.retention_days": 30}, True),
    ],
    ids=str,
)
def test_what_is_kept_may_go_only_where_it_was_agreed_to_go(change: dict[str, Any], *, follows: bool) -> None:
    then, now = scope(ASKED, *TEXT), scope(policy(serial=8, **change), *TEXT)
    assert then is not None
    assert now is not None
    assert then.goes_no_further(now) is follows
