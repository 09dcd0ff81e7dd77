"""One controller or two: what the policy may say, what a yes covers, and that two open only together."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent import consent, protocol
from agent.policy.fingerprint import words
from agent.policy.load import Policy, is_narrower, notice_hash, parse
from agent.policy.mistakes import PolicyInvalid
from agent.policy.scope import scope
from agent.policy.sign import sign
from agent.problems import Invalid, Refused
from agent.seal import (
    Share,
    batch_id,
    cosign_share,
    encode_cosigned,
    header,
    hybrid,
    key_id,
    open_batch,
    parse_cosigned,
    verify,
)
from agent.seal.hybrid import public_of
from tests.fakes.batches import COUNCIL, DEVICE, STEWARD, STRANGER, sealed
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.organisation import NOW, controllers, make_keys, make_policy, make_policy_of_two, put, sample

KEYS: Final = make_keys()
SIGNER: Final = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
SIGNER_PUBLIC: Final = SIGNER.public_key().public_bytes_raw()
OTHER: Final = Ed25519PrivateKey.from_private_bytes(b"v" * 32)


def _mistakes(**changes: Any) -> dict[str, str]:
    document = sample(KEYS)
    put(document, "notice.recipients", controllers(KEYS))
    for path, value in changes.items():
        put(document, path, value)
    with pytest.raises(PolicyInvalid) as raised:
        sign(document, KEYS.organisation)
    return {mistake.place: mistake.what for mistake in raised.value.mistakes}


def _policy(made: tuple[bytes, object]) -> Policy:
    return parse(made[0], NOW)


# ---------------------------------------------------------------- policy and consent


def test_a_policy_names_one_controller_or_two() -> None:
    two = _policy(make_policy_of_two())
    assert [(entry.role, entry.name) for entry in two.notice.recipients] == [
        ("steward", "Data steward"),
        ("works-council", "Works council"),
    ]
    one, other = (words(entry.key) for entry in two.notice.recipients)
    assert one != other
    assert len(_policy(make_policy()).notice.recipients) == 1


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"notice.recipients.0.role": "works-council"}, "notice.recipients"),
        ({"notice.recipients.1.role": "steward"}, "notice.recipients"),
        ({"notice.recipients.1.role": "auditor"}, "notice.recipients[1].role"),
        ({"notice.recipients": controllers(KEYS)[1:]}, "notice.recipients"),
        ({"notice.recipients": []}, "notice.recipients"),
        ({"notice.recipients": [*controllers(KEYS), {**controllers(KEYS)[1], "id": "third"}]}, "notice.recipients"),
        ({"notice.recipients.1.id": "steward"}, "notice.recipients[1].id"),
        ({"notice.recipients.1.key": controllers(KEYS)[0]["key"]}, "notice.recipients[1].key"),
        ({"notice.recipients.1.key": "AAAA"}, "notice.recipients[1].key"),
    ],
)
def test_anything_but_one_steward_and_at_most_one_council_is_refused(changes: dict[str, Any], place: str) -> None:
    assert place in _mistakes(**changes)


def test_who_can_open_is_part_of_what_a_yes_covers() -> None:
    """Leaving the council out is no narrowing: then the steward alone can open what neither could before."""
    one, two = _policy(make_policy(serial=8)), _policy(make_policy_of_two(serial=8))
    assert not is_narrower(two, one)
    assert not is_narrower(one, two)
    assert notice_hash(one) != notice_hash(two)
    found = scope(two, "train", "text")
    assert found is not None
    assert {row[2] for row in found.recipients} == {"Data steward", "Works council"}
    council = base64.b64encode(public_of(STRANGER)).decode()
    assert not is_narrower(two, _policy(make_policy_of_two(serial=8, **{"notice.recipients.1.key": council})))
    turned = make_policy_of_two(serial=9, **{"notice.recipients": controllers(KEYS)[::-1]})
    assert is_narrower(two, _policy(turned)), "the same two, named in another order, are the same two"


# ---------------------------------------------------------------- every change to recipients and wraps


def _two() -> header.Framed:
    return header.take_apart(sealed("planted", recipients=(STEWARD, COUNCIL))[0].data)


def _core(framed: header.Framed, recipients: list[str], **changes: object) -> bytes:
    return rfc8785.dumps({**msgspec.json.decode(framed.core), "recipients": recipients, **changes})


def _wraps_for(core: bytes, seeds: list[bytes]) -> tuple[bytes, ...]:
    return tuple(hybrid.wrap(b"s" * 32, public_of(seed), header.info_of(core)) for seed in seeds)


def _mutations() -> dict[str, Callable[[header.Framed], tuple[bytes, tuple[bytes, ...]]]]:
    """Every list of recipients of up to two out of three keys, with every way of filling the wraps."""
    kids = {seed: key_id(public_of(seed)) for seed in (STEWARD, COUNCIL, STRANGER)}
    names = {STEWARD: "steward", COUNCIL: "council", STRANGER: "stranger"}
    found: dict[str, Callable[[header.Framed], tuple[bytes, tuple[bytes, ...]]]] = {}
    for size in (1, 2):
        for seeds in itertools.product(kids, repeat=size):
            listed = [kids[seed] for seed in seeds]
            for places in itertools.product((0, 1, None), repeat=size):
                if (seeds, places) == ((STEWARD, COUNCIL), (0, 1)):
                    continue

                def change(
                    framed: header.Framed,
                    listed: list[str] = listed,
                    seeds: tuple[bytes, ...] = seeds,
                    places: tuple[int | None, ...] = places,
                ) -> tuple[bytes, tuple[bytes, ...]]:
                    core = _core(framed, listed)
                    fresh = _wraps_for(core, list(seeds))
                    return core, tuple(
                        fresh[n] if place is None else framed.wraps[place] for n, place in enumerate(places)
                    )

                label = ",".join(names[seed] for seed in seeds)
                found[f"{label} {places}"] = change
    return found


MUTATIONS: Final = _mutations()


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_stripped_swapped_added_doubled_or_reordered_recipient_is_refused(name: str) -> None:
    """Even signed anew by the very device that sealed it, and with every key at hand."""
    framed = _two()
    core, wraps = MUTATIONS[name](framed)
    with pytest.raises(Invalid):
        open_batch(header.assemble(core, wraps, framed.body, DEVICE), [STEWARD, COUNCIL, STRANGER])
    with pytest.raises(Invalid):
        verify(header.MAGIC + len(core).to_bytes(4, "big") + core + b"".join(wraps) + framed.signature + framed.body)


def test_three_recipients_or_none_are_no_batch() -> None:
    framed = _two()
    kid = key_id(public_of(STRANGER))
    for recipients in ([], [*framed.header.recipients, kid]):
        core = _core(framed, recipients)
        with pytest.raises(Invalid):
            verify(header.assemble(core, (framed.wraps * 2)[: len(recipients)], framed.body, DEVICE))


def test_the_changes_above_would_be_seen_not_to_be_changes() -> None:
    framed = _two()
    same = header.assemble(_core(framed, list(framed.header.recipients)), framed.wraps, framed.body, DEVICE)
    assert open_batch(same, [STEWARD, COUNCIL]).facts.count == 1
    assert len(MUTATIONS) == 3 * 3 + 9 * 9 - 1


# ---------------------------------------------------------------- co-signing


def test_the_steward_opens_what_the_council_cosigned_and_nothing_else() -> None:
    first, second = (sealed(name, recipients=(STEWARD, COUNCIL))[0] for name in ("first", "second"))
    share = cosign_share(first.data, COUNCIL, public_of(STEWARD))
    assert COUNCIL not in share.wrapped
    assert open_batch(first.data, [STEWARD], [share]) == open_batch(first.data, [STEWARD, COUNCIL])
    for data, keys, shares in (
        (first.data, [STEWARD], []),
        (first.data, [COUNCIL], [share]),
        (first.data, [STRANGER], [share]),
        (second.data, [STEWARD], [share]),
    ):
        with pytest.raises(Invalid) as caught:
            open_batch(data, keys, shares)
        assert caught.value.code == "batch-key-missing"


def test_it_works_the_other_way_round_and_only_between_these_two() -> None:
    batch = sealed("x", recipients=(STEWARD, COUNCIL))[0].data
    share = cosign_share(batch, STEWARD, public_of(COUNCIL))
    assert open_batch(batch, [COUNCIL], [share]).facts.count == 1
    alone = sealed("x")[0].data
    for data, own, other in (
        (batch, COUNCIL, STRANGER),
        (batch, STRANGER, STEWARD),
        (batch, COUNCIL, COUNCIL),
        (alone, STEWARD, COUNCIL),
        (alone, STEWARD, STEWARD),
    ):
        with pytest.raises(Refused) as caught:
            cosign_share(data, own, public_of(other))
        assert caught.value.code == "cosign-refused"
    with pytest.raises(Invalid):
        cosign_share(batch[:-1], COUNCIL, public_of(STEWARD))


def test_a_share_under_another_batchs_name_or_terms_opens_nothing() -> None:
    first, second = (sealed(name, recipients=(STEWARD, COUNCIL))[0].data for name in ("first", "second"))
    share = cosign_share(first, COUNCIL, public_of(STEWARD))
    other = cosign_share(second, COUNCIL, public_of(STEWARD))
    for wrong in (
        replace(share, batch=other.batch),
        replace(share, batch=other.batch, core=other.core),
        replace(other, wrapped=share.wrapped),
        replace(other, wrapped=other.wrapped[::-1]),
    ):
        with pytest.raises(Invalid) as caught:
            open_batch(second, [STEWARD], [wrong])
        assert caught.value.code == "cosign-refused"


def _file() -> tuple[bytes, list[Share]]:
    shares = [
        cosign_share(sealed(name, recipients=(STEWARD, COUNCIL))[0].data, COUNCIL, public_of(STEWARD)) for name in "ab"
    ]
    return encode_cosigned(shares, "2026-11-26", SIGNER), shares


def test_a_cosigning_file_says_what_was_put_in_and_who_signed() -> None:
    data, shares = _file()
    found = parse_cosigned(data, SIGNER_PUBLIC)
    assert (found.made, found.signer, list(found.shares)) == ("2026-11-26", SIGNER_PUBLIC, shares)


def test_a_changed_cosigning_file_is_refused() -> None:
    data, shares = _file()
    whole = msgspec.json.decode(data)
    inner = whole["cosigned"]

    def again(key: Ed25519PrivateKey = SIGNER, **changes: object) -> bytes:
        """Signed by somebody: what is refused then is refused for what it says."""
        body = {**inner, **changes}
        signature = base64.b64encode(key.sign(b"aboveboard cosigned 1\n" + rfc8785.dumps(body))).decode()
        return rfc8785.dumps({"cosigned": body, "signature": signature})

    assert parse_cosigned(again(), SIGNER_PUBLIC)
    entry = inner["batches"][0]
    for wrong in (
        b"",
        b"[]",
        b"\xff",
        b"x" * (32 * 1024 * 1024 + 1),
        data + b" ",
        rfc8785.dumps({**whole, "signature": "!"}),
        rfc8785.dumps({**whole, "signature": base64.b64encode(b"s" * 64).decode()}),
        rfc8785.dumps({**whole, "cosigned": {**inner, "made": "2026-11-27"}}),
        again(OTHER),
        again(OTHER, signer=OTHER.public_key().public_bytes_raw().hex()),
        again(format=2),
        again(made="today"),
        again(batches=[]),
        again(batches=[entry, entry]),
        again(batches=[{**entry, "wrapped": "AAAA"}]),
        again(batches=[{**entry, "wrapped": "?"}]),
        again(batches=[{**entry, "count": 3}]),
        again(people=["x"]),
    ):
        with pytest.raises(Invalid) as caught:
            parse_cosigned(wrong, SIGNER_PUBLIC)
        assert caught.value.code == "cosign-refused"
    for unequal in ([], [shares[0], replace(shares[1], of="0" * 32)]):
        with pytest.raises(Refused):
            encode_cosigned(unequal, "2026-11-26", SIGNER)


def test_batch_ids_are_not_told_by_a_cosignature() -> None:
    """It names the batch by its id, which is a hash of a secret only the employee's computer has."""
    batch, slot = sealed("x", recipients=(STEWARD, COUNCIL))
    assert cosign_share(batch.data, COUNCIL, public_of(STEWARD)).batch == batch_id(slot.erasure_secret)


# ---------------------------------------------------------------- the whole engine


def test_what_the_engine_seals_for_two_opens_for_neither_alone(tmp_path: Path) -> None:
    house = House(tmp_path, **{"notice.recipients": controllers(KEYS)})
    try:
        named = [(person.name, len(person.key_words)) for person in house.notice().recipients]
        assert named == [("Data steward", 12), ("Works council", 12)]
        house.agree()
        house.types("for both of them")
        house.goes_to(TERMINAL)
        house.send_all()
        (row,) = house.page(protocol.Sent, protocol.GetSent, offset=0, limit=5).rows
        assert row.recipients == ("Data steward", "Works council")
        found = house.engine.stores.open().outbox.read(row.batch)
        assert found is not None
        receipt = consent.receipt(house.engine.stores.consent, house.engine.terms.in_force(), NOW)
    finally:
        house.engine.stop()
    for said in ("Data steward", "Works council", "by all recipients together"):
        assert said in str(receipt)
    for alone in (KEYS.steward_seed, KEYS.council_seed):
        with pytest.raises(Invalid) as caught:
            open_batch(found.data, [alone])
        assert caught.value.code == "batch-key-missing"
    both = open_batch(found.data, [KEYS.steward_seed, KEYS.council_seed])
    share = cosign_share(found.data, KEYS.council_seed, KEYS.steward_public)
    assert open_batch(found.data, [KEYS.steward_seed], [share]) == both
    assert any(b"for both of them" in record for record in both.records)
