"""Limits beside the signed file: whatever stands in them, in whatever order, only narrows."""

from __future__ import annotations

import json
import os
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.policy.dropins import dropin_mistakes, narrowed
from agent.policy.hours import week_of
from agent.policy.keys import CATEGORIES, children
from agent.policy.load import Loaded, Policy, find, is_narrower, parse
from agent.policy.mistakes import PolicyInvalid
from agent.policy.model import offered
from agent.policy.schema import explain, validate_file
from tests.fakes.enginehouse import House
from tests.fakes.organisation import NOW, make_policy

LIMITS = st.fixed_dictionaries(
    {},
    optional={
        "categories": st.lists(st.sampled_from(CATEGORIES), unique=True),
        "programs_denied": st.lists(st.sampled_from(["mousepad", "gedit", "xterm"]), unique=True),
        "hold_hours": st.integers(24, 720),
        "unreviewed_days": st.integers(1, 7),
        "require_asking": st.booleans(),
        "redaction": st.sampled_from(["light", "balanced", "strict"]),
        "quiet_hours": st.lists(st.sampled_from(["mon 18:00-09:00", "sat sun 00:00-00:00"]), unique=True),
    },
)
BASE = parse(make_policy(**{"limits.programs_denied": ["emacs"], "limits.hold_hours": 48})[0], NOW)


def under(policy: Policy, *limits: dict[str, Any]) -> Policy:
    for each in limits:
        policy = narrowed(policy, {"limits": each})
    return policy


@given(LIMITS, LIMITS)
def test_no_file_gives_anything_back_in_no_order(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert dropin_mistakes({"limits": one}) == []
    both = under(BASE, one, two)
    assert is_narrower(BASE, under(BASE, one))
    assert is_narrower(under(BASE, one), both)
    other = under(BASE, two, one)
    assert is_narrower(both, other)
    assert is_narrower(other, both)
    assert offered(both) <= offered(BASE)
    assert week_of(both.limits.quiet_hours) >= week_of(BASE.limits.quiet_hours)
    assert both.hash == BASE.hash
    assert under(both, one, two).limits == both.limits


def test_every_limit_of_the_table_can_be_said() -> None:
    tight = {
        "categories": ["app"], "programs_denied": ["gedit"], "hold_hours": 72, "unreviewed_days": 2,
        "require_asking": True, "quiet_hours": ["sun 00:00-00:00"], "redaction": "strict",
    }  # fmt: skip
    assert set(tight) == {key.name for key in children("limits")}
    limits = under(BASE, tight).limits
    assert (limits.categories, limits.hold_hours, limits.unreviewed_days) == (("app",), 72, 2)
    assert (limits.programs_denied, limits.require_asking) == (("emacs", "gedit"), True)
    assert limits.quiet_hours == ("sun 00:00-00:00",)


@pytest.mark.parametrize(
    ("document", "places"),
    [
        ({}, ["limits"]),
        ({"limits": []}, ["limits"]),
        ({"limits": {"hold_hours": 1}}, ["limits.hold_hours"]),
        ({"limits": {"hide_tray": True}}, ["limits.hide_tray"]),
        ({"limits": {}, "notice": {}, "auto_consent": True}, ["notice", "auto_consent"]),
        ({"limits": {"max_pause": 1, "programs_denied": "x"}}, ["limits.programs_denied", "limits.max_pause"]),
    ],
)
def test_anything_else_is_named(document: dict[str, object], places: list[str]) -> None:
    assert [mistake.place for mistake in dropin_mistakes(document)] == places


# ---------------------------------------------------------------- on the disk


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    (folder / "policy.d").mkdir(parents=True)
    for place in (folder, folder / "policy.d"):
        place.chmod(0o755)
    put(folder / "policy.json", make_policy()[0])
    return folder


def put(place: Path, data: bytes | dict[str, Any]) -> Path:
    place.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    place.chmod(0o644)
    return place


def look(etc: Path, previous: Policy | None = None) -> Loaded:
    return find(None, etc, now=NOW, previous=previous, owner=os.getuid(), top=etc)


def test_all_files_of_the_folder_narrow_and_say_so(etc: Path) -> None:
    one = put(etc / "policy.d/10-mail.json", {"limits": {"programs_denied": ["gedit"], "hold_hours": 72}})
    two = put(etc / "policy.d/20-nights.json", {"limits": {"quiet_hours": ["sun 00:00-00:00"], "hold_hours": 48}})
    put(etc / "policy.d/README", b"not one of ours")
    put(etc / "policy.d/10-mail.json.dpkg-old", b"nor this")
    loaded = look(etc)
    limits = loaded.policy.limits
    assert (limits.programs_denied, limits.hold_hours, limits.quiet_hours) == (("gedit",), 72, ("sun 00:00-00:00",))
    sources = {row["key"]: row["source"] for row in explain(loaded)["keys"]}
    assert sources["limits.programs_denied"] == str(one)
    assert sources["limits.quiet_hours"] == str(two)
    assert sources["notice.id"] == str(etc / "policy.json")


def test_the_order_of_names_changes_nothing(etc: Path) -> None:
    files = [{"hold_hours": 72}, {"hold_hours": 48, "categories": ["text"]}, {"categories": ["app", "text"]}]
    found = set()
    for order in permutations(files):
        for number, limits in enumerate(order):
            put(etc / f"policy.d/{number}.json", {"limits": limits})
        limits_now = look(etc).policy.limits
        found.add((limits_now.hold_hours, limits_now.categories))
    assert found == {(72, ("text",))}


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"limits": {"hold_hours": 1}}', b'{"notice": {}}', b'{"limits": {}, "limits": {}}', b"\xff"]
)
def test_a_wrong_file_leaves_nothing_in_force_not_even_what_was_before(etc: Path, data: bytes) -> None:
    before = look(etc).policy
    place = put(etc / "policy.d/10.json", data)
    with pytest.raises(PolicyInvalid) as raised:
        look(etc, before)
    assert raised.value.facts["place"] == str(place)


def test_files_and_folders_others_may_write_are_refused(etc: Path) -> None:
    place = put(etc / "policy.d/10.json", {"limits": {}})
    assert look(etc).policy.limits == parse(make_policy()[0], NOW).limits
    place.chmod(0o666)
    with pytest.raises(PolicyInvalid):
        look(etc)
    place.chmod(0o644)
    (etc / "policy.d").chmod(0o777)
    with pytest.raises(PolicyInvalid):
        look(etc)
    (etc / "policy.d").chmod(0o755)
    place.unlink()
    place.symlink_to(put(etc / "elsewhere.json", {"limits": {}}))
    with pytest.raises(PolicyInvalid):
        look(etc)


def test_a_file_where_the_folder_should_be_is_refused(etc: Path) -> None:
    (etc / "policy.d").rmdir()
    put(etc / "policy.d", b"{}")
    with pytest.raises(PolicyInvalid) as raised:
        look(etc)
    assert "not a folder" in str(raised.value)


def test_limits_hold_for_a_policy_that_stays_while_the_new_one_is_refused(etc: Path) -> None:
    before = look(etc).policy
    document = json.loads(make_policy(serial=8)[0])
    document["surprise"] = True
    put(etc / "policy.json", document)
    put(etc / "policy.d/10.json", {"limits": {"require_asking": True}})
    loaded = look(etc, before)
    assert loaded.problem is not None
    assert loaded.policy.limits.require_asking


def test_it_can_be_validated_before_it_is_installed(tmp_path: Path) -> None:
    assert validate_file(put(tmp_path / "10.json", {"limits": {"hold_hours": 72}}), NOW) == []
    (mistake,) = validate_file(put(tmp_path / "20.json", {"limits": {"hold_hours": 1}}), NOW)
    assert mistake.place == "limits.hold_hours"


def test_a_trial_has_none(tmp_path: Path) -> None:
    house = House(tmp_path)
    (house.trial / "policy.d").mkdir()
    put(house.trial / "policy.d/10.json", b"not looked at")
    house.restart()
    assert house.snapshot.organisation == "Acme GmbH"
    house.engine.stop()
