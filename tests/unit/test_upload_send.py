from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.problems import PROBLEMS, Invalid
from agent.records import Sealed
from agent.seal import Delivered, issue
from agent.upload import Accepted, Cancelled, Destination, Outcome, RefusedByCollector, RetryAfter, send
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC, sealed
from tests.fakes.collector import MemoryCollector
from tests.fakes.fault_proxy import Fault, FaultProxy, Replaced, Reset, Silent, Status, Truncated, fault_proxy


class Rig:
    def __init__(self, proxy: FaultProxy, collector: MemoryCollector, client: httpx.Client, to: Destination) -> None:
        self.proxy, self.collector, self.client, self.to = proxy, collector, client, to
        self.batch = sealed("planted words")[0]

    def send(self, batch: Sealed | None = None) -> Outcome:
        return send(batch or self.batch, self.to, self.client)


@contextmanager
def rig(*faults: Fault, **more: str) -> Iterator[Rig]:
    collector = MemoryCollector()
    with fault_proxy(collector, *faults) as proxy:
        to = Destination(proxy.url, COLLECTOR_PUBLIC, trial=True, **more)  # type: ignore[arg-type]
        with to.client() as client:
            if any(isinstance(fault, Silent) for fault in faults):
                client.timeout = httpx.Timeout(20, read=0.5)
            yield Rig(proxy, collector, client, to)


def test_a_batch_arrives_byte_for_byte_and_the_receipt_is_checked() -> None:
    with rig() as it:
        outcome = it.send()
        assert isinstance(outcome, Accepted)
        assert outcome.receipt.digest == it.batch.digest
        assert list(it.collector.stored.values()) == [it.batch.data]
        (asked,) = it.proxy.seen
    assert asked.body == it.batch.data
    sent = {name.lower(): value for name, value in asked.headers.items()}
    assert sent.pop("host").startswith("127.0.0.1")
    assert sent == {
        "user-agent": "aboveboard",
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "keep-alive",
        "if-none-match": "*",
        "content-type": "application/octet-stream",
        "content-length": str(len(it.batch.data)),
    }


def test_the_token_is_shown_and_nothing_else_is_added() -> None:
    with rig(token="shared words") as it:
        assert isinstance(it.send(), Accepted)
        assert it.proxy.seen[0].headers["authorization"] == "Bearer shared words"
    assert "shared words" not in repr(it.to)


def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with rig() as it:
        assert isinstance(it.send(), Accepted)


def test_sent_twice_is_stored_once_and_accepted_twice() -> None:
    with rig() as it:
        first, second = it.send(), it.send()
    assert isinstance(first, Accepted)
    assert first == second
    assert len(it.collector.creations) == 1


@pytest.mark.parametrize("fault", [Reset(delivered=True), Truncated(), Silent(delivered=True), Replaced(b"<html>")])
def test_an_answer_lost_on_the_way_back_is_made_good_by_the_next_attempt(fault: Fault) -> None:
    with rig(fault) as it:
        first = it.send()
        assert isinstance(first, RetryAfter)
        assert it.collector.creations == [it.batch.batch_id]
        assert isinstance(it.send(), Accepted)
    assert it.collector.creations == [it.batch.batch_id]


@pytest.mark.parametrize("fault", [Reset(delivered=False), Silent()])
def test_a_broken_connection_is_tried_again_later(fault: Fault) -> None:
    with rig(fault) as it:
        assert it.send() == RetryAfter(
            it.batch.batch_id,
            None,
            "upload-unreachable",
            {"detail": "It does not answer in time." if isinstance(fault, Silent) else "The connection broke."},
        )
        assert isinstance(it.send(), Accepted)


def test_nobody_there() -> None:
    with rig() as it:
        pass
    with it.to.client() as client:
        outcome = send(it.batch, it.to, client)
    assert outcome == RetryAfter(it.batch.batch_id, None, "upload-unreachable", {"detail": "No connection."})


@pytest.mark.parametrize("code", [408, 409, 425, 429, 500, 502, 503, 504, 599])
@pytest.mark.parametrize(("header", "seconds"), [(None, None), ("7", 7.0), ("Tue, 24 Nov 2020 09:00:00 GMT", 0.0)])
def test_trouble_that_passes(code: int, header: str | None, seconds: float | None) -> None:
    with rig(Status(code, {} if header is None else {"Retry-After": header})) as it:
        outcome = it.send()
        assert isinstance(outcome, RetryAfter)
        assert (outcome.seconds, outcome.problem) == (seconds, "upload-unreachable")
        assert isinstance(it.send(), Accepted)


@pytest.mark.parametrize("code", [401, 403])
def test_not_being_let_in_is_said_and_keeps_the_data(code: int) -> None:
    with rig(Status(code, {"Retry-After": "5"})) as it:
        outcome = it.send()
    assert outcome == RetryAfter(it.batch.batch_id, 900.0, "upload-unauthorised", {"detail": f"It answers {code}."})


@pytest.mark.parametrize("code", [400, 404, 405, 410, 411, 413, 415, 418, 422, 428, 431, 451])
def test_a_no_sets_the_batch_aside(code: int) -> None:
    with rig(Status(code, {}, b"inner details")) as it:
        outcome = it.send()
    assert isinstance(outcome, RefusedByCollector)
    assert outcome.problem == "upload-refused"
    assert "inner details" not in str(outcome)


@pytest.mark.parametrize("code", [202, 204, 206, 301, 302, 307, 308])
def test_a_portal_in_between_is_not_the_collector(code: int) -> None:
    with rig(Status(code, {"Location": "http://127.0.0.1:9/login"})) as it:
        outcome = it.send()
        assert len(it.proxy.seen) == 1
    detail = f"Something else answers in its place ({code})."
    assert outcome == RetryAfter(it.batch.batch_id, None, "upload-unreachable", {"detail": detail})


def test_a_receipt_that_does_not_fit_counts_as_not_delivered() -> None:
    now = datetime.now(UTC)
    with rig() as it:
        earlier = it.send(sealed("other")[0])
        assert isinstance(earlier, Accepted)
        about = Delivered(it.batch.batch_id, it.batch.digest, len(it.batch.data))
        for wrong in (
            earlier.document,
            issue(about, now, "x", Ed25519PrivateKey.generate()),
            issue(about._replace(digest="0" * 64), now, "x", COLLECTOR),
            b"",
            b"{}",
            b"x" * 100_000,
        ):
            it.proxy.faults.extend([Replaced(wrong)])
            it.collector.stored.clear()
            outcome = it.send()
            assert isinstance(outcome, RetryAfter), wrong[:80]
            assert outcome.problem == "receipt-invalid"
        assert isinstance(it.send(), Accepted)


def test_other_bytes_under_the_same_id_are_a_conflict() -> None:
    with rig() as it:
        about = Delivered(it.batch.batch_id, "0" * 64, len(it.batch.data))
        other = issue(about, datetime.now(UTC), "x", COLLECTOR)
        it.proxy.faults.extend([Status(412), Status(200, {}, other)])
        outcome = it.send()
        assert isinstance(outcome, RefusedByCollector)
        assert outcome.problem == "upload-conflict"
        it.proxy.faults.extend([Status(412), Status(404)])
        assert isinstance(it.send(), RetryAfter)
        it.proxy.faults.extend([Status(412), Status(503, {"Retry-After": "3"})])
        again = it.send()
    assert isinstance(again, RetryAfter)
    assert again.seconds == 3.0


def test_only_sealed_is_sent_and_only_as_it_says_it_is() -> None:
    with rig() as it:
        for other in (it.batch.data, None, "x", object()):
            with pytest.raises(TypeError):
                send(other, it.to, it.client)  # type: ignore[arg-type]
        for changed in (
            replace(it.batch, data=it.batch.data + b"x"),
            replace(it.batch, digest="0" * 64),
            replace(it.batch, batch_id="0" * 32),
        ):
            with pytest.raises(Invalid):
                it.send(changed)
        assert it.proxy.seen == []


def test_sending_can_be_broken_off() -> None:
    with rig() as it, pytest.raises(Cancelled):
        send(sealed("x" * 200_000)[0], it.to, it.client, lambda: True)
    assert it.collector.stored == {}


@pytest.mark.parametrize(
    ("address", "trial", "fine"),
    [
        ("https://collector.example", False, True),
        ("https://collector.example/base/", False, True),
        ("http://collector.example", False, False),
        ("http://127.0.0.1:8000", False, False),
        ("http://localhost:8000", False, False),
        ("http://127.0.0.1:8000", True, True),
        ("http://localhost:8000", True, True),
        ("http://[::1]:8000", True, True),
        ("https://127.0.0.1:8000", True, True),
        ("https://collector.example", True, False),
        ("http://127.0.0.1.example", True, False),
        ("http://127.0.0.2", True, False),
        ("https://user:word@collector.example", False, False),
        ("https://collector.example/?x=1", False, False),
        ("https://collector.example/#x", False, False),
        ("ftp://collector.example", False, False),
        ("collector.example", False, False),
        ("https://", False, False),
        ("", False, False),
        ("http://[", False, False),
    ],
)
def test_only_safe_addresses(address: str, trial: bool, fine: bool) -> None:
    if fine:
        assert Destination(address, COLLECTOR_PUBLIC, trial=trial)
        return
    with pytest.raises(Invalid) as caught:
        Destination(address, COLLECTOR_PUBLIC, trial=trial)
    assert caught.value.code == "collector-insecure"


def test_a_key_or_certificate_that_is_none_is_refused() -> None:
    with pytest.raises(Invalid):
        Destination("https://collector.example", b"short")
    with pytest.raises(Invalid):
        Destination("https://collector.example", COLLECTOR_PUBLIC, ca="not PEM")
    for proxy in ("junk", "ftp://x", "http://"):
        with pytest.raises(Invalid):
            Destination("https://collector.example", COLLECTOR_PUBLIC, proxy=proxy)


def test_every_outcome_names_a_problem_that_exists() -> None:
    assert {"upload-unreachable", "upload-refused", "upload-unauthorised", "upload-conflict", "receipt-invalid"} <= set(
        PROBLEMS
    )
