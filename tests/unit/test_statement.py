"""What a collector says of a batch that is gone and of a device that may send: believed of just that, from just it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from functools import partial

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.problems import Invalid
from agent.seal import issue_enrolment, issue_erasure, verify_enrolment, verify_erasure
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC

BATCH, DEVICE = "a" * 32, "d" * 64
DAY = date(2026, 11, 24)
ERASED = issue_erasure(BATCH, DAY, "collector.example", COLLECTOR)
ENROLLED = issue_enrolment(DEVICE, DAY, "collector.example", COLLECTOR)

Check = Callable[[bytes, bytes], object]
CASES: list[tuple[bytes, bytes, Check]] = [
    (b"aboveboard erased 1\n", ERASED, lambda data, key: verify_erasure(data, key, BATCH)),
    (b"aboveboard enrolled 1\n", ENROLLED, lambda data, key: verify_enrolment(data, key, DEVICE)),
]
each = pytest.mark.parametrize(("label", "good", "check"), CASES, ids=["erased", "enrolled"])


def test_a_statement_names_its_day_and_its_collector_and_hides_what_it_is_about() -> None:
    erased = verify_erasure(ERASED, COLLECTOR_PUBLIC, BATCH)
    enrolled = verify_enrolment(ENROLLED, COLLECTOR_PUBLIC, DEVICE)
    assert (erased.day, erased.collector) == (enrolled.day, enrolled.collector) == ("2026-11-24", "collector.example")
    assert BATCH.encode() not in ERASED
    assert DEVICE.encode() not in ENROLLED


def test_about_something_else_it_says_nothing() -> None:
    with pytest.raises(Invalid, match="another batch"):
        verify_erasure(ERASED, COLLECTOR_PUBLIC, "b" * 32)
    with pytest.raises(Invalid, match="another device"):
        verify_enrolment(ENROLLED, COLLECTOR_PUBLIC, "e" * 64)


def test_one_kind_is_never_taken_for_the_other() -> None:
    for check in (partial(verify_erasure, ENROLLED), partial(verify_enrolment, ERASED)):
        with pytest.raises(Invalid) as caught:
            check(COLLECTOR_PUBLIC, BATCH)
        assert caught.value.code == "receipt-invalid"


@each
def test_of_another_key_it_is_refused(label: bytes, good: bytes, check: Check) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    for key in (other, b"short"):
        with pytest.raises(Invalid, match="not signed"):
            check(good, key)


@each
def test_every_changed_byte_is_refused(label: bytes, good: bytes, check: Check) -> None:
    for place in range(len(good)):
        changed = bytearray(good)
        changed[place] ^= 1
        with pytest.raises(Invalid) as caught:
            check(bytes(changed), COLLECTOR_PUBLIC)
        assert caught.value.code == "receipt-invalid"


@each
def test_signed_but_of_another_shape_it_is_refused(label: bytes, good: bytes, check: Check) -> None:
    inner = msgspec.json.decode(good)["statement"]

    def signed(statement: dict[str, object]) -> bytes:
        signature = base64.b64encode(COLLECTOR.sign(label + rfc8785.dumps(statement)))  # type: ignore[arg-type]
        return rfc8785.dumps({"statement": statement, "signature": signature.decode()})  # type: ignore[dict-item]

    assert check(signed(inner), COLLECTOR_PUBLIC)
    for change in ({"format": 2}, {"day": "today"}, {"day": "20261124"}, {"note": "x"}):
        with pytest.raises(Invalid, match="as agreed"):
            check(signed({**inner, **change}), COLLECTOR_PUBLIC)
    for data in (good + b"\n", b" " + good, b"\xff", b"{}"):
        with pytest.raises(Invalid, match="as agreed"):
            check(data, COLLECTOR_PUBLIC)
    with pytest.raises(Invalid, match="too long"):
        check(good + b" " * 10_000, COLLECTOR_PUBLIC)
