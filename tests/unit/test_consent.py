"""Consent: what was given, to what exactly, until when; everything unclear is a no."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import consent
from agent.consent import ConsentState
from agent.consent.grant import year_after
from agent.policy.load import Policy, notice_hash, parse
from agent.policy.model import offered
from agent.problems import Invalid, Refused
from agent.records import Cell
from tests.fakes.organisation import NOW, make_keys, make_policy

SHOWN = "0" * 64
TEXT: Cell = ("train", "text")
APP: Cell = ("train", "app")


def policy(**changes: Any) -> Policy:
    return parse(make_policy(**changes)[0], NOW)


ASKED = policy()


def yes(asked: Policy = ASKED, cells: frozenset[Cell] = frozenset({TEXT, APP}), at: int = NOW) -> ConsentState:
    return consent.give(ConsentState(), asked, notice_hash(asked), cells, at, "en", SHOWN)


def stored(state: ConsentState) -> Any:
    return json.loads(json.dumps(state.to_json()))


def test_nothing_is_given_before_a_yes() -> None:
    state = ConsentState()
    assert consent.standing(state, ASKED, NOW) == "never-asked"
    assert consent.granted(state, ASKED, NOW) == frozenset()
    assert consent.decision_needed(state, ASKED, NOW)
    assert consent.valid_until(state) is None


def test_reading_is_not_agreeing() -> None:
    state = consent.acknowledge(ConsentState(), ASKED, notice_hash(ASKED), NOW)
    assert (state.acknowledged, state.acknowledged_at) == (notice_hash(ASKED), NOW)
    assert consent.standing(state, ASKED, NOW) == "never-asked"
    assert consent.granted(state, ASKED, NOW) == frozenset()
    assert consent.decision_needed(state, ASKED, NOW)


def test_a_yes_covers_the_ticked_cells_and_no_other() -> None:
    state = yes(cells=frozenset({TEXT}))
    assert consent.standing(state, ASKED, NOW) == "given"
    assert consent.granted(state, ASKED, NOW) == {TEXT}
    assert [cell for cell, _ in consent.given_cells(state)] == [TEXT]
    assert not consent.decision_needed(state, ASKED, NOW)


def test_a_later_yes_replaces_the_one_before() -> None:
    state = consent.give(yes(), ASKED, notice_hash(ASKED), frozenset({APP}), NOW + 5, "de", SHOWN)
    assert consent.granted(state, ASKED, NOW + 5) == {APP}


def test_an_answer_to_another_notice_is_not_taken() -> None:
    other = notice_hash(policy(**{"notice.retention_days": 30}))
    for answer in (
        lambda: consent.acknowledge(ConsentState(), ASKED, other, NOW),
        lambda: consent.give(ConsentState(), ASKED, other, frozenset({TEXT}), NOW, "en", SHOWN),
        lambda: consent.refuse(ConsentState(), ASKED, other, NOW),
    ):
        with pytest.raises(Refused) as raised:
            answer()
        assert raised.value.code == "notice-changed"


@pytest.mark.parametrize(
    ("cells", "language", "shown"),
    [
        (frozenset(), "en", SHOWN),
        (frozenset({("train", "screen")}), "en", SHOWN),
        (frozenset({("other", "text")}), "en", SHOWN),
        (frozenset({TEXT, ("train", "title")}), "en", SHOWN),
        (frozenset({TEXT}), "", SHOWN),
        (frozenset({TEXT}), "en", ""),
        (frozenset({TEXT}), "en", "Z" * 64),
    ],
)
def test_a_yes_to_nothing_or_to_what_was_not_asked_is_refused(cells: Any, language: str, shown: str) -> None:
    with pytest.raises(Invalid) as raised:
        consent.give(ConsentState(), ASKED, notice_hash(ASKED), cells, NOW, language, shown)
    assert raised.value.code == "choice-invalid"


def test_no_yes_to_a_policy_that_has_ended() -> None:
    with pytest.raises(Refused) as raised:
        consent.give(ConsentState(), ASKED, notice_hash(ASKED), frozenset({TEXT}), ASKED.not_after, "en", SHOWN)
    assert raised.value.code == "policy-expired"


def test_a_no_is_kept_and_not_asked_again() -> None:
    state = consent.refuse(ConsentState(), ASKED, notice_hash(ASKED), NOW)
    assert consent.standing(state, ASKED, NOW) == "refused"
    assert not consent.decision_needed(state, ASKED, NOW)
    assert consent.granted(state, ASKED, NOW) == frozenset()
    assert consent.decision_needed(state, policy(**{"notice.retention_days": 365}), NOW)


def test_a_no_after_a_yes_withdraws() -> None:
    state = consent.refuse(yes(), ASKED, notice_hash(ASKED), NOW)
    assert consent.standing(state, ASKED, NOW) == "withdrawn"
    assert consent.granted(state, ASKED, NOW) == frozenset()


def test_withdrawing_takes_everything_back() -> None:
    state = consent.withdraw(yes(), NOW + 1)
    assert consent.standing(state, ASKED, NOW + 1) == "withdrawn"
    assert consent.granted(state, ASKED, NOW + 1) == frozenset()
    assert consent.given_cells(state) == ()
    assert not consent.decision_needed(state, ASKED, NOW + 1)
    assert consent.withdraw(ConsentState(), NOW).decision == "never-asked"


OTHER_KEYS = make_keys("other")
WIDER: tuple[dict[str, Any], ...] = (
    {"notice.retention_days": 181},
    {"notice.countries": ["DE", "US"]},
    {"delivery.collector": "https://elsewhere.example"},
    {"notice.recipients.0.name": "Somebody else"},
    {"notice.recipients.0.key": base64.b64encode(OTHER_KEYS.steward_public).decode()},
    {"notice.purposes.0.title": {"en": "Something else"}},
    {"notice.purposes.0.programs": ["mousepad", "gedit"]},
    {"notice.purposes.0.programs": ["*"]},
    {"notice.organisation.country": "FR"},
    {"notice.organisation.name": "Acme Inc."},
)


@pytest.mark.parametrize("change", WIDER, ids=str)
def test_what_is_new_is_off_and_asked(change: dict[str, Any]) -> None:
    changed = policy(serial=8, **change)
    assert consent.granted(yes(), changed, NOW) == frozenset()
    assert consent.decision_needed(yes(), changed, NOW)
    assert consent.standing(yes(), changed, NOW) == "given"


def test_another_signing_key_is_a_new_question() -> None:
    changed = replace(ASKED, notice=replace(ASKED.notice, organisation_key=OTHER_KEYS.steward_public[:32]))
    assert consent.granted(yes(), changed, NOW) == frozenset()
    assert consent.decision_needed(yes(), changed, NOW)


def test_another_organisation_starts_from_nothing() -> None:
    other = policy(**{"notice.organisation.id": "emca"})
    assert consent.standing(yes(), other, NOW) == "never-asked"
    assert consent.granted(yes(), other, NOW) == frozenset()


def test_a_new_cell_is_off_while_the_old_ones_go_on() -> None:
    before = policy(**{"notice.purposes.0.categories": ["text"]})
    state = yes(before, frozenset({TEXT}))
    assert consent.granted(state, ASKED, NOW) == {TEXT}
    assert consent.decision_needed(state, ASKED, NOW)


NARROWER: tuple[dict[str, Any], ...] = (
    {"notice.retention_days": 30},
    {"limits.hold_hours": 48},
    {"limits.require_asking": True},
    {"limits.unreviewed_days": 3},
    {"limits.programs_denied": ["gedit"]},
    {"limits.quiet_hours": ["sat sun 00:00-00:00"]},
    {"notice.authority": {"name": "Another", "url": ""}},
    {"delivery.proxy": "http://proxy.example:8080"},
)


@pytest.mark.parametrize("change", NARROWER, ids=str)
def test_what_is_less_applies_without_a_question(change: dict[str, Any]) -> None:
    changed = policy(serial=8, **change)
    assert consent.granted(yes(), changed, NOW) == {TEXT, APP}
    assert not consent.decision_needed(yes(), changed, NOW)
    refused = consent.refuse(ConsentState(), ASKED, notice_hash(ASKED), NOW)
    assert not consent.decision_needed(refused, changed, NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"limits.hold_hours": 48},
        {"limits.require_asking": True},
        {"limits.unreviewed_days": 3},
        {"limits.programs_denied": ["gedit"]},
    ],
    ids=str,
)
def test_a_limit_taken_back_is_new(change: dict[str, Any]) -> None:
    agreed = yes(policy(**change))
    assert consent.granted(agreed, ASKED, NOW) == frozenset()
    assert consent.decision_needed(agreed, ASKED, NOW)


def test_fewer_programs_apply_without_a_question() -> None:
    wide = policy(**{"notice.purposes.0.programs": ["mousepad", "gedit"]})
    assert consent.granted(yes(wide), ASKED, NOW) == {TEXT, APP}
    assert not consent.decision_needed(yes(wide), ASKED, NOW)


def test_nothing_before_the_notice_is_in_effect_or_after_the_policy() -> None:
    begin = ASKED.notice.effective_from
    early = yes(at=begin - 10)
    assert consent.granted(early, ASKED, begin - 1) == frozenset()
    assert consent.granted(early, ASKED, begin) == {TEXT, APP}
    assert consent.granted(yes(at=ASKED.not_after - 10), ASKED, ASKED.not_after) == frozenset()


def test_twelve_months_and_not_longer() -> None:
    long = replace(ASKED, not_after=ASKED.not_after + 10**8)
    state, end = yes(), year_after(NOW)
    assert consent.valid_until(state) == end
    assert consent.granted(state, long, end - 1) == {TEXT, APP}
    assert consent.granted(state, long, end) == frozenset()
    assert consent.standing(state, long, end) == "expired"
    assert not consent.decision_needed(state, long, end)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2028-02-29", "2029-02-28"),
        ("2027-02-28", "2028-02-28"),
        ("2027-03-01", "2028-03-01"),
        ("2026-12-31", "2027-12-31"),
    ],
)
def test_a_year_after(day: str, after: str) -> None:
    at = int(datetime.fromisoformat(day).replace(tzinfo=UTC, hour=13).timestamp())
    assert datetime.fromtimestamp(year_after(at), UTC).strftime("%Y-%m-%d %H") == f"{after} 13"


def test_a_clock_set_back_extends_nothing() -> None:
    long = replace(ASKED, not_after=ASKED.not_after + 10**8)
    seen = consent.observe(yes(), year_after(NOW))
    assert consent.granted(seen, long, NOW + 1) == frozenset()
    assert consent.standing(seen, long, NOW + 1) == "expired"
    assert consent.granted(yes(), long, NOW - 1) == frozenset()
    assert consent.observe(seen, NOW) is seen


@pytest.mark.parametrize(
    "state",
    [
        ConsentState(),
        yes(),
        consent.withdraw(yes(), NOW),
        consent.refuse(ConsentState(), ASKED, notice_hash(ASKED), NOW),
    ],
)
def test_comes_back_as_it_was_stored(state: ConsentState) -> None:
    assert ConsentState.from_json(stored(state)) == state


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, part in inside for place in _places(part, (*path, name)))]


WHOLE = stored(yes())


@given(
    st.sampled_from(_places(WHOLE)[1:]),
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just([]), st.just({}), st.just("drop")),
)
def test_any_damage_gives_no_more_than_before(place: tuple[Any, ...], value: Any) -> None:
    damaged = json.loads(json.dumps(WHOLE))
    inside = damaged
    for step in place[:-1]:
        inside = inside[step]
    if value == "drop":
        del inside[place[-1]]
    else:
        inside[place[-1]] = value
    found = ConsentState.from_json(damaged)
    for moment in (NOW, year_after(NOW) - 1, year_after(NOW)):
        for asked in (ASKED, policy(**WIDER[0])):
            assert consent.granted(found, asked, moment) <= consent.granted(yes(), asked, moment)


@pytest.mark.parametrize("value", [None, [], "given", 1, {}, {"decision": "given"}, {**WHOLE, "more": 1}])
def test_what_cannot_be_read_is_never_asked(value: object) -> None:
    assert ConsentState.from_json(value) == ConsentState()


def test_a_longer_consent_cannot_be_written_into_the_store() -> None:
    for change in ({"decided_at": NOW + 86_400}, {"decision": "refused"}, {"organisation": "emca"}):
        assert ConsentState.from_json({**WHOLE, **change}) == ConsentState()


@pytest.mark.parametrize("name", ["grants", "answered"])
@pytest.mark.parametrize("value", [None, {}, "", [None], [{}], [{"scope": None}]])
def test_grants_and_answers_of_another_shape_are_no_consent(name: str, value: object) -> None:
    assert ConsentState.from_json({**WHOLE, name: value}) == ConsentState()


def test_a_scope_that_cannot_be_hashed_is_no_consent() -> None:
    damaged = json.loads(json.dumps(WHOLE))
    damaged["grants"][0]["scope"]["title"] = "half a sign: \ud800"
    assert ConsentState.from_json(damaged) == ConsentState()


def test_the_receipt_says_what_was_agreed() -> None:
    state = yes()
    facts = consent.receipt(state, ASKED, NOW + 7)
    assert all(isinstance(value, str) for value in facts.values())
    assert facts["cells"] == "train:app train:text"
    assert facts["train:text programs"] == "mousepad"
    assert facts["train:text valid_until"] == "2027-11-23T09:00:00Z"
    assert facts["train:text recipients"] == "Data steward"
    assert len(facts["organisation_words"].split()) == 12
    assert facts["agreement"] == consent.receipt_hash(state)
    assert consent.receipt_hash(yes(cells=frozenset({TEXT}))) != consent.receipt_hash(state)
    seen_later = consent.acknowledge(state, ASKED, notice_hash(ASKED), NOW)
    assert consent.receipt_hash(consent.observe(state, NOW + 99)) == consent.receipt_hash(state)
    assert consent.receipt_hash(seen_later) == consent.receipt_hash(state)
    assert len(consent.context(state, ASKED)) == 32


def test_what_is_offered_can_be_collected_by_this_version() -> None:
    all_six = policy(
        **{
            "notice.purposes.0.categories": ["app", "title", "shortcut", "pointer", "text", "screen"],
            "limits.categories": ["app", "title", "shortcut", "pointer", "text", "screen"],
        }
    )
    assert offered(all_six) == {("train", category) for category in ("app", "title", "shortcut", "pointer", "text")}
