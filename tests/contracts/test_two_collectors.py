"""Two collectors over one folder: whatever one did the other knows, and together they take no more than one would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.organisation.collector.enrolment import new_token
from agent.organisation.store import BatchStore
from agent.seal import LocalSlot, parse_header, prove, seal, verify_enrolment, verify_erasure
from tests.fakes.batches import ORGANISATION, TERMS, approved
from tests.fakes.collector import running_collector
from tests.fakes.fault_proxy import Answer, Asked, Behind, forward_to

TODAY = datetime.now(UTC).date().isoformat()
DAILY = 12
T = TypeVar("T")


@dataclass
class Pair:
    """store: the one both work over. key: with which both sign."""

    both: tuple[Behind, Behind]
    store: BatchStore
    key: bytes


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("shared")
    options = ("--daily", str(DAILY), "--name", "collector.example")
    with running_collector(folder, *options) as one, running_collector(folder, *options) as other:
        assert (one.store, one.key) == (other.store, other.key)
        yield Pair((forward_to(one.url), forward_to(other.url)), BatchStore.open(str(one.store)), one.key)


def at_once(work: Sequence[Callable[[], T]]) -> list[T]:
    with ThreadPoolExecutor(len(work)) as pool:
        return [future.result() for future in [pool.submit(each) for each in work]]


def device(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(name.encode().rjust(32, b"."))


def batch(key: Ed25519PrivateKey) -> tuple[bytes, LocalSlot]:
    made, slot = seal(approved("x"), replace(TERMS, day=TODAY), key)
    return made.data, slot


def path_of(data: bytes) -> str:
    header = parse_header(data)
    return f"/v1/{header.organisation}/{header.device}/{header.day}/{header.batch}"


def put(ask: Behind, data: bytes) -> Answer:
    return ask(Asked("PUT", path_of(data), {"If-None-Match": "*", "Content-Length": str(len(data))}, data))


def receipt(ask: Behind, data: bytes) -> Answer:
    return ask(Asked("GET", path_of(data) + "/receipt", {}, b""))


def post(ask: Behind, path: str, wish: dict[str, str]) -> Answer:
    body = json.dumps(wish).encode()
    return ask(Asked("POST", path, {"Content-Length": str(len(body))}, body))


def enrol(ask: Behind, token: str, key: Ed25519PrivateKey) -> Answer:
    public = key.public_key().public_bytes_raw().hex()
    return post(ask, "/v1/enrol", {"token": token, "device": public, "signature": prove(ORGANISATION, token, key)})


def test_a_batch_that_comes_to_both_at_once_is_created_once(pair: Pair) -> None:
    for n in range(10):
        data, _ = batch(device(f"at once {n}"))
        answers = at_once([partial(put, ask, data) for ask in pair.both * 2])
        assert sorted(answer.status for answer in answers) == [201, 412, 412, 412]
        given = {answer.body for answer in answers if answer.status == 201} | {
            receipt(ask, data).body for ask in pair.both
        }
        assert len(given) == 1, "one receipt, whoever signed it"
        assert pair.store.read(path_of(data).lstrip("/") + ".seal") == data


def test_two_batches_with_one_id_never_both_come_in(pair: Pair) -> None:
    """The id is the sender's choice: only the place that was written down first counts."""
    data, _ = batch(device("one id"))
    put(pair.both[0], data)
    assert put(pair.both[1], data).status == 412
    assert len([key for key in pair.store.keys("places/", "") if key.endswith(parse_header(data).batch)]) == 1


def test_a_token_lets_in_exactly_as_many_as_it_says_however_many_ask_at_once(pair: Pair) -> None:
    for n in range(5):
        token, _ = new_token(pair.store, ORGANISATION, 7, 4, datetime.now(UTC))
        keys = [device(f"group {n} {m}") for m in range(10)]
        answers = at_once([partial(enrol, pair.both[m % 2], token, key) for m, key in enumerate(keys)])
        assert sorted(answer.status for answer in answers) == [201] * 4 + [403] * 6
        problems = {json.loads(answer.body)["problem"] for answer in answers if answer.status == 403}
        assert problems == {"token-full"}
        for key, first in zip(keys, answers, strict=True):
            again = [enrol(ask, token, key) for ask in pair.both]
            if first.status == 201:
                assert [(answer.status, answer.body) for answer in again] == [(200, first.body)] * 2
                verify_enrolment(first.body, pair.key, key.public_key().public_bytes_raw().hex())
            else:
                assert [answer.status for answer in again] == [403, 403]


def test_a_devices_day_is_counted_over_both(pair: Pair) -> None:
    key = device("busy")
    statuses = [put(pair.both[n % 2], batch(key)[0]).status for n in range(DAILY + 4)]
    assert statuses == [201] * DAILY + [429] * 4
    assert (
        len(list(pair.store.keys(f"v1/{ORGANISATION}/{key.public_key().public_bytes_raw().hex()}/", ".seal"))) == DAILY
    )
    assert put(pair.both[0], batch(device("another"))[0]).status == 201


def test_what_one_erases_the_other_never_gives_nor_takes(pair: Pair) -> None:
    for n in range(6):
        data, slot = batch(device(f"erased {n}"))
        if n % 2:
            put(pair.both[0], data)
        wish = {"batch": slot.batch_id, "secret": slot.erasure_secret.hex()}
        # Half of them while it is on its way in at the other one.
        at_once([partial(post, pair.both[1], "/v1/erase", wish), partial(put, pair.both[0], data)])
        words = [post(ask, "/v1/erase", wish) for ask in pair.both]
        assert words[0].body == words[1].body
        verify_erasure(words[0].body, pair.key, slot.batch_id)
        for ask in pair.both:
            assert (put(ask, data).status, receipt(ask, data).status) == (410, 410)
        assert pair.store.read(path_of(data).lstrip("/") + ".seal") is None
        assert pair.store.read(path_of(data).lstrip("/") + ".receipt") is None
