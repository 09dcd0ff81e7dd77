"""The closed list: every clear byte of a batch, of the request that carries it and of the receipt has its name here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.ledger import Checkpoint
from agent.seal import header, hybrid, open_batch, parse_header, seal
from agent.seal.batch import FACTS_COUNT_AS
from agent.seal.body import SIZE_CLASSES, sealed_length
from agent.upload import Accepted, Destination, send
from tests.fakes.batches import COLLECTOR_PUBLIC, COUNCIL, DEVICE, STEWARD, TERMS, approved, sealed
from tests.fakes.collector import MemoryCollector
from tests.fakes.fault_proxy import fault_proxy

#: DESIGN 6: format version, suite, organisation, batch, purposes and forbidden uses, recipients' key ids, size class,
#: day, hash of the ciphertext, the pseudonym's public key. A field more is a promise broken.
HEADER: Final = {
    "format", "suite", "organisation", "batch", "purposes", "forbidden_uses", "recipients", "size_class", "day",
    "ciphertext", "device",
}  # fmt: skip
#: Names of headers, and the only values that are the same for everybody.
REQUEST: Final = {
    "host", "user-agent", "accept", "accept-encoding", "connection", "if-none-match", "content-type", "content-length",
}  # fmt: skip
RECEIPT: Final = {"format", "batch", "sha256", "size", "received", "collector"}


def clear_of(data: bytes) -> tuple[dict[str, Any], int]:
    """The clear JSON of a batch, and how many of its bytes are none of the parts that are named."""
    length = int.from_bytes(data[8:12], "big")
    core: dict[str, Any] = json.loads(data[12 : 12 + length])
    named = 8 + 4 + length + len(core["recipients"]) * hybrid.WRAP_LENGTH + 64 + sealed_length(core["size_class"])
    return core, len(data) - named


@pytest.mark.parametrize("recipients", [(STEWARD,), (STEWARD, COUNCIL)], ids=["one", "two"])
def test_nothing_of_a_batch_is_clear_but_the_closed_list(recipients: tuple[bytes, ...]) -> None:
    batch = sealed("planted words", recipients=recipients)[0]
    core, unnamed = clear_of(batch.data)
    assert set(core) == HEADER == set(header.Header.__struct_fields__)
    assert unnamed == 0
    flat = [value for value in core.values() if not isinstance(value, list)]
    lists = [value for value in core.values() if isinstance(value, list)]
    assert all(isinstance(value, str | int) for value in flat)
    assert all(isinstance(item, str) for value in lists for item in value)
    for inside in (TERMS.consent_receipt, TERMS.policy, TERMS.redactor, TERMS.checkpoint, "mousepad", "planted"):
        assert inside.encode() not in batch.data


def test_nothing_leaves_with_it_but_what_everybody_sends(tmp_path: Path) -> None:
    requests = []
    for texts in (["x"], ["planted words"] * 300):
        collector, batch = MemoryCollector(), sealed(*texts)[0]
        with fault_proxy(collector) as proxy:
            to = Destination(proxy.url, COLLECTOR_PUBLIC, trial=True)
            with to.client() as client:
                outcome = send(batch, to, client)
            (asked,) = proxy.seen
        assert isinstance(outcome, Accepted)
        head = parse_header(batch.data)
        assert asked.method == "PUT"
        assert asked.path == f"/v1/{head.organisation}/{head.device}/{head.day}/{head.batch}"
        assert asked.body == batch.data
        sent = {name.lower(): value for name, value in asked.headers.items()}
        assert set(sent) == REQUEST
        del sent["host"]  # the port of this run
        requests.append(sent)
        receipt = json.loads(outcome.document)
        assert set(receipt) == {"receipt", "signature"}
        assert set(receipt["receipt"]) == RECEIPT
    one, many = requests
    del one["content-length"], many["content-length"]
    assert one == many


def test_one_record_and_three_hundred_of_one_size_class_have_the_same_length() -> None:
    one, many = sealed("z" * 60_000)[0], sealed(*["x"] * 300)[0]
    assert (one.count, many.count) == (1, 300)
    assert parse_header(one.data).size_class == parse_header(many.data).size_class
    assert len(one.data) == len(many.data)


CHECKPOINTS: Final = st.builds(
    lambda size: Checkpoint("aboveboard/" + "a" * 32, size, "b" * 64, b"s" * 68).text(), st.integers(0, 10**12)
)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, SIZE_CLASSES[2] + 50),
    st.tuples(CHECKPOINTS, CHECKPOINTS),
    st.tuples(st.none() | st.just("e" * 64), st.none() | st.just("e" * 64)),
)
def test_facts_inside_the_seal_never_change_the_length(
    size: int, checkpoints: tuple[str, str], previous: tuple[str | None, str | None]
) -> None:
    """The ledger's length counts what was decided, taken out or refused; with the same records it must not show."""
    items = approved("x" * size)
    one, other = (
        seal(items, replace(TERMS, checkpoint=checkpoint, previous=before), DEVICE)[0].data
        for checkpoint, before in zip(checkpoints, previous, strict=True)
    )
    assert len(one) == len(other)
    facts = open_batch(one, [STEWARD]).facts
    assert len(msgspec.json.encode(facts)) < FACTS_COUNT_AS


@pytest.mark.parametrize("edge", SIZE_CLASSES[:3])
def test_at_the_very_edge_of_a_class_the_facts_do_not_tip_it(edge: int) -> None:
    """Every length around the edge: the longest facts and the shortest fall into the same class."""
    overhead = len(approved("")[0].record.canonical()) + 4 + 4
    longest = replace(TERMS, checkpoint=Checkpoint("aboveboard/" + "a" * 32, 10**12, "b" * 64, b"s" * 68).text())
    shortest = replace(TERMS, checkpoint="", redactor="r", previous=None)
    classes = set()
    for size in range(max(0, edge - FACTS_COUNT_AS - overhead - 3), edge - FACTS_COUNT_AS - overhead + 4):
        items = approved("x" * size)
        found = {
            parse_header(seal(items, terms, DEVICE)[0].data).size_class
            for terms in (replace(longest, previous="e" * 64), shortest)
        }
        assert len(found) == 1
        classes |= found
    assert len(classes) == 2, "the edge is among them"
