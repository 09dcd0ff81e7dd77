"""What every collector does, the product's own and the one in memory that other tests use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.organisation.collector.cli import main
from agent.seal import Delivered, parse_header, verify_receipt
from tests.fakes.batches import ORGANISATION, sealed
from tests.fakes.collector import MemoryCollector, running_collector
from tests.fakes.fault_proxy import Answer, Asked, Behind, forward_to

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module", params=["memory", "real"])
def collector(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Behind, bytes]]:
    if request.param == "memory":
        yield MemoryCollector(), MemoryCollector.key
        return
    with running_collector(tmp_path_factory.mktemp("collector")) as running:
        yield forward_to(running.url), running.key


def path_of(data: bytes) -> str:
    header = parse_header(data)
    return f"/v1/{header.organisation}/{header.device}/{header.day}/{header.batch}"


def put(ask: Behind, data: bytes, path: str | None = None, **headers: str) -> Answer:
    standard = {"If-None-Match": "*", "Content-Length": str(len(data))}
    return ask(Asked("PUT", path or path_of(data), standard | headers, data))


def get(ask: Behind, path: str) -> Answer:
    return ask(Asked("GET", path, {}, b""))


def test_a_batch_is_taken_once_and_signed_for(collector: tuple[Behind, bytes]) -> None:
    ask, key = collector
    batch, _ = sealed("x", day=TODAY)
    about = Delivered(batch.batch_id, batch.digest, len(batch.data))
    first = put(ask, batch.data)
    assert first.status == 201
    receipt = verify_receipt(first.body, key, about)
    assert receipt.received.startswith(TODAY[:3])
    assert put(ask, batch.data).status == 412
    again = get(ask, path_of(batch.data) + "/receipt")
    assert (again.status, again.body) == (200, first.body)


def test_unknown_batches_have_no_receipt(collector: tuple[Behind, bytes]) -> None:
    ask, _ = collector
    assert get(ask, path_of(sealed("never sent", day=TODAY)[0].data) + "/receipt").status == 404


def test_what_is_not_a_whole_batch_is_refused(collector: tuple[Behind, bytes]) -> None:
    ask, _ = collector
    data = sealed("x", day=TODAY)[0].data
    changed = bytearray(data)
    changed[-1] ^= 1
    for wrong in (data[:-1], data + b"x", bytes(changed), b"junk", b""):
        assert put(ask, wrong, path_of(data)).status == 400, len(wrong)
    assert get(ask, path_of(data) + "/receipt").status == 404


def test_only_creation_is_offered(collector: tuple[Behind, bytes]) -> None:
    ask, _ = collector
    data = sealed("x", day=TODAY)[0].data
    assert put(ask, data, **{"If-None-Match": '"etag"'}).status == 428


def test_another_organisation_and_another_place_are_refused(collector: tuple[Behind, bytes]) -> None:
    ask, _ = collector
    other = sealed("x", day=TODAY, organisation="other-org")[0].data
    assert put(ask, other).status == 403
    assert put(ask, other, path_of(other).replace("/other-org/", f"/{ORGANISATION}/")).status == 403
    data = sealed("x", day=TODAY)[0].data
    for place in ("/v1/{0}/" + "0" * 64 + "/{2}/{3}", "/v1/{0}/{1}/2026-01-01/{3}", "/v1/{0}/{1}/{2}/" + "0" * 32):
        assert put(ask, data, place.format(*path_of(data).split("/")[2:])).status == 400
    assert put(ask, data).status == 201


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Behind, Path]]:
    token = tmp_path_factory.mktemp("token") / "token"
    token.write_text("shared words\n")
    folder = tmp_path_factory.mktemp("strict")
    with running_collector(folder, "--token-file", str(token), "--name", "collector.example") as running:
        yield forward_to(running.url), running.store


def test_without_the_enrolment_token_nothing_is_taken(real: tuple[Behind, Path]) -> None:
    ask, store = real
    data = sealed("x", day=TODAY)[0].data
    assert put(ask, data).status == 401
    assert put(ask, data, Authorization="Bearer wrong").status == 401
    assert get(ask, path_of(data) + "/receipt").status == 401
    assert not list(store.rglob(parse_header(data).batch + "*"))
    assert put(ask, data, Authorization="Bearer shared words").status == 201


def test_the_store_holds_the_batch_as_received_with_its_receipt_and_nothing_else(real: tuple[Behind, Path]) -> None:
    ask, store = real
    batch, _ = sealed("planted words", day=TODAY)
    answer = put(ask, batch.data, Authorization="Bearer shared words")
    assert b"collector.example" in answer.body
    place = store / path_of(batch.data).lstrip("/")
    assert place.with_name(place.name + ".seal").read_bytes() == batch.data
    assert place.with_name(place.name + ".receipt").read_bytes() == answer.body
    everything = b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())
    assert b"planted" not in everything
    assert not list((store / "staging").iterdir())
    assert place.with_name(place.name + ".seal").stat().st_mode & 0o077 == 0


def test_a_receipt_lost_between_storing_and_signing_is_made_again(real: tuple[Behind, Path]) -> None:
    ask, store = real
    batch, _ = sealed("x", day=TODAY)
    put(ask, batch.data, Authorization="Bearer shared words")
    place = store / (path_of(batch.data).lstrip("/") + ".receipt")
    place.unlink()
    answer = ask(Asked("GET", path_of(batch.data) + "/receipt", {"Authorization": "Bearer shared words"}, b""))
    assert answer.status == 200
    assert place.read_bytes() == answer.body


@pytest.mark.parametrize(("days", "status"), [(3, 422), (1, 201), (-59, 201), (-61, 422), (-400, 422)])
def test_a_day_far_from_today_is_refused(real: tuple[Behind, Path], days: int, status: int) -> None:
    ask, _ = real
    day = (datetime.now(UTC).date() + timedelta(days=days)).isoformat()
    assert put(ask, sealed("x", day=day)[0].data, Authorization="Bearer shared words").status == status


def test_too_large_is_refused_before_it_is_read(real: tuple[Behind, Path]) -> None:
    ask, _ = real
    data = sealed("x", day=TODAY)[0].data
    assert put(ask, data + b"\0" * 5_000_000, path_of(data), Authorization="Bearer shared words").status == 413


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1",
        f"/v1/{ORGANISATION}",
        f"/v1/{ORGANISATION}/" + "0" * 64,
        f"/v1/{ORGANISATION}/" + "0" * 64 + "/2026-11-24",
        f"/v1/{ORGANISATION}/" + "0" * 64 + "/2026-11-24/" + "0" * 32,
        f"/v1/{ORGANISATION}/../../x/receipt",
        f"/v1/{ORGANISATION}/%2e%2e/%2e%2e/collector.key/receipt",
        f"/v1/{ORGANISATION}/..%2f..%2f/x/collector/receipt",
        f"/v1/{ORGANISATION}/" + "x" * 5000 + "/a/b/receipt",
        f"/v1/{ORGANISATION}/" + "0" * 64 + "/2026-11-24/" + "0" * 32 + "%00/receipt",
        "/openings",
        "/docs",
    ],
)
def test_nothing_can_be_listed_or_asked_about_a_person(real: tuple[Behind, Path], path: str) -> None:
    ask, _ = real
    answer = ask(Asked("GET", path, {"Authorization": "Bearer shared words"}, b""))
    assert answer.status in {404, 405}


def test_many_at_once_are_told_to_come_back(tmp_path: Path) -> None:
    with running_collector(tmp_path, "--rate", "0.01") as running:
        ask = forward_to(running.url)
        answers = [put(ask, b"junk", f"/v1/{ORGANISATION}/a/b/c") for _ in range(205)]
    assert {answer.status for answer in answers[:200]} == {400}
    assert answers[-1].status == 429
    assert {name.lower(): value for name, value in answers[-1].headers.items()}["retry-after"] == "2"


def test_the_log_names_no_address_and_no_batch(tmp_path: Path) -> None:
    with running_collector(tmp_path) as running:
        batch, _ = sealed("x", day=TODAY)
        put(forward_to(running.url), batch.data)
        running.process.terminate()
        assert running.process.wait(20) == 0
    log = (tmp_path / "collector.log").read_text()
    assert "127.0.0.1" not in log
    assert batch.batch_id not in log
    assert hashlib.sha256(batch.data).hexdigest() not in log


def call(*arguments: str) -> int:
    try:
        return main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)


def test_wrong_use_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("keygen", "--out", str(tmp_path / "k")) == 0
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600
    assert call("keygen", "--out", str(tmp_path / "k")) == 1
    assert "never overwritten" in capsys.readouterr().err
    serve = ["serve", "--store", str(tmp_path / "s"), "--organisation", ORGANISATION]
    assert call(*serve, "--key", str(tmp_path / "absent")) == 1
    assert call(*serve, "--key", str(tmp_path / "k.pub")) == 1
    for usage in (["serve"], [*serve[:-1], "No Slug", "--key", "k"], ["sing"], []):
        assert call(*usage) == 2
