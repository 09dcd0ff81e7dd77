"""What every place for batches does, a folder, memory, and S3 spoken over real HTTP by a server on this computer."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from agent.organisation.collector.admit import Place
from agent.organisation.collector.enrolment import Wish, enrol, new_token
from agent.organisation.collector.intake import EraseWish, Intake
from agent.organisation.openings import append, every
from agent.organisation.steward.ending import erase
from agent.organisation.steward.opening import open_all
from agent.organisation.steward.plain import PlainDataset
from agent.organisation.store import BatchStore, batch_key
from agent.problems import Unavailable
from agent.seal import parse_header, prove, verify_receipt
from agent.seal.receipt import Delivered
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC, DEVICE, ORGANISATION, STEWARD, sealed
from tests.fakes.yard import opening

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3 server over a folder; the address of a bucket in it. Keys and address come from the environment."""
    pytest.importorskip("localbucket", reason="the S3 contract needs localbucket, of the extra 'dev'")
    folder = tmp_path_factory.mktemp("s3")
    (folder / "batches").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-m", "localbucket", "--port", str(port), str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if "serving" in line:
            break
    assert "serving" in said[-1], said
    # It talks on; a full pipe would stop it.
    rest = threading.Thread(target=server.stdout.read)
    rest.start()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
        }.items():
            environment.setenv(name, value)
        yield "s3://batches"
    server.terminate()
    server.wait(20)
    rest.join(20)
    server.stdout.close()


@pytest.fixture(params=["folder", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BatchStore:
    if request.param == "s3":
        return BatchStore.open(f"{request.getfixturevalue('s3')}/{tmp_path.name}")
    return BatchStore.open("memory:///" if request.param == "memory" else str(tmp_path / "store"))


def test_what_is_there_stays_as_it_is(store: BatchStore) -> None:
    assert store.create("v1/a/one.seal", b"1")
    assert not store.create("v1/a/one.seal", b"2")
    assert store.read("v1/a/one.seal") == b"1"
    assert store.read("v1/a/two.seal") is None
    store.check_creates_only()


def test_of_many_at_once_one_creates(store: BatchStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: store.create("v1/a/one.seal", b"%d" % n), range(8)))
    assert made.count(True) == 1
    assert store.read("v1/a/one.seal") == b"%d" % made.index(True)


def test_listing_is_exact(store: BatchStore) -> None:
    for n in range(5):
        store.create(f"v1/a/day/{n}.seal", b"")
    store.create("v1/a/day/0.receipt", b"")
    store.create("v1/ab/day/0.seal", b"")
    store.delete("v1/a/day/3.seal")
    assert sorted(store.keys("v1/a/", ".seal")) == [f"v1/a/day/{n}.seal" for n in (0, 1, 2, 4)]
    assert sorted(store.keys("v1/a/", "")) == sorted(
        [f"v1/a/day/{n}.seal" for n in (0, 1, 2, 4)] + ["v1/a/day/0.receipt"]
    )
    assert list(store.keys("nothing/", "")) == []


def test_the_beginning_can_be_read_alone(store: BatchStore) -> None:
    for text in (b"", b"12", b"123", b"1234567"):
        key = f"x/{len(text)}"
        store.create(key, text)
        assert store.read_start(key, 3) == text[:3]
    assert store.read_start("x/none", 3) is None


def test_gone_is_gone_and_twice_is_fine(store: BatchStore) -> None:
    store.create("v1/a/one.seal", b"1")
    for _ in range(2):
        store.delete("v1/a/one.seal")
        assert store.read("v1/a/one.seal") is None
    assert store.create("v1/a/one.seal", b"2")


@pytest.mark.parametrize("depth", [1, 2, 3, 6])
def test_a_folder_stays_however_shallow_what_is_deleted(tmp_path: Path, depth: int) -> None:
    folder = tmp_path / "a" / "store"
    store = BatchStore.open(str(folder))
    key = "/".join("x" * depth)
    assert store.create(key, b"1")
    store.delete(key)
    store.delete(key)
    assert sorted(path.name for path in folder.iterdir()) == ["staging", *(["x"] if depth > 1 else [])]
    assert not list((folder / "x").glob("*"))
    (folder / "staging").rmdir()
    store.delete(key)
    assert folder.is_dir()


def test_deleting_and_creating_side_by_side_disturb_neither(store: BatchStore) -> None:
    """A folder that is removed as empty may be the very one that is about to be used."""

    def work(n: int) -> None:
        key = f"v1/org/device/day/{n}.seal"
        for _ in range(30):
            assert store.create(key, b"%d" % n)
            assert store.read(key) == b"%d" % n
            store.delete(key)
            assert store.read(key) is None

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert list(store.keys("v1/", "")) == []


def test_the_whole_way_goes_over_it(store: BatchStore, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    intake = Intake(store, ORGANISATION, "collector.example", COLLECTOR, lambda: now, 100, enrolled_only=True)
    token, _ = new_token(store, ORGANISATION, 7, 1, now)
    device = DEVICE.public_key().public_bytes_raw().hex()
    wish = Wish(token, device, prove(ORGANISATION, token, DEVICE))
    assert enrol(store, ORGANISATION, wish, "collector.example", COLLECTOR, now)[1]
    (batch, slot), (other, _) = sealed("CANARY", day=TODAY), sealed("stays", day=TODAY)
    for one in (batch, other):
        place = Place(ORGANISATION, device, TODAY, one.batch_id)
        about = Delivered(one.batch_id, one.digest, len(one.data))
        verify_receipt(intake.take(one.data, place), COLLECTOR_PUBLIC, about)
    dataset = PlainDataset(tmp_path / "out")
    assert open_all(store, [STEWARD], dataset, now).opened == 2
    append(store, ORGANISATION, opening)
    assert [entry.number for entry in every(store, ORGANISATION)] == [1, 2]
    intake.erase(EraseWish(batch.batch_id, slot.erasure_secret.hex()))
    assert store.read(batch_key(parse_header(batch.data)) + ".seal") is None
    assert erase(store, [dataset], now).datasets == 1
    assert b"CANARY" not in (tmp_path / "out" / "records.jsonl").read_bytes()


def test_a_bucket_that_is_not_there_is_named(s3: str) -> None:
    store = BatchStore.open("s3://no-such-bucket")
    with pytest.raises(Unavailable) as caught:
        store.create("v1/a/one.seal", b"1")
    assert caught.value.code == "batch-store-failed"


class Careless(BaseHTTPRequestHandler):
    """Speaks just enough S3, and overwrites whatever is there: there are such servers."""

    def do_PUT(self) -> None:  # its name there
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_DELETE(self) -> None:  # as above
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_a_collector_does_not_begin_over_a_bucket_that_overwrites(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Careless) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        environment = {
            **os.environ, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}", "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1",
        }  # fmt: skip
        program = [sys.executable, "-m", "agent.organisation.collector.cli"]
        key = str(tmp_path / "key")
        subprocess.run([*program, "keygen", "--out", key], check=True, capture_output=True)
        serve = ["serve", "--store", "s3://batches", "--organisation", ORGANISATION, "--key", key]
        try:
            done = subprocess.run(
                [*program, *serve], env=environment, capture_output=True, text=True, check=False, timeout=60
            )
        finally:
            server.shutdown()
            thread.join()
    assert (done.returncode, done.stdout) == (1, "")
    assert "overwrites" in done.stderr


def test_a_place_that_overwrites_is_refused() -> None:
    class Overwriting(BatchStore):
        def create(self, key: str, data: bytes) -> bool:
            self.delete(key)
            return super().create(key, data)

    store = Overwriting.open("memory:///")
    with pytest.raises(Unavailable, match="overwrites"):
        store.check_creates_only()
