"""The signed file: refused whole with all its mistakes, and trusted only where nobody else can write it."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from agent.policy.fingerprint import words
from agent.policy.jsontext import MAX_BYTES
from agent.policy.keys import CATEGORIES, KEYS, NEEDED
from agent.policy.load import Policy, notice_hash, parse, scope_hash
from agent.policy.mistakes import PolicyInvalid
from agent.policy.never import NEVER, never
from agent.policy.sign import sign
from agent.problems import Refused
from tests.fakes.organisation import NOW, ed25519, make_keys, make_policy, put, sample

KEYS_OF_ACME = make_keys()


def document(**changes: Any) -> dict[str, Any]:
    """A signed policy as plain values, changed after it was signed."""
    found: dict[str, Any] = json.loads(make_policy()[0])
    for path, value in changes.items():
        put(found, path, value)
    return found


def mistakes(data: bytes | dict[str, Any]) -> dict[str, str]:
    """Place -> what is wrong there."""
    with pytest.raises(PolicyInvalid) as raised:
        parse(data if isinstance(data, bytes) else json.dumps(data).encode(), NOW)
    assert raised.value.code == "policy-invalid"
    assert all(mistake.remedy for mistake in raised.value.mistakes)
    return {mistake.place: mistake.what for mistake in raised.value.mistakes}


def draft(**changes: Any) -> dict[str, str]:
    """What is wrong with a file signed anew after the change: the signature is never the reason."""
    found = sample(KEYS_OF_ACME)
    for path, value in changes.items():
        put(found, path, value)
    with pytest.raises(PolicyInvalid) as raised:
        sign(found, KEYS_OF_ACME.organisation)
    return {mistake.place: mistake.what for mistake in raised.value.mistakes}


# ---------------------------------------------------------------- the file


def test_the_sample_is_valid() -> None:
    policy = parse(make_policy()[0], NOW)
    assert (policy.serial, policy.notice.organisation.name) == (7, "Acme GmbH")
    assert policy.notice.recipients[0].key == KEYS_OF_ACME.steward_public
    assert policy.delivery.collector == "https://collect.acme.example"
    assert len(policy.hash) == 64
    assert policy == parse(make_policy()[0], NOW)


def test_white_space_and_order_do_not_matter() -> None:
    plain = json.loads(make_policy()[0])
    turned = json.dumps(dict(reversed(plain.items())), separators=(",", ":")).encode()
    assert parse(turned, NOW) == parse(make_policy()[0], NOW)


def test_what_is_not_said_has_its_default() -> None:
    bare = sample(KEYS_OF_ACME)
    for name in ("assessment", "worker_representation", "authority"):
        del bare["notice"][name]
    del bare["limits"]
    policy = parse(sign(bare, KEYS_OF_ACME.organisation), NOW)
    assert policy.notice.assessment.id == ""
    assert (policy.limits.hold_hours, policy.limits.unreviewed_days, policy.limits.require_asking) == (24, 7, False)
    assert policy.limits.categories == CATEGORIES


def test_all_mistakes_at_once() -> None:
    found = mistakes(
        document(
            serial="7",
            **{"notice.retention_days": 0, "limits.hide_tray": True, "delivery.more": 1, "notice.countries": []},
        )
    )
    assert set(found) == {
        "serial",
        "notice.retention_days",
        "limits.hide_tray",
        "delivery.more",
        "notice.countries",
        "signature",
    }


@pytest.mark.parametrize("key", [key for key in KEYS if key.default is NEEDED], ids=lambda key: key.path)
def test_every_needed_key_is_needed(key: Any) -> None:
    found = document()
    *steps, last = key.path.replace("[]", ".0").split(".")
    inside: Any = found
    for step in steps:
        inside = inside[int(step)] if isinstance(inside, list) else inside[step]
    del inside[last]
    assert mistakes(found)[key.path.replace("[]", "[0]")] == "it is missing"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.path)
@pytest.mark.parametrize("value", [None, 1.5, [[]], {"x": {}}, -1, "\x00", [1]], ids=repr)
def test_every_key_refuses_a_wrong_type(key: Any, value: Any) -> None:
    found = document(**{key.path.replace("[]", ".0"): value})
    expected = "file" if value == 1.5 else key.path.replace("[]", "[0]")
    assert any(place.startswith(expected) for place in mistakes(found))


@pytest.mark.parametrize("name", [*NEVER, "Hide-Tray", "hideTray"])
@pytest.mark.parametrize("part", ["", "notice.", "limits.", "delivery.", "notice.purposes.0."])
def test_what_no_policy_may_ever_say(part: str, name: str) -> None:
    found = draft(**{part + name: True})
    place = part.replace(".0.", "[0].") + name
    assert found == {place: "no policy can ever say this"}
    assert never(name)


def test_an_unknown_key_is_refused_wherever_it_is() -> None:
    assert draft(**{"limits.colour": "red"}) == {"limits.colour": "there is no such key"}
    assert draft(**{"notice.recipients.0.colour": "red"}) == {"notice.recipients[0].colour": "there is no such key"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"notice.forbidden_uses": ["performance"]}, "notice.forbidden_uses"),
        ({"notice.collector_host": "elsewhere.example"}, "notice.collector_host"),
        ({"delivery.collector": "http://collect.acme.example"}, "delivery.collector"),
        ({"delivery.collector": "https://user@collect.acme.example"}, "delivery.collector"),
        ({"not_after": "2026-11-01T00:00:00Z"}, "not_after"),
        ({"not_after": "2027-02-30T00:00:00Z"}, "not_after"),
        ({"not_after": "2027-11-01"}, "not_after"),
        ({"limits.hold_hours": 1}, "limits.hold_hours"),
        ({"limits.unreviewed_days": 8}, "limits.unreviewed_days"),
        ({"limits.require_asking": 1}, "limits.require_asking"),
        ({"serial": True}, "serial"),
        ({"notice.purposes.0.categories": ["text", "text"]}, "notice.purposes[0].categories"),
        ({"notice.purposes.0.categories": ["audio"]}, "notice.purposes[0].categories"),
        ({"notice.purposes.0.programs": ["*", "mousepad"]}, "notice.purposes[0].programs"),
        ({"notice.purposes.0.programs": ["Mousepad"]}, "notice.purposes[0].programs"),
        ({"notice.purposes.0.title": {"de": "Nur deutsch"}}, "notice.purposes[0].title"),
        ({"notice.purposes.0.title": {"en": "x", "fr": "y"}}, "notice.purposes[0].title"),
        ({"notice.organisation.name": "Ac\u202eme"}, "notice.organisation.name"),
        ({"notice.organisation.name": "Acme\nGmbH"}, "notice.organisation.name"),
        ({"notice.organisation.name": " "}, "notice.organisation.name"),
        ({"notice.organisation.country": "de"}, "notice.organisation.country"),
        ({"notice.recipients.0.suite": "X25519"}, "notice.recipients[0].suite"),
        ({"notice.recipients.0.key": "AAAA"}, "notice.recipients[0].key"),
        ({"notice.recipients": []}, "notice.recipients"),
        ({"notice.assessment.url": "javascript:alert(1)"}, "notice.assessment.url"),
        ({"delivery.ca": "no certificate"}, "delivery.ca"),
    ],
    ids=str,
)
def test_one_mistake_is_named_at_its_place(change: dict[str, Any], place: str) -> None:
    assert list(draft(**change)) == [place]


def test_only_an_address_of_this_computer_may_do_without_https() -> None:
    assert "delivery.collector" in draft(**{"delivery.collector": "http://127.0.0.1.evil.example"})
    make_policy(**{"delivery.collector": "http://127.0.0.1:8443"})
    make_policy(**{"delivery.collector": "http://[::1]:8443"})


def test_two_purposes_of_one_name() -> None:
    one = sample(KEYS_OF_ACME)["notice"]["purposes"][0]
    assert draft(**{"notice.purposes": [one, one]}) == {"notice.purposes[1].id": "another entry has the same id"}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not JSON"),
        (b"{}", "empty"),
        (b"[]", "not a JSON object"),
        (b"{", "not JSON"),
        (b'{"serial": NaN}', "NaN"),
        (b'{"serial": 1e3}', "whole number"),
        (b'{"serial": ' + b"9" * 5000 + b"}", "digits"),
        (b'{"serial": 1, "serial": 2}', "twice"),
        (b"\xff{}", "UTF-8"),
        (b"[" * 100_000, "nested"),
        (b'{"a":"' + b"x" * MAX_BYTES + b'"}', "bytes"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_not_json_as_it_should_be(data: bytes, what: str) -> None:
    assert what in mistakes(data)["file"]


def test_half_a_surrogate_pair_is_a_mistake_and_no_crash() -> None:
    text = make_policy()[0].replace(b"Acme GmbH", b"Acme \\ud800")
    assert {"notice.organisation.name", "signature"} <= set(mistakes(text))


def test_every_changed_value_breaks_the_signature() -> None:
    assert mistakes(document(**{"notice.retention_days": 179})) == {
        "signature": "it is not the signature of this text by notice.organisation_key"
    }


def test_signing_with_another_key_than_the_notice_names() -> None:
    with pytest.raises(PolicyInvalid) as raised:
        sign(sample(KEYS_OF_ACME), ed25519("somebody else"))
    assert [mistake.place for mistake in raised.value.mistakes] == ["notice.organisation_key"]


def test_a_policy_whose_time_is_over() -> None:
    policy = parse(make_policy()[0], NOW)
    with pytest.raises(Refused) as raised:
        parse(make_policy()[0], policy.not_after)
    assert raised.value.code == "policy-expired"


def outcome(data: bytes) -> Policy | PolicyInvalid:
    try:
        return parse(data, NOW)
    except PolicyInvalid as invalid:
        return invalid


def test_mutations_are_refused_by_name_or_change_nothing() -> None:
    """2,000 random changes of the bytes of a valid file, always the same ones."""
    data, chance = make_policy()[0], random.Random(7)
    whole = parse(data, NOW)
    refused = 0
    for _ in range(2_000):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            place, size = chance.randrange(len(changed)), chance.randint(1, 40)
            match chance.randrange(5):
                case 0:
                    changed[place] = chance.randrange(256)
                case 1:
                    del changed[place : place + size]
                case 2:
                    changed[place:place] = changed[place : place + size]
                case 3:
                    changed[place:place] = chance.choice([b"{", b"]", b'"', b"null", b"1e9", b'"x":1,', b"\\ud800"])
                case _:
                    other = chance.randrange(len(changed))
                    changed[place : place + size] = changed[other : other + size]
        found = outcome(bytes(changed))
        if isinstance(found, Policy):
            assert found == whole
        else:
            refused += 1
            assert found.mistakes
            str(found).encode()
    assert refused > 1_500


# ---------------------------------------------------------------- hashes


def test_the_scope_covers_its_own_cell_and_nothing_of_delivery() -> None:
    policy = parse(make_policy()[0], NOW)
    assert scope_hash(policy, "train", "text") != scope_hash(policy, "train", "app")
    assert scope_hash(policy, "train", "screen") == ""
    assert scope_hash(policy, "other", "text") == ""
    other = parse(make_policy(serial=8, **{"delivery.proxy": "http://proxy.example:1"})[0], NOW)
    assert scope_hash(other, "train", "text") == scope_hash(policy, "train", "text")
    assert notice_hash(other) == notice_hash(policy)
    assert other.hash != policy.hash


@pytest.mark.parametrize(
    "change",
    [
        {"not_after": "2027-10-01T00:00:00Z"},
        {"notice.version": 2},
        {"notice.assessment.id": "DPIA 2027"},
        {"notice.retention_days": 90},
        {"limits.hold_hours": 25},
    ],
    ids=str,
)
def test_whatever_the_employee_sees_is_in_the_hash_of_the_notice(change: dict[str, Any]) -> None:
    assert notice_hash(parse(make_policy(**change)[0], NOW)) != notice_hash(parse(make_policy()[0], NOW))


def test_words_of_a_key() -> None:
    found = words(b"\x01" * 32)
    assert len(found) == 12
    assert found == words(b"\x01" * 32)
    assert found != words(b"\x02" * 32)
    # SHA-256 of nothing begins e3b0c442...: 11100011101 is 1821, and counting from 0 that word is "together".
    assert words(b"")[0] == "together"
