"""Opened to Parquet that only the dataset's key opens: no byte of it in clear, nobody in it, whole after any cut."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the steward's encrypted datasets need the extra 'organisation'")

import pyarrow as pa
from pyarrow import parquet as pq

from agent.organisation.steward import cli
from agent.organisation.steward.datasets import for_opening
from agent.organisation.steward.opening import Report, open_all
from agent.organisation.steward.parquet import ParquetDataset, Parts
from agent.organisation.steward.reading import COLUMNS, open_dataset, record_of
from agent.organisation.store import BatchStore, batch_key
from agent.problems import Invalid
from agent.records import Action, Approved, Redacted, Removed, Sealed
from agent.seal import key_id, keyfile, open_batch, parse_header, seal
from agent.seal.hybrid import public_of
from tests.fakes.batches import COUNCIL, DEVICE, STEWARD, STRANGER, TERMS, sealed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = Path(cli.__file__).parent / "DATASET.md"


class House:
    """A store, a steward's key files, and an encrypted dataset."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "dataset"
        self.store = BatchStore.open(str(folder / "store"))

    def put(self, *texts: str, **terms: Any) -> Sealed:
        return self.keep(sealed(*texts, **terms)[0])

    def keep(self, batch: Sealed) -> Sealed:
        assert self.store.create(batch_key(parse_header(batch.data)) + ".seal", batch.data)
        return batch

    def open(self, *seeds: bytes) -> Report:
        found = seeds or (STEWARD,)
        return open_all(self.store, found, for_opening(self.out, found, plain=False), NOW)

    def rows(self) -> list[dict[str, Any]]:
        dataset = for_opening(self.out, [STEWARD], plain=False)
        assert isinstance(dataset, Parts)
        return [row for table in dataset.tables() for row in table.to_pylist()]

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.out)): path.read_bytes() for path in self.out.rglob("*") if path.is_file()}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_no_byte_of_a_record_no_term_and_no_column_lies_there_in_clear(house: House) -> None:
    batches = [house.put(f"planted {n} " * 300, purposes=("train", "planted-purpose")) for n in range(3)]
    assert house.open().records == 3
    for name, data in house.files().items():
        assert not re.search(rb"planted|mousepad|Mousepad|judging|program|removed|rules-1", data), name
        if name != "openings.jsonl":
            assert not any(batch.batch_id.encode() in data for batch in batches), name
    (part,) = (house.out / "parts").iterdir()
    data = part.read_bytes()
    assert (data[:4], data[-4:]) == (b"PARE", b"PARE"), "the magic of an encrypted footer"
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in house.out.rglob("*"))


def test_the_log_of_openings_says_whether_it_was_in_plain(house: House) -> None:
    house.put("one")
    house.open()
    open_all(house.store, [STEWARD], for_opening(house.folder / "open", [STEWARD], plain=True), NOW)
    entries = [json.loads(house.store.read(key) or b"") for key in house.store.keys("openings/", ".json")]
    assert [(entry["into"], entry["written"]) for entry in entries] == [("dataset", "encrypted"), ("open", "plain")]


def test_every_kind_of_record_comes_back_byte_for_byte(house: House) -> None:
    def record(kind: Any, text: str | None = None, **more: Any) -> Redacted:
        return Redacted(kind, "mousepad", "Mousepad", 1_790_000_040, ("train",), "rules-1", text, **more)

    records = [
        record("text", "zwei\u2028äöü [undo]", removed=(Removed(9, 15, "undo"),)),
        record("text", ""),
        record("app"),
        record("title", "notes.txt"),
        record("shortcut", action=Action("chord", "Ctrl+S")),
        record("pointer", "Save", action=Action("click", button="left", x=0, y=3, width=10, height=5, role="button")),
        record("pointer", action=Action("drag", button="left", x=1, y=2, to_x=-3, to_y=0)),
        record("pointer", action=Action("scroll", steps_x=0, steps_y=-3)),
    ]
    items = [Approved(row, one, one.digest()) for row, one in enumerate(records, 1)]
    batch = house.keep(seal(items, TERMS, DEVICE)[0])
    house.open()
    rows = house.rows()
    assert [record_of(row) for row in rows] == [one.canonical() for one in records]
    assert [(row["batch"], row["place"]) for row in rows] == [(batch.batch_id, n) for n in range(1, 9)]
    assert not any(row["redacted_again"] for row in rows)


def test_what_was_redacted_again_is_marked(house: House) -> None:
    house.put("harmless", "paid with 4111 1111 1111 1111")
    assert house.open().changed == 1
    assert [(row["text"], row["redacted_again"]) for row in house.rows()] == [
        ("harmless", False),
        ("paid with [card number]", True),
    ]


def test_no_column_and_no_term_tells_whose_it_is(house: House) -> None:
    house.put("x", consent_receipt="ab" * 32)
    house.open()
    dataset = for_opening(house.out, [STEWARD], plain=False)
    everything = repr([house.rows(), dataset.lines()])
    for told in (DEVICE.public_key().public_bytes_raw().hex(), "ab" * 32, TERMS.checkpoint.strip()):
        assert told not in everything


def test_opening_twice_adds_nothing_and_a_later_batch_only_itself(house: House) -> None:
    house.put("one")
    house.open()
    before = house.files()
    again = house.open()
    assert (again.opened, again.known) == (0, 1)
    assert house.files() == before
    house.put("two")
    assert (house.open().opened, [row["text"] for row in house.rows()]) == (1, ["one", "two"])


def test_a_run_cut_off_leaves_whole_parts_and_the_next_makes_it_good(house: House) -> None:
    house.put("one")
    house.open()
    part = house.out / "parts" / "00000001.parquet"
    whole = part.read_bytes()
    part.unlink()
    for torn in (b"", whole[:100], whole):
        part.with_name(part.name + ".unfinished").write_bytes(torn)
        assert house.open().opened == 1
        assert [path.name for path in (house.out / "parts").iterdir()] == [part.name]
        assert [row["text"] for row in house.rows()] == ["one"]
        part.unlink()


def test_a_reader_disturbs_nobody_who_writes(house: House) -> None:
    house.put("one")
    house.open()
    unfinished = house.out / "parts" / "00000002.parquet.unfinished"
    unfinished.write_bytes(b"half")
    key = keys(house.folder / "reader")
    assert cli.main(grant(house, key)) == 0
    assert [table.num_rows for table in open_dataset(house.out, key).tables()] == [1]
    assert unfinished.read_bytes() == b"half"


# ---------------------------------------------------------------- keys


def keys(folder: Path) -> Path:
    """Key files made by keygen; the path of the private one."""
    assert cli.main(["keygen", "--out", str(folder)]) == 0
    return folder / "recipient.key"


def grant(house: House, to: Path) -> list[str]:
    own = house.folder / "own.key"
    if not own.exists():
        public = public_of(STEWARD)
        key = keyfile.Key("MLKEM768_X25519", key_id(public), public, "2026-11-24", STEWARD)
        own.write_bytes(keyfile.encode_private(key, None))
    return ["grant", "--dataset", str(house.out), "--key", str(own), "--to", f"{to}.pub"]


def test_without_the_key_nothing_is_read(house: House, tmp_path: Path) -> None:
    house.put("one")
    house.open()
    (part,) = (house.out / "parts").iterdir()
    with pytest.raises(OSError, match="encrypted"):
        pq.ParquetFile(part)
    for seed in (STRANGER, COUNCIL):
        with pytest.raises(Invalid) as caught:
            house.open(seed)
        assert caught.value.code == "key-file-invalid"


def test_whoever_it_is_granted_to_reads_it_and_opens_no_batch(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    batch = house.put("one")
    house.open()
    reader, other = keys(house.folder / "reader"), keys(house.folder / "other")
    with pytest.raises(Invalid):
        open_dataset(house.out, reader)
    for _ in range(2):
        assert cli.main(grant(house, reader)) == 0
    assert [table.column("text").to_pylist() for table in open_dataset(house.out, reader).tables()] == [["one"]]
    assert len(json.loads((house.out / "dataset.json").read_bytes())["keys"]) == 2
    with pytest.raises(Invalid):
        open_dataset(house.out, other)
    with pytest.raises(Invalid):
        open_batch(batch.data, [keyfile.decode(reader.read_bytes()).opening()])
    capsys.readouterr()
    assert cli.main([*grant(house, reader)[:-1], str(house.folder / "reader/organisation.key.pub")]) == 1
    assert "recipient's public key" in capsys.readouterr().err


def test_a_key_file_that_was_changed_is_named(house: House) -> None:
    house.put("one")
    house.open()
    path = house.out / "dataset.json"
    good = json.loads(path.read_bytes())
    wrapped = bytearray(base64.b64decode(good["keys"][0]["wrapped"]))
    wrapped[-1] ^= 1
    wrong = {**good["keys"][0], "wrapped": base64.b64encode(bytes(wrapped)).decode()}
    for document in (
        {**good, "keys": [wrong]},
        {**good, "dataset": "0" * 32},
        {**good, "format": 2},
        {**good, "more": 1},
        {**good, "keys": [{**wrong, "wrapped": "?"}]},
        {**good, "keys": []},
    ):
        path.write_text(json.dumps(document))
        with pytest.raises(Invalid) as caught:
            house.open()
        assert caught.value.code == "key-file-invalid", document
    path.unlink()
    with pytest.raises(Invalid, match=r"no dataset\.json"):
        house.open()


def test_parts_of_another_dataset_and_changed_parts_are_named(house: House, tmp_path: Path) -> None:
    house.put("one")
    house.open()
    other = House(tmp_path / "other")
    other.put("two")
    other.open()
    part = house.out / "parts" / "00000001.parquet"
    good = part.read_bytes()
    second = part.with_name("00000002.parquet")
    second.write_bytes((other.out / "parts" / part.name).read_bytes())
    with pytest.raises(Invalid, match="another key"):
        house.open()
    second.write_bytes(good)
    with pytest.raises(Invalid, match="same batch"):
        house.open()
    second.unlink()
    rows, refused = house.rows(), 0
    for place in range(0, len(good), 41):
        changed = bytearray(good)
        changed[place] ^= 1
        part.write_bytes(bytes(changed))
        try:
            # A few bytes carry nothing, such as the magic at the beginning, which nobody looks at.
            assert house.rows() == rows
        except Invalid as error:
            refused += error.code in {"batch-store-failed", "key-file-invalid"}
    assert refused > len(good) / 41 - 5
    part.write_bytes(b"")
    with pytest.raises(Invalid, match="damaged"):
        house.open()
    part.write_bytes(good)
    part.with_name("notes.txt").write_text("x")
    with pytest.raises(Invalid, match="not written by this program"):
        house.open()


def test_a_kms_of_ones_own_keeps_the_key(house: House) -> None:
    class Kms:
        """Wraps by remembering; nothing of a key is in what it gives out."""

        name = "kms/training-2026"

        def __init__(self) -> None:
            self.held: dict[str, bytes] = {}

        def wrap(self, key: bytes) -> str:
            ticket = os.urandom(8).hex()
            self.held[ticket] = key
            return ticket

        def unwrap(self, wrapped: str) -> bytes:
            try:
                return self.held[wrapped]
            except KeyError as error:
                raise Invalid("key-file-invalid", detail="The KMS does not know it.") from error

    kms = Kms()
    for n in range(2):
        house.put(f"planted {n}")
        open_all(house.store, [STEWARD], ParquetDataset(house.out, kms), NOW)
    assert {len(key) for key in kms.held.values()} == {32}
    assert len(kms.held) == 2, "each part under keys of its own"
    assert sum(table.num_rows for table in Parts(house.out, kms).tables()) == 2
    with pytest.raises(Invalid, match="does not know"):
        Parts(house.out, Kms())


def test_plain_and_encrypted_do_not_mix(house: House, tmp_path: Path) -> None:
    house.put("one")
    house.open()
    with pytest.raises(Invalid, match="leave --plain out"):
        for_opening(house.out, [STEWARD], plain=True)
    plain = tmp_path / "plain"
    open_all(house.store, [STEWARD], for_opening(plain, [STEWARD], plain=True), NOW)
    with pytest.raises(Invalid, match="say --plain"):
        for_opening(plain, [STEWARD], plain=False)


# ---------------------------------------------------------------- what is documented


def fields(schema: pa.Schema) -> Iterator[pa.Field]:
    for name in schema.names:
        yield schema.field(name)


def test_every_file_says_what_its_columns_mean(house: House) -> None:
    house.put("one")
    house.open()
    dataset = for_opening(house.out, [STEWARD], plain=False)
    assert isinstance(dataset, Parts)
    (table,) = dataset.tables()
    assert table.schema.equals(COLUMNS, check_metadata=True)
    for field in fields(table.schema):
        assert (field.metadata or {}).get(b"meaning"), field.name


def test_the_page_names_every_column(house: House) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for field in fields(COLUMNS):
        meaning = (field.metadata or {})[b"meaning"].decode()
        assert f"| `{field.name}` |" in text, field.name
        assert meaning in text, field.name


def test_what_the_page_shows_to_training_code_works(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put("one", "two")
    house.open()
    reader = keys(house.folder / "reader")
    assert cli.main(grant(house, reader)) == 0
    capsys.readouterr()
    (snippet,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(house.folder)
    exec(compile(snippet, PAGE.name, "exec"), {})  # noqa: S102  # this is what it says there
    assert capsys.readouterr().out.splitlines() == ["one", "two"]
