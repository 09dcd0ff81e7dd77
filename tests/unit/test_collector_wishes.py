"""Enrolling by a group's token, erasing by a batch's secret, counts of many, the log of openings."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.organisation.collector.app import Rate, Terms, make_app
from agent.organisation.collector.counts import closed_months, counts, rounded
from agent.organisation.collector.enrolment import new_token, revoke_token
from agent.organisation.openings import NOTHING, Opening, append, read
from agent.organisation.steward.opening import open_all
from agent.organisation.steward.plain import PlainDataset
from agent.organisation.store import BatchStore, batch_key
from agent.problems import Invalid
from agent.seal import HEAD_LENGTH, parse_header, prove, seal, verify_enrolment, verify_erasure
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC, DEVICE, ORGANISATION, STEWARD, TERMS, approved, sealed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DEVICE_ID = DEVICE.public_key().public_bytes_raw().hex()


class Client:
    """Asks the application, without a server around it."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://collector.example") as client:
                return await client.request(method, path, **more)

        return asyncio.run(ask())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def put(self, path: str, **more: Any) -> httpx.Response:
        return self.request("PUT", path, **more)


class Desk:
    """A collector over a folder, and a clock that stands."""

    def __init__(self, folder: Path, **terms: object) -> None:
        self.store = BatchStore.open(str(folder))
        self.now = NOW
        self.terms = Terms(
            ORGANISATION, "collector.example", COLLECTOR, now=lambda: self.now, wishes=Rate(1000, 1000),
            **terms,  # type: ignore[arg-type]  # names of the dataclass
        )  # fmt: skip
        self.client = Client(make_app(self.store, self.terms))

    def put(self, data: bytes) -> int:
        header = parse_header(data)
        path = f"/v1/{header.organisation}/{header.device}/{header.day}/{header.batch}"
        return self.client.put(path, content=data, headers={"If-None-Match": "*"}).status_code

    def enrol(self, token: str, key: Ed25519PrivateKey = DEVICE, **changes: str) -> tuple[int, bytes]:
        wish = {
            "token": token,
            "device": key.public_key().public_bytes_raw().hex(),
            "signature": prove(ORGANISATION, token, key),
            **changes,
        }
        answer = self.client.post("/v1/enrol", json=wish)
        return answer.status_code, answer.content

    def erase(self, batch: str, secret: bytes) -> tuple[int, bytes]:
        answer = self.client.post("/v1/erase", json={"batch": batch, "secret": secret.hex()})
        return answer.status_code, answer.content


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, operator="of the operator")


# ---------------------------------------------------------------- enrolment


def test_a_pseudonym_is_let_in_by_its_groups_token_and_sends_then(tmp_path: Path) -> None:
    desk = Desk(tmp_path, enrolled_only=True)
    batch, _ = sealed("x", day="2026-11-24")
    assert desk.put(batch.data) == 401
    token, ends = new_token(desk.store, ORGANISATION, 7, 2, NOW)
    assert ends == NOW + timedelta(days=7)
    status, word = desk.enrol(token)
    assert status == 201
    verify_enrolment(word, COLLECTOR_PUBLIC, DEVICE_ID)
    assert desk.enrol(token) == (200, word)
    assert desk.put(batch.data) == 201


def test_a_token_lets_in_so_many_and_no_longer_than_it_says(desk: Desk) -> None:
    token, _ = new_token(desk.store, ORGANISATION, 7, 2, NOW)
    keys = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(1, 5)]
    assert [desk.enrol(token, key)[0] for key in keys[:3]] == [201, 201, 403]
    desk.now = NOW + timedelta(days=8)
    late, _ = new_token(desk.store, ORGANISATION, 7, 9, NOW)
    assert desk.enrol(late, keys[3])[0] == 403
    assert desk.enrol(token, keys[0])[0] == 200, "who is enrolled stays so"
    fresh, _ = new_token(desk.store, ORGANISATION, 7, 9, desk.now)
    assert revoke_token(desk.store, ORGANISATION, fresh)
    assert desk.enrol(fresh, keys[3])[0] == 403
    assert not revoke_token(desk.store, ORGANISATION, "0" * 16)


def test_nobody_is_enrolled_by_another(desk: Desk) -> None:
    token, _ = new_token(desk.store, ORGANISATION, 7, 9, NOW)
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
    assert desk.enrol(token, signature=prove(ORGANISATION, token, other))[0] == 403
    assert desk.enrol("0" * 16 + "." + "0" * 64)[0] == 403
    assert desk.enrol("nonsense")[0] == 403


def test_the_store_holds_neither_token_nor_device(desk: Desk, tmp_path: Path) -> None:
    token, _ = new_token(desk.store, ORGANISATION, 7, 9, NOW)
    desk.enrol(token)
    everything = b"".join(
        str(path).encode() + (path.read_bytes() if path.is_file() else b"") for path in tmp_path.rglob("*")
    )
    assert token.partition(".")[2].encode() not in everything
    assert DEVICE_ID.encode() not in everything


# ---------------------------------------------------------------- erasure


def test_who_has_the_secret_has_the_batch_erased_for_good(desk: Desk) -> None:
    batch, slot = sealed("to be erased", day="2026-11-24")
    assert desk.put(batch.data) == 201
    status, word = desk.erase(batch.batch_id, slot.erasure_secret)
    assert status == 200
    verify_erasure(word, COLLECTOR_PUBLIC, batch.batch_id)
    assert desk.store.read(batch_key(parse_header(batch.data)) + ".seal") is None
    assert desk.put(batch.data) == 410
    assert desk.erase(batch.batch_id, slot.erasure_secret) == (200, word)


def test_what_a_dying_collector_left_of_an_erased_batch_stays_closed_and_goes(desk: Desk, tmp_path: Path) -> None:
    batch, slot = sealed("x")
    assert desk.put(batch.data) == 201
    wish = {"batch": batch.batch_id, "secret": slot.erasure_secret.hex()}
    assert desk.client.post("/v1/erase", json=wish).status_code == 200
    left = batch_key(parse_header(batch.data)) + ".seal"
    assert desk.store.create(left, batch.data)
    report = open_all(desk.store, [STEWARD], PlainDataset(tmp_path / "out"), NOW)
    assert (report.opened, report.erased, report.refused) == (0, 1, {})
    assert desk.put(batch.data) == 410
    assert desk.store.read(left) is None


def test_another_secret_erases_nothing(desk: Desk) -> None:
    batch, _ = sealed("stays", day="2026-11-24")
    _, other = sealed("another", day="2026-11-24")
    desk.put(batch.data)
    assert desk.erase(batch.batch_id, other.erasure_secret)[0] == 403
    assert desk.put(batch.data) == 412


def test_what_is_erased_before_it_came_never_comes(desk: Desk) -> None:
    batch, slot = sealed("late", day="2026-11-24")
    assert desk.erase(batch.batch_id, slot.erasure_secret)[0] == 200
    assert desk.put(batch.data) == 410


def test_an_erasure_names_no_batch(desk: Desk, tmp_path: Path) -> None:
    batch, slot = sealed("x", day="2026-11-24")
    desk.put(batch.data)
    desk.erase(batch.batch_id, slot.erasure_secret)
    left = b"".join(str(path).encode() + path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert batch.batch_id.encode() not in left


class Meanwhile(BatchStore):
    """Does something just before a key with this ending is created, once."""

    ending = ""
    work: Callable[[], object] | None = None

    def create(self, key: str, data: bytes) -> bool:
        if self.work is not None and key.endswith(self.ending):
            work, self.work = self.work, None
            work()
        return super().create(key, data)


@pytest.mark.parametrize("ending", [".seal", ".receipt"])
def test_what_is_erased_while_it_comes_in_does_not_stay(desk: Desk, tmp_path: Path, ending: str) -> None:
    batch, slot = sealed("x", day="2026-11-24")
    slow = Meanwhile.open(str(tmp_path))
    assert isinstance(slow, Meanwhile)
    slow.ending, slow.work = ending, lambda: desk.erase(batch.batch_id, slot.erasure_secret)
    other = Client(make_app(slow, desk.terms))
    path = f"/v1/{ORGANISATION}/{DEVICE_ID}/2026-11-24/{batch.batch_id}"
    assert other.put(path, content=batch.data, headers={"If-None-Match": "*"}).status_code == 410
    assert slow.work is None
    assert not [key for folder in ("v1", "places") for key in desk.store.keys(f"{folder}/", "")]


# ---------------------------------------------------------------- counts


@pytest.mark.parametrize(("devices", "said"), [(0, None), (19, None), (20, 20), (24, 20), (25, 25), (1003, 1000)])
def test_fewer_than_twenty_are_nobody_and_more_are_fives(devices: int, said: int | None) -> None:
    assert rounded(devices) == said


def test_a_month_is_counted_once_after_it_is_over(desk: Desk) -> None:
    def send(number: int) -> None:
        key = Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big"))
        batch, _ = seal(approved("x"), replace(TERMS, day="2026-11-20"), key)
        assert desk.put(batch.data) == 201

    for number in range(1, 23):
        send(number)
    assert counts(desk.store, ORGANISATION, date(2026, 11, 30)) == []
    assert counts(desk.store, ORGANISATION, date(2026, 12, 5)) == []
    (month,) = counts(desk.store, ORGANISATION, date(2026, 12, 9))
    assert month.month == "2026-11"
    assert set(month.purposes.values()) == {20}
    for number in range(23, 30):
        send(number)
    assert counts(desk.store, ORGANISATION, date(2026, 12, 9)) == [month], "asking again tells nothing of who came"
    assert closed_months({"2026-11", "2026-12", "nonsense"}, date(2026, 12, 9)) == ["2026-11"]


def test_a_count_reads_headers_and_not_batches(desk: Desk, tmp_path: Path) -> None:
    class Weighing(BatchStore):
        def read(self, key: str) -> bytes | None:
            assert not key.endswith(".seal"), "a whole batch"
            return super().read(key)

    longest = 0
    for number in range(1, 21):
        key = Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big"))
        batch, _ = seal(approved("x" * 50_000), replace(TERMS, day="2026-11-20"), key)
        assert desk.put(batch.data) == 201
        longest = max(longest, len(batch.data))
    assert longest > 2 * HEAD_LENGTH
    assert desk.store.create(f"v1/{ORGANISATION}/{'0' * 64}/2026-11-20/{'0' * 32}.seal", b"no batch")
    (month,) = counts(Weighing.open(str(tmp_path)), ORGANISATION, date(2026, 12, 9))
    assert month.purposes == {"measure": 20, "train": 20}


def test_only_the_operator_asks_for_counts(desk: Desk) -> None:
    assert desk.client.get("/v1/counts").status_code == 401
    assert desk.client.get("/v1/counts", headers={"Authorization": "Bearer another"}).status_code == 401
    answer = desk.client.get("/v1/counts", headers={"Authorization": "Bearer of the operator"})
    assert (answer.status_code, answer.json()) == (200, {"at_least": 20, "months": []})


# ---------------------------------------------------------------- openings


def entry(number: int, previous: str) -> Opening:
    return Opening(
        number=number, previous=previous, when="2026-11-24T12:00:00Z", keys=("ab" * 16,), batches=("cd" * 16,),
        records=1, into="dataset", written="plain",
    )  # fmt: skip


def test_openings_are_a_chain_that_employees_read(desk: Desk) -> None:
    made = [append(desk.store, ORGANISATION, entry) for _ in range(3)]
    assert [one.number for one in made] == [1, 2, 3]
    assert made[0].previous == NOTHING
    assert made[1].previous == hashlib.sha256(made[0].encode()).hexdigest()
    assert [one["number"] for one in desk.client.get("/v1/openings").json()["openings"]] == [1, 2, 3]
    assert [one["number"] for one in desk.client.get("/v1/openings?after=2").json()["openings"]] == [3]
    assert desk.client.get("/v1/openings?after=99").json() == {"openings": []}
    assert desk.client.get("/v1/openings?after=-1").status_code == 400


def test_employees_read_that_something_was_opened_in_plain(desk: Desk, tmp_path: Path) -> None:
    batch, _ = sealed("x", day="2026-11-24")
    assert desk.put(batch.data) == 201
    open_all(desk.store, [STEWARD], PlainDataset(tmp_path / "for-a-look"), NOW)
    (told,) = desk.client.get("/v1/openings").json()["openings"]
    assert (told["written"], told["into"], told["batches"]) == ("plain", "for-a-look", [batch.batch_id])


def test_a_changed_log_is_noticed(desk: Desk, tmp_path: Path) -> None:
    for _ in range(3):
        append(desk.store, ORGANISATION, entry)
    second = next(path for path in tmp_path.rglob("00000002.json"))
    second.write_bytes(second.read_bytes().replace(b'"records":1', b'"records":2'))
    with pytest.raises(Invalid, match="does not follow"):
        list(read(desk.store, ORGANISATION))
    assert desk.client.get("/v1/openings").status_code == 503


# ---------------------------------------------------------------- nonsense


@pytest.mark.parametrize("path", ["/v1/enrol", "/v1/erase"])
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b'{"batch":1,"secret":2}', b"x" * 5000, b'{"token":"' + b"a" * 300 + b'"}']
)
def test_nonsense_is_refused_by_name(desk: Desk, path: str, body: bytes) -> None:
    answer = desk.client.post(path, content=body)
    assert answer.status_code in (400, 413)
    assert answer.json()["problem"] in ("request", "size")


def test_wishes_are_limited(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.terms.wishes.per_second, desk.terms.wishes.burst, desk.terms.wishes._tokens = 0.0, 1.0, 1.0
    assert desk.client.get("/v1/openings").status_code == 200
    assert desk.client.get("/v1/openings").status_code == 429
