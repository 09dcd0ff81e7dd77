from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.problems import Invalid
from agent.seal import open_batch, parse_header, seal, verify
from agent.seal.body import SIZE_CLASSES, decrypt, encrypt, sealed_length, size_class
from tests.fakes.batches import COUNCIL, DEVICE, STEWARD, TERMS, approved, sealed

TEXTS = st.lists(st.text(max_size=400), min_size=1, max_size=40)


@settings(max_examples=100)
@given(TEXTS, st.text(max_size=200), st.none() | st.just("e" * 64))
def test_any_records_come_out_as_they_went_in(texts: list[str], checkpoint: str, previous: str | None) -> None:
    items = approved(*texts)
    batch, _ = seal(items, replace(TERMS, checkpoint=checkpoint, previous=previous), DEVICE)
    opened = open_batch(batch.data, [STEWARD])
    assert opened.records == tuple(item.record.canonical() for item in items)
    assert (opened.facts.checkpoint, opened.facts.previous) == (checkpoint, previous)
    assert opened.header == verify(batch.data)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_the_length_says_the_size_class_and_nothing_more(first: list[str], second: list[str]) -> None:
    one, two = (sealed(*texts)[0].data for texts in (first, second))
    assert (len(one) == len(two)) == (parse_header(one).size_class == parse_header(two).size_class)


def test_every_single_changed_byte_is_refused() -> None:
    """One bit of each byte, one byte at a time."""
    data = sealed("planted", recipients=(STEWARD, COUNCIL))[0].data
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(Invalid) as caught:
            verify(bytes(changed))
        assert caught.value.code == "batch-invalid", place
    assert verify(data)


@settings(max_examples=300)
@given(st.data())
def test_cut_extended_or_spliced_batches_are_refused(data: st.DataObject) -> None:
    batch = sealed("planted")[0].data
    at = data.draw(st.integers(0, len(batch) - 1))
    extra = data.draw(st.binary(min_size=1, max_size=40))
    for wrong in (batch[:at], batch + extra, batch[:at] + extra + batch[at:], batch[:at] + batch[at + 1 :]):
        with pytest.raises(Invalid):
            verify(wrong)


@settings(max_examples=300)
@given(st.binary(max_size=6000))
def test_no_bytes_raise_anything_but_a_named_problem(junk: bytes) -> None:
    for data in (junk, b"ABVBRD1\n" + junk):
        with pytest.raises(Invalid):
            open_batch(data, [STEWARD])


@settings(max_examples=60)
@given(st.sampled_from(SIZE_CLASSES[:5]), st.binary(min_size=32, max_size=32), st.data())
def test_a_body_with_any_bit_flipped_does_not_open(size: int, key: bytes, data: st.DataObject) -> None:
    sealed_body = bytearray(encrypt(b"\0" * size, key))
    assert len(sealed_body) == sealed_length(size)
    assert decrypt(bytes(sealed_body), key) == b"\0" * size
    place = data.draw(st.integers(0, len(sealed_body) * 8 - 1))
    sealed_body[place // 8] ^= 1 << (place % 8)
    with pytest.raises(Invalid):
        decrypt(bytes(sealed_body), key)


@given(st.integers(0, SIZE_CLASSES[-1] + 10))
def test_the_size_class_is_the_smallest_that_fits(length: int) -> None:
    chosen = size_class(length)
    if chosen is None:
        assert length > SIZE_CLASSES[-1]
    else:
        assert length <= chosen
        assert all(size < length for size in SIZE_CLASSES if size < chosen)
