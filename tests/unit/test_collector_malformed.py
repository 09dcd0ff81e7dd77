"""Several hundred malformed requests to every endpoint, the same each time: a named no, nothing stored, no crash."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from agent.organisation.collector.app import Rate, Terms, make_app
from agent.organisation.collector.enrolment import new_token
from agent.organisation.store import BatchStore
from agent.seal import prove
from tests.fakes.batches import COLLECTOR, DEVICE, ORGANISATION, sealed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = "2026-11-24"
DEVICE_ID = DEVICE.public_key().public_bytes_raw().hex()
SEED: Final = 1126

Asked = tuple[str, str, dict[str, Any]]
"""Method, path, and the rest as httpx takes it."""


class House:
    """A collector over a folder with one batch, one token, and an operator; everything it takes is in ``good``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = BatchStore.open(str(folder))
        many = Rate(10**6, 10**6)
        terms = Terms(
            ORGANISATION, "collector.example", COLLECTOR, now=lambda: NOW, rate=many, wishes=many, operator="operator"
        )
        self.app = make_app(self.store, terms)
        self.token, _ = new_token(self.store, ORGANISATION, 7, 9, NOW)
        self.batch, self.slot = sealed("there already", day=DAY)
        self.path = f"/v1/{ORGANISATION}/{DEVICE_ID}/{DAY}"
        self.other, self.other_slot = sealed("never sent", day=DAY)
        self.proof = prove(ORGANISATION, self.token, DEVICE)

    def ask_all(self, asked: list[Asked]) -> list[httpx.Response]:
        async def ask() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://collector.example") as client:
                return [await client.request(method, path, **rest) for method, path, rest in asked]

        return asyncio.run(ask())

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    ask = ("PUT", f"{house.path}/{house.batch.batch_id}", {"content": house.batch.data, "headers": CREATE})
    assert house.ask_all([ask])[0].status_code == 201
    return house


CREATE: Final = {"If-None-Match": "*"}
JUNK: Final = (
    "", ".", "..", "%2e%2e", "..%2f..", "%00", "%ff%fe", "a" * 3000, "0" * 64, "F" * 64, "0" * 32, "2026-02-30",
    "\u0660" * 32,
    "null", "-1", "*", "%0d%0aSet-Cookie:x", "\u202e", "🙂", " ", "{}", "con", "x;y", "2026-11-24T00:00", "1e9",
)  # fmt: skip


def bent(good: bytes, dice: random.Random) -> bytes:
    """Not the same bytes, in one of the ways files break."""
    kind = dice.randrange(7)
    at = dice.randrange(len(good))
    if kind == 0:
        return good[:at]
    if kind == 1:
        return good + dice.randbytes(dice.randrange(1, 200))
    if kind == 2:
        return dice.randbytes(dice.randrange(400))
    if kind == 3:
        return good[:at] + dice.randbytes(5) + good[at:]
    if kind == 4:
        return good[:8] + dice.randbytes(4) + good[12:]
    # One bit; of the header as often as of everything.
    at = at if kind == 5 else dice.randrange(min(len(good), 700))
    return good[:at] + bytes([good[at] ^ 1 << dice.randrange(8)]) + good[at + 1 :]


def junk(dice: random.Random) -> object:
    choices: tuple[object, ...] = (
        None, True, -1, 1e300, [], {}, "", [[]] * 3, {"a": {}}, *JUNK, "\ud800", 2**70,
    )  # fmt: skip
    return dice.choice(choices)


def wishes(good: dict[str, str], dice: random.Random) -> bytes:
    """JSON, or nearly, that is not ``good``."""
    wish: dict[str, object] = dict(good)
    name = dice.choice(sorted(wish))
    match dice.randrange(9):
        case 0:
            del wish[name]
        case 1:
            wish[name] = junk(dice)
        case 2:
            wish["more"] = junk(dice)
        case 3:
            wish = {key.upper(): value for key, value in wish.items()}
        case 4:
            text = good[name]
            at = dice.randrange(len(text))
            wish[name] = text[:at] + dice.choice("ghXYZ /\x00é") + text[at + 1 :]
        case 5:
            return json.dumps(wish).encode()[: dice.randrange(1, 60)]
        case 6:
            return dice.choice((b"[" * 1500, b'{"a":' * 300, b"\xff\xfe", b"NaN", b"\xef\xbb\xbf{}", b"x" * 3000))
        case 7:
            return json.dumps([wish]).encode()
        case _:
            wish[name] = good[name] + dice.choice(("0", "00", " ", "\n"))
    return json.dumps(wish).encode("utf-8", "surrogatepass")


def puts(house: House, dice: random.Random) -> Iterator[Asked]:
    good = house.other.data
    parts = [ORGANISATION, DEVICE_ID, DAY, house.other.batch_id]
    for _ in range(160):
        yield "PUT", "/v1/" + "/".join(parts), {"content": bent(good, dice), "headers": CREATE}
    for _ in range(60):
        place = list(parts)
        place[dice.randrange(4)] = dice.choice(JUNK)
        yield "PUT", "/v1/" + "/".join(place), {"content": good, "headers": CREATE}
    for header in ({}, {"If-None-Match": "x"}, {"If-None-Match": '"*"'}, {"If-Match": "*"}, {"If-None-Match": "*, *"}):
        yield "PUT", "/v1/" + "/".join(parts), {"content": good, "headers": header}
    for length in ("-1", "x", "1e3", "9" * 5000, "٣", "5000000", "0x10", "1 2"):
        headers = {**CREATE, "content-length": length.encode()}
        yield "PUT", "/v1/" + "/".join(parts), {"content": good, "headers": headers}


def receipts(house: House, dice: random.Random) -> Iterator[Asked]:
    parts = [ORGANISATION, DEVICE_ID, DAY, house.batch.batch_id]
    for _ in range(100):
        place = list(parts)
        for _ in range(dice.randrange(1, 3)):
            place[dice.randrange(4)] = dice.choice(JUNK)
        yield "GET", "/v1/" + "/".join(place) + "/receipt", {}
    yield "GET", f"{house.path}/{house.other.batch_id}/receipt", {}


def enrolments(house: House, dice: random.Random) -> Iterator[Asked]:
    good = {"token": house.token, "device": DEVICE_ID, "signature": house.proof}
    for _ in range(160):
        yield "POST", "/v1/enrol", {"content": wishes(good, dice)}


def erasures(house: House, dice: random.Random) -> Iterator[Asked]:
    good = {"batch": house.batch.batch_id, "secret": house.slot.erasure_secret.hex()}
    for _ in range(140):
        yield "POST", "/v1/erase", {"content": wishes(good, dice)}
    yield "POST", "/v1/erase", {"json": {**good, "secret": house.other_slot.erasure_secret.hex()}}


def openings(_house: House, dice: random.Random) -> Iterator[Asked]:
    for _ in range(40):
        text = dice.choice([*JUNK[1:], "1.0", "+1", "1_0", "0x1", "²", "9" * 9, "1;drop"])
        if not (text.isascii() and text.isdigit() and len(text) <= 8):
            yield "GET", "/v1/openings", {"params": {"after": text}}


def tallies(_house: House, dice: random.Random) -> Iterator[Asked]:
    for _ in range(30):
        shown = dice.choice(
            ("", "Bearer", "Bearer ", "Basic operator", "bearer operator", "Bearer operator ", "operator")
        )
        yield (
            "GET",
            "/v1/counts",
            {"headers": {"Authorization": shown.encode() + dice.choice((b"", b"\xff", b"\xc3\xa9"))}},
        )


def elsewhere(_house: House, dice: random.Random) -> Iterator[Asked]:
    paths = (
        "/",
        "/v1",
        "/v1/enrol",
        "/v1/erase",
        "/v1/openings",
        "/v1/counts",
        "/health",
        "/v1/a/b/c/d",
        "/v1/a/b/c/d/e",
    )
    for _ in range(80):
        method = dice.choice(("DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X" * 40))
        yield method, dice.choice(paths), {"content": dice.randbytes(20)}
    for text in JUNK[1:]:
        yield "GET", f"/v1/{text}", {}


KINDS: dict[str, Callable[[House, random.Random], Iterator[Asked]]] = {
    "batches": puts, "receipts": receipts, "enrolments": enrolments, "erasures": erasures, "openings": openings,
    "counts": tallies, "elsewhere": elsewhere,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_malformed_gets_a_named_no_and_leaves_nothing(house: House, kind: str) -> None:
    before = house.files()
    asked = list(KINDS[kind](house, random.Random(f"{SEED} {kind}")))
    said: Counter[str] = Counter()
    for request, answer in zip(asked, house.ask_all(asked), strict=True):
        assert 400 <= answer.status_code < 500, (request, answer.text)
        told = answer.json()
        assert set(told) == {"problem", "detail"}, request
        assert told["problem"], request
        said[told["problem"]] += 1
    assert house.files() == before, said
    # And it goes on taking what is right.
    rights = [
        ("PUT", f"{house.path}/{house.other.batch_id}", {"content": house.other.data, "headers": CREATE}),
        ("GET", f"{house.path}/{house.other.batch_id}/receipt", {}),
        ("POST", "/v1/enrol", {"json": {"token": house.token, "device": DEVICE_ID, "signature": house.proof}}),
        ("GET", "/v1/openings", {}),
        ("GET", "/v1/counts", {"headers": {"Authorization": "Bearer operator"}}),
    ]
    assert [answer.status_code for answer in house.ask_all(rights)] == [201, 200, 201, 200, 200]


def test_there_are_enough_of_them(house: House) -> None:
    numbers = {kind: len(list(make(house, random.Random(f"{SEED} {kind}")))) for kind, make in KINDS.items()}
    assert sum(numbers.values()) >= 700, numbers
    assert min(numbers.values()) >= 30, numbers
