"""A bucket and a dataset of either kind, what is put into them, and a look for what shall not be there any more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.organisation.erased import erased_key, place_key
from agent.organisation.openings import Opening
from agent.organisation.steward.dataset import Dataset
from agent.organisation.steward.datasets import existing, for_opening
from agent.organisation.steward.ending import Ended, erase
from agent.organisation.steward.opening import open_all
from agent.organisation.store import BatchStore, batch_key
from agent.records import Sealed
from agent.seal import Delivered, issue, issue_erasure, key_id, keyfile, parse_header
from agent.seal.hybrid import public_of
from tests.fakes.batches import COLLECTOR, ORGANISATION, STEWARD, sealed

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def opening(number: int, previous: str) -> Opening:
    """An entry for the log of openings."""
    return Opening(
        number=number, previous=previous, when="2026-11-24T12:00:00Z", keys=("ab" * 16,), batches=("cd" * 16,),
        records=1, into="dataset", written="encrypted",
    )  # fmt: skip


def key_file() -> bytes:
    """The steward's private key, as keygen would have written it."""
    public = public_of(STEWARD)
    return keyfile.encode_private(keyfile.Key("MLKEM768_X25519", key_id(public), public, "2026-11-24", STEWARD), None)


class PowerCut(BaseException):
    """Nothing may catch this: the process is gone."""


class Dying(BatchStore):
    """A store whose user dies at a certain deletion."""

    left = 10**9

    def delete(self, key: str) -> None:
        if self.left == 0:
            raise PowerCut
        self.left -= 1
        super().delete(key)


class Yard:
    """A bucket and one dataset."""

    def __init__(self, folder: Path, kind: str) -> None:
        if kind == "encrypted":
            pytest.importorskip("pyarrow", reason="the steward's encrypted datasets need the extra 'organisation'")
        self.folder, self.kind, self.out = folder, kind, folder / "dataset"
        self.store = Dying.open(str(folder / "store"))
        assert isinstance(self.store, Dying)

    def put(self, text: str, *, placed: bool = True, **terms: Any) -> Sealed:
        """placed: with the entry of its place, which earlier collectors did not write."""
        batch, _ = sealed(text, **terms)
        key = batch_key(parse_header(batch.data))
        about = Delivered(batch.batch_id, batch.digest, len(batch.data))
        assert self.store.create(key + ".seal", batch.data)
        assert self.store.create(key + ".receipt", issue(about, NOW, "collector.example", COLLECTOR))
        if placed:
            self.store.create(place_key(parse_header(batch.data).organisation, batch.batch_id), key.encode())
        return batch

    def word(self, batch: Sealed) -> None:
        """The collector's word that it is gone; dead before it deleted anything."""
        document = issue_erasure(batch.batch_id, NOW.date(), "collector.example", COLLECTOR)
        assert self.store.create(erased_key(ORGANISATION, batch.batch_id), document)

    def open(self) -> None:
        open_all(self.store, [STEWARD], for_opening(self.out, [STEWARD], plain=self.kind == "plain"), NOW)

    def dataset(self, folder: Path | None = None) -> Dataset:
        return existing(folder or self.out, [STEWARD])

    def erase(self) -> Ended:
        return erase(self.store, [self.dataset()], NOW)

    def texts(self, folder: Path | None = None) -> list[str]:
        """Of every record in the dataset, by reading it."""
        out, dataset = folder or self.out, self.dataset(folder)
        if self.kind == "plain":
            found = [json.loads(line)["text"] for line in (out / "records.jsonl").read_bytes().splitlines()]
        else:
            found = [text for table in dataset.tables() for text in table.column("text").to_pylist()]  # type: ignore[attr-defined]  # of Parts
        assert sum(line.count for line in dataset.lines()) == len(found)
        return sorted(found)


def anywhere(folder: Path, *needles: bytes) -> list[Path]:
    """Files and folders that hold one of these in their bytes or name."""
    return [
        path
        for path in folder.rglob("*")
        if any(needle in path.name.encode() or (path.is_file() and needle in path.read_bytes()) for needle in needles)
    ]


def traces(batch: Sealed) -> tuple[bytes, ...]:
    """Pieces of it that stand nowhere else."""
    body = batch.data[-2000:]
    return body[:32], body[-32:], parse_header(batch.data).ciphertext.encode(), batch.digest.encode()
