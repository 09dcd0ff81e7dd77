from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from agent.organisation.steward.opening import Report, open_all
from agent.organisation.steward.plain import PlainDataset
from agent.organisation.store import BatchStore, batch_key
from agent.problems import Invalid, Unavailable
from agent.records import Sealed
from agent.seal import Delivered, issue, open_batch, parse_header
from tests.fakes.batches import COLLECTOR, COUNCIL, STEWARD, STRANGER, sealed

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


class Rig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.store = BatchStore.open(str(folder / "store"))

    def put(self, batch: Sealed, data: bytes | None = None, key: str | None = None) -> str:
        place = key or batch_key(parse_header(batch.data))
        assert self.store.create(place + ".seal", batch.data if data is None else data)
        about = Delivered(batch.batch_id, batch.digest, len(batch.data))
        assert self.store.create(place + ".receipt", issue(about, NOW, "collector.example", COLLECTOR))
        return place + ".seal"

    def open(self, *keys: bytes) -> Report:
        return open_all(self.store, keys or (STEWARD,), PlainDataset(self.out), NOW)

    def lines(self, name: str) -> list[bytes]:
        path = self.out / name
        return path.read_bytes().split(b"\n")[:-1] if path.exists() else []

    def openings(self) -> list[dict[str, object]]:
        keys = self.store.keys("openings/", ".json")
        return [msgspec.json.decode(self.store.read(key) or b"", type=dict[str, object]) for key in keys]


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


def test_records_come_out_one_per_line_byte_for_byte(rig: Rig) -> None:
    texts = (["one", "two\nlines", "zwei\u2028äöü"], ["three"])
    batches = [sealed(*part)[0] for part in texts]
    for batch in batches:
        rig.put(batch)
    report = rig.open()
    assert (report.opened, report.records, report.known, report.refused) == (2, 4, 0, {})
    records = rig.lines("records.jsonl")
    data = (rig.out / "records.jsonl").read_bytes()
    lines = [msgspec.json.decode(line) for line in rig.lines("batches.jsonl")]
    by_id = {batch.batch_id: open_batch(batch.data, [STEWARD]) for batch in batches}
    for line in lines:
        opened = by_id.pop(line["batch"])
        first = line["first_line"] - 1
        assert tuple(records[first : first + line["count"]]) == opened.records
        assert data[line["start"] : line["end"]] == b"".join(record + b"\n" for record in opened.records)
        assert line["forbidden_uses"] == ["judging performance"]
        assert line["policy"] == opened.facts.policy
        assert not set(line) & {"device", "consent_receipt", "previous", "checkpoint"}, "whose it is stays in the store"
    assert by_id == {}
    assert all((rig.out / name).stat().st_mode & 0o077 == 0 for name in ("records.jsonl", "batches.jsonl"))


def test_every_opening_is_in_the_stores_log_and_in_the_datasets(rig: Rig) -> None:
    batches = [sealed(str(n))[0] for n in range(3)]
    for batch in batches:
        rig.put(batch)
    rig.open()
    (opening,) = rig.openings()
    assert set(opening.pop("batches")) == {batch.batch_id for batch in batches}  # type: ignore[call-overload]
    keys = list(parse_header(batches[0].data).recipients)
    assert opening == {
        "format": 1, "number": 1, "previous": "0" * 64, "when": "2026-11-24T12:00:00Z", "records": 3,
        "written": "plain", "into": rig.out.name, "keys": keys,
    }  # fmt: skip
    assert len(rig.lines("openings.jsonl")) == 1


def test_opening_twice_adds_nothing_and_a_later_batch_only_itself(rig: Rig) -> None:
    rig.put(sealed("one")[0])
    rig.open()
    before = {path.name: path.read_bytes() for path in rig.out.iterdir()}
    again = rig.open()
    assert (again.opened, again.known) == (0, 1)
    assert {path.name: path.read_bytes() for path in rig.out.iterdir()} == before
    assert len(rig.openings()) == 1
    rig.put(sealed("two")[0])
    assert rig.open().opened == 1
    assert len(rig.lines("records.jsonl")) == 2


def test_what_was_tampered_with_is_refused_by_name_and_the_rest_is_opened(rig: Rig) -> None:
    good = [sealed("good")[0] for _ in range(3)]
    for batch in good:
        rig.put(batch)
    refused = set()
    for place in (0, 60, 2000, -1):
        batch = sealed("bad")[0]
        changed = bytearray(batch.data)
        changed[place] ^= 1
        refused.add(rig.put(batch, bytes(changed)))
    cut = sealed("cut")[0]
    refused.add(rig.put(cut, cut.data[:-1]))
    empty = sealed("empty")[0]
    refused.add(rig.put(empty, b""))
    refused.add(rig.put(sealed("to others", recipients=(STRANGER,))[0]))
    refused.add(rig.put(sealed("with the council", recipients=(STEWARD, COUNCIL))[0]))
    report = rig.open()
    assert set(report.refused) == refused
    assert report.opened == 3
    assert all(reason for reason in report.refused.values())
    assert all(b"good" in line for line in rig.lines("records.jsonl"))


def test_a_batch_moved_or_copied_elsewhere_is_refused(rig: Rig) -> None:
    batch = sealed("x")[0]
    rig.put(batch)
    copied = batch_key(parse_header(batch.data)).replace("2026-11-24", "2026-11-25")
    rig.put(batch, key=copied)
    for _ in range(2):
        assert set(rig.open().refused) == {copied + ".seal"}
    assert len(rig.lines("records.jsonl")) == 1


def test_a_batch_that_lies_only_in_the_wrong_place_is_refused(rig: Rig) -> None:
    batch = sealed("x")[0]
    place = rig.put(batch, key=batch_key(parse_header(batch.data)).replace("example-org", "other-org"))
    report = rig.open()
    assert set(report.refused) == {place}
    assert "where its header says" in report.refused[place]


def test_other_bytes_under_a_known_id_and_a_receipt_for_something_else_are_refused(rig: Rig, tmp_path: Path) -> None:
    batch, other = sealed("x")[0], sealed("y")[0]
    place = rig.put(batch)
    rig.open()
    (tmp_path / "store" / place).write_bytes(other.data)
    assert set(rig.open().refused) == {place}
    second = sealed("z")[0]
    stored = rig.put(second)
    receipt = tmp_path / "store" / stored.replace(".seal", ".receipt")
    for wrong in (b"junk", issue(Delivered(second.batch_id, "0" * 64, 5), NOW, "x", COLLECTOR)):
        receipt.write_bytes(wrong)
        assert stored in rig.open().refused
    receipt.unlink()
    assert rig.open().opened == 1


def test_both_controllers_together_open_what_neither_opens_alone(rig: Rig) -> None:
    rig.put(sealed("shared", recipients=(STEWARD, COUNCIL))[0])
    for alone in (STEWARD, COUNCIL):
        assert rig.open(alone).opened == 0
    assert rig.lines("records.jsonl") == []
    assert rig.open(STEWARD, COUNCIL).records == 1


def test_a_run_cut_off_anywhere_is_made_good_by_the_next(rig: Rig, tmp_path: Path) -> None:
    for n in range(3):
        rig.put(sealed(f"record {n}")[0])
    rig.open()
    whole = sorted(rig.lines("records.jsonl"))
    records, batches = ((rig.out / name).read_bytes() for name in ("records.jsonl", "batches.jsonl"))
    ends = [msgspec.json.decode(line)["end"] for line in batches.split(b"\n")[:-1]]
    for keep in (0, 1, 2):
        lines = batches.split(b"\n")[:keep]
        for torn in (b"", b'{"batch":"ab'):
            for more in (b"", b"half a record", records[ends[keep - 1] if keep else 0 :]):
                (rig.out / "batches.jsonl").write_bytes(b"".join(line + b"\n" for line in lines) + torn)
                (rig.out / "records.jsonl").write_bytes(records[: ends[keep - 1] if keep else 0] + more)
                report = rig.open()
                assert (report.known, report.opened) == (keep, 3 - keep)
                assert sorted(rig.lines("records.jsonl")) == whole


def test_a_dataset_that_something_else_wrote_to_is_left_alone(rig: Rig) -> None:
    rig.put(sealed("one")[0])
    rig.open()
    records = rig.out / "records.jsonl"
    good = records.read_bytes()
    records.write_bytes(good[:-5])
    with pytest.raises(Invalid, match="shorter"):
        rig.open()
    records.unlink()
    with pytest.raises(Invalid, match="missing"):
        rig.open()
    records.write_bytes(good)
    (rig.out / "batches.jsonl").write_bytes(b"{}\n")
    with pytest.raises(Invalid, match="Line 1"):
        rig.open()


def test_what_cannot_be_logged_is_not_opened(rig: Rig, tmp_path: Path) -> None:
    rig.put(sealed("one")[0])
    (tmp_path / "store" / "openings").write_text("a file where the log should be")
    with pytest.raises(Unavailable) as caught:
        rig.open()
    assert caught.value.code == "batch-store-failed"
    assert rig.lines("records.jsonl") == []


def test_a_store_is_a_folder_or_a_bucket_and_never_overwrites(tmp_path: Path) -> None:
    for url in (str(tmp_path / "a b"), (tmp_path / "a b").as_uri(), "memory:///"):
        store = BatchStore.open(url)
        assert store.create("v1/x/one.seal", b"1") is (url != (tmp_path / "a b").as_uri())
        assert not store.create("v1/x/one.seal", b"2")
        assert store.read("v1/x/one.seal") == b"1"
        assert store.read("v1/x/two.seal") is None
        assert list(store.keys("v1/", ".seal")) == ["v1/x/one.seal"]
        assert list(store.keys("v1/", ".receipt")) == []
    with pytest.raises(Unavailable):
        BatchStore.open("nonsense://x")


def test_a_batch_has_no_name_before_its_bytes_are_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = BatchStore.open(str(tmp_path))
    seen: list[tuple[str, bool]] = []

    def sync(path: Path) -> None:
        seen.append((str(path.relative_to(tmp_path)), (tmp_path / "v1/a/b.seal").exists()))

    with monkeypatch.context() as watched:
        watched.setattr("agent.organisation.store._sync", sync)
        assert store.create("v1/a/b.seal", b"1")
    assert seen[0][0].startswith("staging/")
    assert [there for _, there in seen] == [False, True, True, True]
    assert [name for name, _ in seen[1:]] == ["v1/a", "v1", "."]

    def full(_path: Path) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr("agent.organisation.store._sync", full)
        with pytest.raises(Unavailable):
            store.create("v1/a/c.seal", b"1")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["b.seal"]
