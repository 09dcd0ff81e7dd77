from __future__ import annotations

import hashlib
from dataclasses import replace

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.problems import Invalid, Refused
from agent.records import Sealed
from agent.seal import (
    HEAD_LENGTH,
    Header,
    batch_id,
    body,
    header,
    hybrid,
    key_id,
    may_erase,
    open_batch,
    open_own,
    parse_header,
    peek,
    restore,
    seal,
    split,
    verify,
)
from agent.seal.batch import _data_key
from agent.seal.hybrid import public_of
from tests.fakes.batches import COUNCIL, DEVICE, STEWARD, STRANGER, TERMS, approved, sealed


def test_what_was_approved_comes_out_byte_for_byte_and_in_order() -> None:
    items = approved("one", "two [card number]", "drei äöü 🙂")
    batch, _ = seal(items, TERMS, DEVICE)
    opened = open_batch(batch.data, [STEWARD])
    assert opened.records == tuple(item.record.canonical() for item in items)
    assert [hashlib.sha256(data).hexdigest() for data in opened.records] == [item.digest for item in items]
    assert opened.facts.count == 3
    assert (opened.facts.consent_receipt, opened.facts.policy) == (TERMS.consent_receipt, TERMS.policy)
    assert (opened.facts.previous, opened.facts.checkpoint) == (None, TERMS.checkpoint)


def test_sealed_tells_the_caller_what_went_in_and_nothing_of_it_is_in_the_bytes() -> None:
    batch, slot = sealed("planted words", "more planted words")
    assert (batch.count, batch.rows) == (2, (1, 2))
    assert batch.digest == hashlib.sha256(batch.data).hexdigest()
    assert b"planted" not in batch.data
    assert slot.data_key not in batch.data
    assert slot.erasure_secret not in batch.data
    assert slot.data_key.hex() not in repr(slot)


def test_the_header_is_a_closed_list() -> None:
    batch, _ = sealed("x")
    assert set(Header.__struct_fields__) == {
        "format", "suite", "organisation", "batch", "purposes", "forbidden_uses",
        "recipients", "size_class", "day", "ciphertext", "device",
    }  # fmt: skip
    core = header.take_apart(batch.data).core
    assert set(msgspec.json.decode(core)) == set(Header.__struct_fields__)
    for addition in ({"count": 1}, {"employee": "x"}):
        with pytest.raises(Invalid, match="not as agreed"):
            header.parse_core(rfc8785.dumps({**msgspec.json.decode(core), **addition}))
    for field in Header.__struct_fields__:
        less = msgspec.json.decode(core)
        del less[field]
        with pytest.raises(Invalid, match="not as agreed"):
            header.parse_core(rfc8785.dumps(less))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("suite", "ROT13"),
        ("organisation", "../x"),
        ("organisation", "a/b"),
        ("batch", "A" * 32),
        ("batch", "a" * 32 + "\n"),
        ("purposes", []),
        ("recipients", []),
        ("recipients", ["a" * 32, "a" * 32]),
        ("recipients", ["a" * 32, "b" * 32, "c" * 32]),
        ("size_class", 5000),
        ("day", "2026-02-30"),
        ("day", "20261124"),
        ("ciphertext", "xyz"),
        ("device", ""),
    ],
)
def test_a_header_with_a_wrong_value_is_refused(field: str, value: object) -> None:
    core = msgspec.json.decode(header.take_apart(sealed("x")[0].data).core)
    with pytest.raises(Invalid, match="not as agreed"):
        header.parse_core(rfc8785.dumps({**core, field: value}))


def test_a_header_in_another_form_is_refused() -> None:
    core = header.take_apart(sealed("x")[0].data).core
    for other in (core + b" ", core.replace(b":", b": ", 1), core.replace(b"{", b'{"format":1,', 1)):
        with pytest.raises(Invalid, match="canonical"):
            header.parse_core(other)


def test_one_record_and_three_hundred_have_the_same_length() -> None:
    few, _ = sealed("x")
    many, _ = sealed(*["x"] * 300)
    other, _ = sealed(*["yy"] * 200)
    assert parse_header(few.data).size_class == 4096
    assert len(many.data) == len(other.data)
    padded = sealed("z" * 17_000)[0]
    assert len(many.data) == len(padded.data), "300 records and a single one in the same class"


def test_a_record_whose_bytes_are_not_the_approved_ones_is_refused() -> None:
    items = approved("seen", "also seen")
    changed = replace(items[1], record=replace(items[1].record, text="not seen"))
    with pytest.raises(Refused) as caught:
        seal([items[0], changed], TERMS, DEVICE)
    assert caught.value.code == "record-changed"


def test_only_approved_is_sealed() -> None:
    item = approved("x")[0]
    for other in (item.record, item.record.canonical(), "x", None):
        with pytest.raises(TypeError):
            seal([other], TERMS, DEVICE)  # type: ignore[list-item]


@pytest.mark.parametrize(
    "change",
    [
        {"organisation": "Ex Ample"},
        {"purposes": ("measure",)},
        {"recipients": ()},
        {"recipients": (public_of(STEWARD), public_of(STEWARD))},
        {"day": "today"},
        {"consent_receipt": ""},
        {"policy": "b" * 63},
        {"redactor": ""},
        {"previous": "x"},
        {"checkpoint": "x" * 9000},
    ],
)
def test_terms_that_do_not_fit_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        seal(approved("x"), replace(TERMS, **change), DEVICE)
    assert caught.value.code == "seal-refused"


def test_nothing_is_not_a_batch_and_a_recipient_has_to_be_a_key() -> None:
    with pytest.raises(Refused, match="nothing to seal"):
        seal([], TERMS, DEVICE)
    for bad in (b"", b"\xff" * 1216, public_of(STEWARD)[:-1]):
        with pytest.raises(Invalid) as caught:
            seal(approved("x"), replace(TERMS, recipients=(bad,)), DEVICE)
        assert caught.value.code == "key-file-invalid"


def test_too_much_for_one_batch_is_refused_and_split_cuts_it() -> None:
    items = approved(*["x" * 700_000] * 12)
    with pytest.raises(Refused, match="too many"):
        seal(items, TERMS, DEVICE)
    runs = split(items)
    assert [item for run in runs for item in run] == items
    assert len(runs) == 3
    for run in runs:
        batch, _ = seal(run, TERMS, DEVICE)
        assert open_batch(batch.data, [STEWARD]).facts.count == len(run)
        assert len(batch.data) <= header.MAX_BATCH
    with pytest.raises(Refused, match="larger"):
        split(approved("x" * 5_000_000))
    assert split([]) == ()


def test_another_key_does_not_open_it() -> None:
    batch, _ = sealed("x")
    with pytest.raises(Invalid) as caught:
        open_batch(batch.data, [STRANGER, COUNCIL])
    assert caught.value.code == "batch-key-missing"
    assert key_id(public_of(STEWARD)) in str(caught.value)


def test_two_controllers_are_both_needed() -> None:
    batch, _ = sealed("x", recipients=(STEWARD, COUNCIL))
    assert open_batch(batch.data, [COUNCIL, STRANGER, STEWARD]).facts.count == 1
    for alone in (STEWARD, COUNCIL):
        with pytest.raises(Invalid) as caught:
            open_batch(batch.data, [alone])
        assert caught.value.code == "batch-key-missing"


def _signed_again(framed: header.Framed, core: bytes, wraps: tuple[bytes, ...]) -> bytes:
    """What somebody with a device key of their own can make of a batch: everything but the wraps."""
    mine = Ed25519PrivateKey.from_private_bytes(b"m" * 32)
    value = {**msgspec.json.decode(core), "device": mine.public_key().public_bytes_raw().hex()}
    return header.assemble(rfc8785.dumps(value), wraps, framed.body, mine)


def test_wraps_swapped_and_signed_again_do_not_open() -> None:
    batch, _ = sealed("x", recipients=(STEWARD, COUNCIL))
    framed = header.take_apart(batch.data)
    again = header.assemble(framed.core, framed.wraps[::-1], framed.body, DEVICE)
    assert verify(again)
    with pytest.raises(Invalid, match="wrapped key"):
        open_batch(again, [STEWARD, COUNCIL])


def test_wraps_of_another_batch_do_not_open_this_one() -> None:
    first, second = (header.take_apart(sealed(text)[0].data) for text in "xy")
    again = header.assemble(first.core, second.wraps, first.body, DEVICE)
    with pytest.raises(Invalid, match="wrapped key"):
        open_batch(again, [STEWARD])


def test_a_body_cannot_be_signed_over_to_another_device_or_other_terms() -> None:
    framed = header.take_apart(sealed("x")[0].data)
    with pytest.raises(Invalid, match="wrapped key"):
        open_batch(_signed_again(framed, framed.core, framed.wraps), [STEWARD])
    wider = rfc8785.dumps({**msgspec.json.decode(framed.core), "forbidden_uses": []})
    with pytest.raises(Invalid, match="wrapped key"):
        open_batch(header.assemble(wider, framed.wraps, framed.body, DEVICE), [STEWARD])


def test_a_recipient_added_or_stripped_does_not_open() -> None:
    framed = header.take_apart(sealed("x")[0].data)
    added = {**msgspec.json.decode(framed.core)}
    added["recipients"] = [*added["recipients"], key_id(public_of(STRANGER))]
    own = hybrid.wrap(b"s" * 32, public_of(STRANGER), header.info_of(rfc8785.dumps(added)))
    forged = header.assemble(rfc8785.dumps(added), (*framed.wraps, own), framed.body, DEVICE)
    assert verify(forged)
    with pytest.raises(Invalid, match="wrapped key"):
        open_batch(forged, [STEWARD, STRANGER])
    two = header.take_apart(sealed("x", recipients=(STEWARD, COUNCIL))[0].data)
    fewer = {**msgspec.json.decode(two.core)}
    fewer["recipients"] = fewer["recipients"][:1]
    with pytest.raises(Invalid, match="wrapped key"):
        open_batch(header.assemble(rfc8785.dumps(fewer), two.wraps[:1], two.body, DEVICE), [STEWARD])


def test_chunks_cannot_be_moved_dropped_or_taken_from_elsewhere() -> None:
    key = b"k" * 32
    plain = bytes(range(256)) * 1024
    sealed_body = body.encrypt(plain, key)
    assert len(sealed_body) == body.sealed_length(len(plain))
    assert body.decrypt(sealed_body, key) == plain
    step = body.CHUNK + body.TAG
    chunks = [sealed_body[at : at + step] for at in range(0, len(sealed_body), step)]
    assert len(chunks) == 4
    for wrong in (
        chunks[:-1],
        chunks[1:],
        [chunks[1], chunks[0], *chunks[2:]],
        [*chunks, chunks[-1]],
        [*chunks[:-1], chunks[-1][:-1]],
    ):
        with pytest.raises(Invalid, match="does not open"):
            body.decrypt(b"".join(wrong), key)


def test_the_employee_opens_what_was_sent_with_the_key_that_stayed_here() -> None:
    batch, slot = sealed("mine", "also mine")
    assert open_own(batch.data, slot).records == open_batch(batch.data, [STEWARD]).records
    other, _ = sealed("x")
    with pytest.raises(Invalid):
        open_own(other.data, slot)


def test_the_batch_id_is_random_and_only_its_secret_may_erase_it() -> None:
    (first, slot), (second, other) = sealed("x"), sealed("x")
    assert first.batch_id != second.batch_id
    assert batch_id(slot.erasure_secret) == first.batch_id == slot.batch_id
    assert may_erase(first.batch_id, slot.erasure_secret)
    assert not may_erase(first.batch_id, other.erasure_secret)
    assert not may_erase(first.batch_id, b"")


def test_a_batch_read_back_is_the_same_batch() -> None:
    batch, _ = sealed("x")
    again = restore(batch.data)
    assert isinstance(again, Sealed)
    assert (again.batch_id, again.data, again.digest) == (batch.batch_id, batch.data, batch.digest)
    with pytest.raises(Invalid):
        restore(batch.data[:-1])


@pytest.mark.parametrize("junk", [b"", b"ABVBRD1\n", b"ABVBRD1\n\xff\xff\xff\xff", b"<html>", b"\0" * 5000])
def test_junk_is_refused_by_name(junk: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        verify(junk)
    assert caught.value.code == "batch-invalid"


def _batch_holding(plain: bytes) -> bytes:
    """What a device with its own idea of the format would send: properly sealed and signed, the inside is ``plain``."""
    framed = header.take_apart(sealed("x")[0].data)
    share = b"s" * 32
    ciphertext = body.encrypt(plain.ljust(4096, b"\0"), _data_key([share], framed.header.batch))
    core = rfc8785.dumps({**msgspec.json.decode(framed.core), "ciphertext": hashlib.sha256(ciphertext).hexdigest()})
    wraps = (hybrid.wrap(share, public_of(STEWARD), header.info_of(core)),)
    return header.assemble(core, wraps, ciphertext, DEVICE)


def _inside(count: int, *records: bytes, tail: bytes = b"") -> bytes:
    facts = rfc8785.dumps(
        {
            "count": count, "consent_receipt": "c" * 64, "policy": "b" * 64, "redactor": "r",
            "previous": None, "checkpoint": "",
        }
    )  # fmt: skip
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in (facts, *records))
    return framed + tail


def test_a_device_cannot_smuggle_anything_past_the_steward() -> None:
    good = approved("x")[0].record.canonical()
    assert open_batch(_batch_holding(_inside(1, good)), [STEWARD]).records == (good,)
    for plain, why in (
        (_inside(2, good), "fewer|not a record"),
        (_inside(1, good, good), "more"),
        (_inside(1, good, tail=b"\0\0x"), "more"),
        (_inside(1, b'{"format":1,\n"kind":"text"}'), "not a record"),
        (_inside(1, b'{"format":1,"format":1}'), "not a record"),
        (_inside(1, b"[]"), "not a record"),
        (_inside(1, b'{"format":2}'), "not a record"),
        (_inside(1, b"\xff\xfe"), "not a record"),
        (_inside(1, b"[" * 3000), "not a record"),
        (_inside(1, b'{"format":1,"x":' + b"[" * 3000), "not a record"),
        (_inside(0), "facts"),
        (b"\xff\xff\xff\xff", "facts"),
        (b"", "facts"),
    ):
        with pytest.raises(Invalid, match=why):
            open_batch(_batch_holding(plain), [STEWARD])


def test_recipient_keys_are_those_of_the_standard() -> None:
    """First vector of draft-connolly-cfrg-xwing-kem, appendix C: seed, begin and end of the public key."""
    public = public_of(bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"))
    assert len(public) == hybrid.PUBLIC_LENGTH
    assert public[:24].hex() == "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b"
    assert public[-32:].hex() == "859edb06eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534"


def test_the_header_can_be_had_from_the_beginning_alone() -> None:
    data = sealed("x" * 100_000)[0].data
    assert len(data) > HEAD_LENGTH
    assert peek(data[:HEAD_LENGTH]) == peek(data) == parse_header(data)
    length = int.from_bytes(data[8:12], "big")
    assert peek(data[: 12 + length]) == parse_header(data)
    for start in (b"", data[:11], data[: 11 + length], b"X" + data[1:], data[:8] + b"\xff" * 4 + data[12:]):
        with pytest.raises(Invalid, match=r"begin|cut off"):
            peek(start)
