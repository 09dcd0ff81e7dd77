from __future__ import annotations

import base64
from datetime import UTC, datetime

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.problems import Invalid
from agent.seal import Delivered, issue, parse_receipt, verify_receipt
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC

ABOUT = Delivered("a" * 32, "d" * 64, 5000)
NOW = datetime(2026, 11, 24, 9, 30, 15, 999_999, tzinfo=UTC)
GOOD = issue(ABOUT, NOW, "collector.example", COLLECTOR)


def test_a_receipt_says_what_was_received_and_when_to_the_second() -> None:
    receipt = verify_receipt(GOOD, COLLECTOR_PUBLIC, ABOUT)
    assert (receipt.batch, receipt.digest, receipt.size) == ABOUT
    assert (receipt.received, receipt.collector) == ("2026-11-24T09:30:15Z", "collector.example")
    assert rfc8785.dumps(msgspec.json.decode(GOOD)) == GOOD


@pytest.mark.parametrize(
    "other", [ABOUT._replace(batch_id="b" * 32), ABOUT._replace(digest="e" * 64), ABOUT._replace(size=4999)]
)
def test_a_receipt_for_something_else_is_refused(other: Delivered) -> None:
    with pytest.raises(Invalid, match=r"another batch|other bytes"):
        verify_receipt(GOOD, COLLECTOR_PUBLIC, other)


def test_a_receipt_of_another_key_is_refused() -> None:
    forged = issue(ABOUT, NOW, "collector.example", Ed25519PrivateKey.generate())
    with pytest.raises(Invalid, match="not signed"):
        verify_receipt(forged, COLLECTOR_PUBLIC, ABOUT)
    with pytest.raises(Invalid, match="not signed"):
        verify_receipt(GOOD, b"short", ABOUT)


def test_every_changed_byte_of_a_receipt_is_refused() -> None:
    for place in range(len(GOOD)):
        changed = bytearray(GOOD)
        changed[place] ^= 1
        with pytest.raises(Invalid) as caught:
            parse_receipt(bytes(changed), COLLECTOR_PUBLIC)
        assert caught.value.code == "receipt-invalid"


def test_a_signed_receipt_of_another_shape_is_refused() -> None:
    inner = msgspec.json.decode(GOOD)["receipt"]
    for change in ({"format": 2}, {"received": "today"}, {"received": "2026-11-24T09:30:15.5Z"}, {"note": "x"}):
        changed = {**inner, **change}
        signature = COLLECTOR.sign(b"aboveboard receipt 1\n" + rfc8785.dumps(changed))
        data = rfc8785.dumps({"receipt": changed, "signature": base64.b64encode(signature).decode()})
        with pytest.raises(Invalid, match="as agreed"):
            parse_receipt(data, COLLECTOR_PUBLIC)


@pytest.mark.parametrize("junk", [b"", b"{}", b"\xff", b"x" * 5000, GOOD + b" "])
def test_junk_is_no_receipt(junk: bytes) -> None:
    with pytest.raises(Invalid):
        parse_receipt(junk, COLLECTOR_PUBLIC)
