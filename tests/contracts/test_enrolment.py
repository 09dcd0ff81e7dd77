"""The sender's side of enrolment against the product's collector, over a real connection."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.engine.delivery import ENROLMENT
from agent.organisation.collector.app import Terms, make_app
from agent.organisation.collector.enrolment import new_token, revoke_token
from agent.organisation.store import BatchStore
from agent.seal import verify_enrolment
from agent.upload import Accepted, Destination, Enrolled, Outbox, Outcome, RetryAfter, Uploader, send
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC, DEVICE, ORGANISATION, sealed
from tests.fakes.collector import running_collector
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.fault_proxy import Answer, Asked, Fault, FaultProxy, fault_proxy
from tests.fakes.organisation import make_keys

DAY = datetime.now(UTC).date().isoformat()
PUBLIC = DEVICE.public_key().public_bytes_raw().hex()


@dataclass
class Rig:
    store: BatchStore
    proxy: FaultProxy
    told: list[Enrolled] = field(default_factory=list)

    def token(self, days: int = 7, cap: int = 5, organisation: str = ORGANISATION) -> str:
        return new_token(self.store, organisation, days, cap, datetime.now(UTC))[0]

    def send(self, token: str | None, key: Ed25519PrivateKey | None = DEVICE, text: str = "x") -> Outcome:
        to = Destination(self.proxy.url, COLLECTOR_PUBLIC, token=token, device=key, trial=True)
        with to.client() as client:
            return send(sealed(text, day=DAY)[0], to, client, enrolled=self.told.append)

    def asked(self) -> list[str]:
        return [f"{asked.method} {asked.path.rsplit('/', 1)[1][:5]}" for asked in self.proxy.seen]


@contextmanager
def rig(
    folder: Path,
    *faults: Fault,
    now: datetime | None = None,
    organisation: str = ORGANISATION,
    key: Ed25519PrivateKey = COLLECTOR,
) -> Iterator[Rig]:
    store = BatchStore.open(str(folder / "store"))
    terms = Terms(organisation, "127.0.0.1", key, enrolled_only=True)
    app = make_app(store, terms if now is None else replace(terms, now=lambda: now))

    def behind(asked: Asked) -> Answer:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
                return await client.request(asked.method, asked.path, headers=asked.headers, content=asked.body)

        answer = asyncio.run(ask())
        return Answer(answer.status_code, {"Content-Type": "application/json"}, answer.content)

    with fault_proxy(behind, *faults) as proxy:
        yield Rig(store, proxy)


def test_a_pseudonym_enrols_once_and_its_signed_word_is_told(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        token = it.token()
        assert isinstance(it.send(token), Accepted)
        assert isinstance(it.send(token, text="y"), Accepted)
        assert [name.split()[0] for name in it.asked()] == ["PUT", "POST", "PUT", "PUT"]
        assert [asked.path for asked in it.proxy.seen if asked.method == "POST"] == ["/v1/enrol"]
    (enrolled,) = it.told
    assert enrolled.device == PUBLIC
    verify_enrolment(enrolled.document, COLLECTOR_PUBLIC, PUBLIC)


def test_a_token_that_lets_nobody_in_says_so_by_name(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        revoked = it.token()
        revoke_token(it.store, ORGANISATION, revoked)
        for token, problem in (
            (it.token(days=-1), "enrolment-ended"),
            (revoked, "enrolment-ended"),
            ("0" * 16 + "." + "0" * 64, "enrolment-refused"),
        ):
            outcome = it.send(token)
            assert isinstance(outcome, RetryAfter)
            assert outcome.problem == problem
    assert it.told == []


@pytest.mark.parametrize("missing", ["token", "key", "other key"])
def test_without_token_or_key_nothing_is_asked(tmp_path: Path, missing: str) -> None:
    with rig(tmp_path) as it:
        key = {"token": DEVICE, "key": None, "other key": COLLECTOR}[missing]
        outcome = it.send(None if missing == "token" else it.token(), key)
        assert isinstance(outcome, RetryAfter)
        assert outcome.problem == "upload-unauthorised"
        assert [asked.method for asked in it.proxy.seen] == ["PUT"]


def test_a_word_of_somebody_else_is_not_believed(tmp_path: Path) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    with rig(tmp_path, key=stranger) as it:
        outcome = it.send(it.token())
        assert isinstance(outcome, RetryAfter)
        assert outcome.problem == "receipt-invalid"
    assert it.told == []


def test_the_uploader_against_a_real_process(tmp_path: Path) -> None:
    with running_collector(tmp_path, "--enrolled-only") as running:
        token = new_token(BatchStore.open(str(running.store)), ORGANISATION, 7, 1, datetime.now(UTC))[0]
        told: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        outbox = Outbox(tmp_path / "outbox")
        outbox.add(sealed("x", day=DAY)[0])
        to = Destination(running.url, running.key, token=token, device=DEVICE, trial=True)
        uploader = Uploader(outbox, to, told.put)
        uploader.start()
        try:
            assert isinstance(told.get(timeout=30), Enrolled)
            assert isinstance(told.get(timeout=30), Accepted)
        finally:
            uploader.stop()


def test_the_engine_enrols_when_it_first_sends_and_keeps_the_word(tmp_path: Path) -> None:
    keys = make_keys("acme")
    wall = datetime.fromtimestamp(House(tmp_path / "clock").wall, UTC)
    with rig(tmp_path, now=wall + timedelta(minutes=1), organisation="acme", key=keys.collector) as it:
        token = new_token(it.store, "acme", 7, 5, wall)[0]
        house = House(tmp_path, **{"delivery.collector": it.proxy.url, "delivery.enrolment_token": token})
        house.agree()
        house.types("words")
        house.goes_to(TERMINAL)
        assert it.proxy.seen == []
        house.send_all()
        engine = house.engine
        for _ in range(2):
            engine.turn(engine.inbox.take(30))
        kept = engine.stores.open().profile.get(ENROLMENT)
        assert isinstance(kept, dict)
        assert kept["device"] == engine.stores.device_key().public_key().public_bytes_raw().hex()
        engine.stop()
