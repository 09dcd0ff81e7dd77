"""A dataset in Parquet, encrypted by Parquet's own modular encryption: every column, the footer, the terms.

``parts/NUMBER.parquet``  records of some batches; the batches' terms stand in its footer, which is encrypted too
``dataset.json``          the dataset's key, wrapped for each key that may read it: ``datakey.py``

A part is written under another name, synced and then named, so a batch is in the dataset with all its records and its
terms, or not at all. A part that is written anew takes the place of the old one by the same name. Each time it gets
fresh keys. AES-256-GCM over every page; a changed byte is found when it is read, a part that was taken away is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
import pyarrow as pa
from pyarrow import parquet as pq
from pyarrow.parquet import encryption as pe

from agent.organisation.files import UNFINISHED, replace_whole, sync_folder
from agent.organisation.openings import Opening
from agent.organisation.steward import dataset
from agent.organisation.steward.again import Kept
from agent.organisation.steward.columns import COLUMNS, GROWING, REPEATED, table
from agent.organisation.steward.datakey import KeyService
from agent.organisation.steward.dataset import Line
from agent.problems import Invalid

PARTS: Final = "parts"
_PART: Final = re.compile(r"\A[0-9]{8}\.parquet\Z")
_TERMS: Final = b"aboveboard.batches"


class _Kms(pe.KmsClient):
    """What the Parquet library asks, asked of ours."""

    def __init__(self, service: KeyService) -> None:
        super().__init__()
        self._service = service

    def wrap_key(self, key_bytes: bytes, master_key_identifier: str) -> str:
        self._check(master_key_identifier)
        return self._service.wrap(key_bytes)

    def unwrap_key(self, wrapped_key: str, master_key_identifier: str) -> bytes:
        self._check(master_key_identifier)
        return self._service.unwrap(wrapped_key)

    def _check(self, name: str) -> None:
        if name != self._service.name:
            raise Invalid("key-file-invalid", detail=f"This part was encrypted under another key: {name}.")


class Parts:
    """What reads a dataset and writes nothing; others may be writing it meanwhile.

    Raises ``Invalid('key-file-invalid')`` if the key service does not open what is there,
    ``Invalid('batch-store-failed')`` if that is damaged or not a dataset's.
    """

    def __init__(self, folder: Path, service: KeyService) -> None:
        self._folder, self._parts = folder, folder / PARTS
        self._service = service
        self._factory = pe.CryptoFactory(lambda _config: _Kms(service))
        self._config = pe.KmsConnectionConfig()
        self.name = folder.name
        self._terms: dict[Path, list[Line]] = {}
        for path in sorted(self._parts.iterdir()) if self._parts.is_dir() else ():
            if not path.name.endswith(UNFINISHED):
                self._terms[path] = self._read_terms(path)
        ids = [line.batch for line in self.lines()]
        if len(set(ids)) != len(ids):
            raise Invalid("batch-store-failed", detail=f"Two parts in {self._parts} hold the same batch.")

    def lines(self) -> Sequence[Line]:
        """Terms of each batch in it."""
        return tuple(line for lines in self._terms.values() for line in lines)

    def tables(self) -> Iterator[pa.Table]:
        """The records, part by part. Raises as above."""
        for path in self._terms:
            yield self._read(path)

    @contextmanager
    def _opened(self, path: Path) -> Iterator[pq.ParquetFile]:
        """Whatever the Parquet library finds wrong, under one name."""
        try:
            properties = self._factory.file_decryption_properties(self._config)
            with pq.ParquetFile(path, decryption_properties=properties) as file:
                yield file
        except (pa.ArrowException, OSError, ValueError) as error:
            raise Invalid("batch-store-failed", detail=f"{path} is damaged, or not encrypted.") from error

    def _read(self, path: Path) -> pa.Table:
        with self._opened(path) as file:
            # The library hands the terms on as metadata of the table; who needs them asks lines().
            return file.read().replace_schema_metadata(None)

    def _read_terms(self, path: Path) -> list[Line]:
        if not _PART.match(path.name):
            raise Invalid("batch-store-failed", detail=f"{path} was not written by this program.")
        with self._opened(path) as file:
            metadata = dict(file.metadata.metadata or {})
        try:
            return msgspec.json.decode(metadata[_TERMS], type=list[Line])
        except (KeyError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Invalid("batch-store-failed", detail=f"{path} was not written by this program.") from error


class ParquetDataset(Parts):
    """See ``Dataset``. Raises as ``Parts``."""

    written: Final = "encrypted"

    def __init__(self, folder: Path, service: KeyService) -> None:
        super().__init__(folder, service)
        self._parts.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in self._parts.glob(f"*{UNFINISHED}"):
            left.unlink()

    def log(self, opening: Opening) -> None:
        dataset.log(self._folder, opening)

    def add(self, group: Sequence[Kept]) -> None:
        number = max((int(path.name[:8]) for path in self._terms), default=0) + 1
        lines = [msgspec.convert(dataset.facts_of(kept), Line) for kept in group]
        self._write(self._parts / f"{number:08d}.parquet", table(group), lines)

    def drop(self, batches: Collection[str]) -> int:
        dropped = 0
        for path, lines in list(self._terms.items()):
            stay = [line for line in lines if line.batch not in batches]
            if len(stay) == len(lines):
                continue
            dropped += len(lines) - len(stay)
            if stay:
                found = self._read(path)
                keep = [batch not in batches for batch in found.column("batch").to_pylist()]
                self._write(path, found.filter(pa.array(keep, pa.bool_())), stay)
            else:
                path.unlink()
                sync_folder(self._parts)
                del self._terms[path]
        return dropped

    def _write(self, path: Path, found: pa.Table, lines: Sequence[Line]) -> None:
        terms = msgspec.json.encode(lines).decode()

        def write(out: BinaryIO) -> None:
            properties = self._factory.file_encryption_properties(
                self._config,
                pe.EncryptionConfiguration(
                    self._service.name,
                    uniform_encryption=True,
                    encryption_algorithm="AES_GCM_V1",
                    plaintext_footer=False,
                    double_wrapping=False,
                    data_key_length_bits=256,
                ),
            )
            with pq.ParquetWriter(
                out,
                COLUMNS,
                compression="zstd",
                use_dictionary=REPEATED,
                column_encoding=GROWING,
                encryption_properties=properties,
            ) as writer:
                writer.write_table(found)
                writer.add_key_value_metadata({_TERMS.decode(): terms})

        replace_whole(path, write)
        self._terms[path] = list(lines)
