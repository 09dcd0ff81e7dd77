"""What is over and what was erased goes, from bucket and datasets, wherever a run was cut off; nothing else does."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent.organisation.files import held
from agent.organisation.openings import append
from agent.organisation.steward import cli
from agent.organisation.steward.datasets import existing
from agent.organisation.steward.ending import Ended, Retention, _Found, erase, expire
from agent.organisation.store import batch_key
from agent.policy.load import parse
from agent.policy.model import Policy
from agent.problems import Invalid, Unavailable
from agent.seal import parse_header
from tests.fakes.batches import ORGANISATION
from tests.fakes.organisation import NOW as SECONDS
from tests.fakes.organisation import make_policy
from tests.fakes.yard import NOW, PowerCut, Yard, anywhere, key_file, opening, traces


@pytest.fixture(params=["plain", "encrypted"])
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Yard:
    return Yard(tmp_path, request.param)


# ---------------------------------------------------------------- erased


def test_no_byte_of_what_was_erased_is_left_in_bucket_or_dataset(yard: Yard) -> None:
    gone = [yard.put("CANARY one"), yard.put("CANARY two", placed=False), yard.put("CANARY three")]
    stays = [yard.put("stays one"), yard.put("stays two", placed=False)]
    yard.open()
    late = yard.put("CANARY never opened", placed=False)
    before = yard.store.read(batch_key(parse_header(stays[0].data)) + ".seal")
    assert yard.texts() == ["CANARY one", "CANARY three", "CANARY two", "stays one", "stays two"]
    for batch in (*gone, late):
        yard.word(batch)
    assert yard.erase() == Ended(bucket=4, datasets=3, unfinished=0)
    assert yard.texts() == ["stays one", "stays two"]
    assert anywhere(yard.folder, b"CANARY", *(trace for batch in (*gone, late) for trace in traces(batch))) == []
    # The log of openings goes on saying that they were opened: random names of what is gone.
    for path in anywhere(yard.folder, *(batch.batch_id.encode() for batch in (*gone, late))):
        assert "openings" in str(path)
    assert yard.store.read(batch_key(parse_header(stays[0].data)) + ".seal") == before
    assert yard.erase() == Ended(0, 0, 0), "twice is fine"
    yard.open()
    assert yard.texts() == ["stays one", "stays two"]


def test_no_folder_tells_of_a_device_or_day_that_has_nothing_left(yard: Yard) -> None:
    gone = [yard.put("CANARY", day="2026-11-02", placed=placed) for placed in (True, False)]
    stays = yard.put("stays", day="2026-11-03")
    for batch in gone:
        yard.word(batch)
    device = parse_header(stays.data).device.encode()
    erase(yard.store, [], NOW)
    assert anywhere(yard.folder, b"2026-11-02") == []
    assert anywhere(yard.folder, b"2026-11-03")
    yard.word(stays)
    erase(yard.store, [], NOW)
    assert anywhere(yard.folder, device) == []
    assert {path.name for path in (yard.folder / "store").iterdir()} >= {"v1", "places", "erased"}
    yard.put("later", day="2026-11-02")


def test_a_dataset_of_nothing_but_erased_batches_is_empty(yard: Yard) -> None:
    batch = yard.put("CANARY")
    yard.open()
    yard.word(batch)
    yard.erase()
    assert yard.texts() == []
    assert anywhere(yard.folder, b"CANARY") == []
    yard.put("after")
    yard.open()
    assert yard.texts() == ["after"]


def test_an_encrypted_dataset_stays_encrypted_when_it_is_rewritten(tmp_path: Path) -> None:
    yard = Yard(tmp_path, "encrypted")
    gone = yard.put("planted one", purposes=("train", "planted"))
    for n in range(3):
        yard.put(f"planted {n}")
    yard.open()
    yard.word(gone)
    (part,) = (yard.out / "parts").iterdir()
    before = part.read_bytes()
    yard.erase()
    assert [path.name for path in (yard.out / "parts").iterdir()] == [part.name]
    data = part.read_bytes()
    assert (data[:4], data[-4:]) == (b"PARE", b"PARE")
    assert anywhere(yard.out, b"planted", b"mousepad") == []
    assert not any(before[at : at + 16] in data for at in range(100, 600)), "written under fresh keys"
    with yard.dataset()._opened(part) as file:  # type: ignore[attr-defined]  # of Parts
        assert gone.batch_id not in repr((file.metadata.metadata, file.read().schema, file.read().to_pylist()))
    assert len(yard.texts()) == 3


def test_what_writers_that_died_left_goes_too(yard: Yard) -> None:
    gone, stays = yard.put("gone"), yard.put("stays")
    yard.open()
    yard.word(gone)
    staging = yard.folder / "store" / "staging"
    (staging / "1").write_bytes(gone.data)
    (staging / "2#1").write_bytes(gone.data[: len(gone.data) // 2])
    (staging / "3").write_bytes(stays.data)
    (staging / "4").write_bytes(b"half")
    for path in staging.iterdir():
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert yard.erase().unfinished == 2
    assert sorted(path.name for path in staging.iterdir()) == ["3", "4"], "its writer may still live"
    erase(yard.store, [], NOW + timedelta(hours=2))
    assert list(staging.iterdir()) == []


# ---------------------------------------------------------------- cut off


@contextmanager
def photographed(folder: Path, to: Path) -> Iterator[list[Path]]:
    """Copies of the folder before every step that opens, renames or removes something in it, and at the end."""
    pictures: list[Path] = []
    busy = False

    def take(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal busy
        steps = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}
        if not busy and event in steps and str(arguments[0]).startswith(str(folder)):
            snap()

    def snap() -> None:
        nonlocal busy
        busy = True
        pictures.append(to / str(len(pictures)))
        shutil.copytree(folder, pictures[-1])
        busy = False

    watch: list[Callable[[str, tuple[object, ...]], None]] = [take]
    # A hook stays as long as the interpreter: this one looks nowhere once the list is empty.
    sys.addaudithook(lambda event, arguments: [look(event, arguments) for look in watch] and None)
    yield pictures
    watch.clear()
    busy = True
    snap()


def test_rewriting_that_is_cut_off_anywhere_is_whole_and_made_good(yard: Yard) -> None:
    for n in range(3):
        yard.put(f"first {n}")
    yard.open()
    gone = [yard.put("CANARY one"), yard.put("CANARY two")]
    yard.put("second")
    yard.open()
    old = yard.texts()
    new = [text for text in old if "CANARY" not in text]
    ids = {batch.batch_id for batch in gone}
    dataset = yard.dataset()
    with photographed(yard.out, yard.folder / "pictures") as pictures:
        assert dataset.drop(ids) == 2
    assert len(pictures) > 3
    for picture in pictures:
        assert yard.texts(picture) in (old, new), "one or the other, never a part"
        assert yard.dataset(picture).drop(ids) in (0, 2)
        assert yard.texts(picture) == new
        assert anywhere(picture, b"CANARY") == []
        assert not [path for path in picture.rglob("*") if "unfinished" in path.name or path.name == "rewritten"]


def test_a_sweep_that_is_cut_off_anywhere_is_finished_by_the_next(tmp_path: Path) -> None:
    for left in range(12):
        yard = Yard(tmp_path / str(left), "plain")
        gone = [yard.put("CANARY one"), yard.put("CANARY two", placed=False), yard.put("CANARY three")]
        yard.put("stays")
        yard.open()
        for batch in gone:
            yard.word(batch)
        yard.store.left = left  # type: ignore[attr-defined]  # of Dying
        try:
            yard.erase()
        except PowerCut:
            assert yard.texts() != ["stays"], "the bucket first"
        yard.store.left = 10**9  # type: ignore[attr-defined]  # of Dying
        yard.erase()
        assert yard.texts() == ["stays"]
        assert anywhere(yard.folder, b"CANARY", *(trace for batch in gone for trace in traces(batch))) == []
        assert len(list(yard.store.keys("places/", ""))) == 1


def test_nobody_else_works_in_a_dataset_meanwhile(yard: Yard, capsys: pytest.CaptureFixture[str]) -> None:
    yard.put("x")
    yard.open()
    arguments = ["erase", "--store", str(yard.folder / "store"), "--dataset", str(yard.out)]
    with held(yard.out):
        assert cli.main(arguments) == 1
        assert "Somebody else" in capsys.readouterr().err
        with pytest.raises(Unavailable), held(yard.out):
            pass


# ---------------------------------------------------------------- over


def policy(days: int, organisation: str = ORGANISATION) -> Policy:
    return parse(policy_file(days, organisation), SECONDS)


def policy_file(days: int, organisation: str = ORGANISATION) -> bytes:
    changes = {"notice.retention_days": days, "notice.organisation.id": organisation}
    return make_policy(**changes)[0]


def test_a_batch_is_over_on_the_day_its_days_are_up() -> None:
    retention = Retention.of([policy(30), policy(60), policy(5, "other-org")])
    long, short = policy(60).hash, policy(30).hash

    def over(today: str, under: str | None, day: str = "2026-11-24", organisation: str = ORGANISATION) -> bool:
        return retention.over(_Found(organisation, day, "0" * 32), under, date.fromisoformat(today))

    assert not over("2026-12-23", short)
    assert over("2026-12-24", short)
    assert not over("2026-12-24", long)
    assert over("2027-01-23", long)
    assert over("2026-12-24", None), "not known: the fewest of its organisation"
    assert not over("2026-12-23", None)
    assert not over("2099-01-01", "f" * 64), "a policy that was not given"
    assert not over("2099-01-01", None, organisation="third-org")
    for nonsense in ("2026-13-01", "soon", "9999-12-31"):
        assert not over("2099-01-01", None, day=nonsense)


def test_what_was_kept_long_enough_goes_from_bucket_and_dataset(yard: Yard) -> None:
    long, short = policy(60), policy(5)
    yard.put("CANARY old", day="2026-11-24", policy=short.hash)
    yard.put("young", day="2026-11-30", policy=short.hash)
    yard.put("old but kept for longer", day="2026-11-24", policy=long.hash)
    yard.put("under a policy nobody gave", day="2026-11-24")
    yard.put("of somebody else", day="2026-01-24", organisation="other-org")
    yard.open()
    closed = [
        yard.put("CANARY never opened", day="2026-11-26", policy=long.hash),
        yard.put("never opened", day="2026-11-27"),
    ]
    found = expire(yard.store, [yard.dataset()], [long, short], NOW)
    assert found == Ended(bucket=2, datasets=1, unfinished=0, unknown=("b" * 64,))
    assert yard.texts() == ["of somebody else", "old but kept for longer", "under a policy nobody gave", "young"]
    assert len(list(yard.store.keys("v1/", ".seal"))) == 5
    assert len(list(yard.store.keys("places/", ""))) == 5
    assert [yard.store.read(batch_key(parse_header(one.data)) + ".seal") is None for one in closed] == [True, False]
    assert anywhere(yard.folder, b"CANARY") == []
    assert expire(yard.store, [yard.dataset()], [long, short], NOW) == Ended(0, 0, 0, ("b" * 64,))


# ---------------------------------------------------------------- commands


def call(*arguments: object) -> int:
    try:
        return cli.main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


def test_the_commands_end_what_is_over(yard: Yard, capsys: pytest.CaptureFixture[str]) -> None:
    file = yard.folder / "policy.json"
    file.write_bytes(policy_file(1))
    hashed = parse(file.read_bytes(), SECONDS).hash
    yard.put("CANARY over", day="2026-01-01", policy=hashed)
    gone = yard.put("CANARY erased", day="2030-01-01", policy=hashed)
    yard.put("stays", day="2030-01-01", policy=hashed)
    yard.open()
    yard.word(gone)
    key = yard.folder / "own.key"
    where = ["--store", yard.folder / "store", "--dataset", yard.out]
    if yard.kind == "encrypted":
        assert call("erase", *where) == 1
        assert "not made for this key" in capsys.readouterr().err
        key.write_bytes(key_file())
        where += ["--key", key]
    assert call("expire", *where, "--policy", file) == 0
    assert json.loads(capsys.readouterr().out) == {"bucket": 1, "datasets": 1, "unfinished": 0}
    assert call("erase", *where) == 0
    assert json.loads(capsys.readouterr().out) == {"bucket": 1, "datasets": 1, "unfinished": 0}
    assert yard.texts() == ["stays"]
    assert anywhere(yard.folder, b"CANARY") == []


def test_wrong_use_of_the_commands_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    yard = Yard(tmp_path, "plain")
    yard.put("under a policy nobody gave")
    yard.open()
    file = tmp_path / "policy.json"
    file.write_bytes(policy_file(1))
    where = ["--store", tmp_path / "store", "--dataset", yard.out]
    assert call("expire", *where) == 2, "without a policy nothing has a date"
    assert call("expire", *where, "--policy", file) == 1
    assert "b" * 64 in capsys.readouterr().err
    assert yard.texts() == ["under a policy nobody gave"]
    file.write_bytes(b"{}")
    assert call("expire", *where, "--policy", file) == 1
    for absent in ("absent", "store"):
        assert call("erase", "--store", tmp_path / "store", "--dataset", tmp_path / absent) == 1
        assert "no dataset" in capsys.readouterr().err
    assert not (tmp_path / "absent").exists()


def test_the_log_says_who_opened_what_and_whether_in_plain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    yard = Yard(tmp_path, "plain")
    assert call("log", "--store", tmp_path / "store") == 0
    assert capsys.readouterr().out == ""
    yard.put("one")
    yard.open()
    append(yard.store, "other-org", opening)
    assert call("log", "--store", tmp_path / "store") == 0
    first, second = capsys.readouterr().out.splitlines()
    said = "2026-12-01T12:00:00Z  example-org 1: opened in plain into dataset, 1 records of 1 batches, with "
    assert first.startswith(said)
    assert "other-org 1: opened encrypted" in second
    assert call("log", "--json", "--store", tmp_path / "store") == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["organisation"], one["written"]) for one in entries] == [
        ("example-org", "plain"),
        ("other-org", "encrypted"),
    ]
    path = next((tmp_path / "store" / "openings" / "example-org").iterdir())
    path.write_bytes(path.read_bytes().replace(b'"plain"', b'"encrypted"').replace(b'"number":1', b'"number":2'))
    assert call("log", "--store", tmp_path / "store") == 1
    with pytest.raises(Invalid):
        existing(tmp_path / "nothing", [])
