"""The opened dataset: a folder that only grows, and that a power cut leaves whole.

``records.jsonl``   one record per line, the canonical bytes as approved
``batches.jsonl``   one line per batch: where its records begin and end there, and under what terms they were given
``openings.jsonl``  one line per opening: when, by which key, which batches

Records are written first and count only once their batch's line is there; what lies behind the last such line is from
a run that was cut off, and is dropped at the next one. So running twice adds nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import msgspec
import rfc8785

from agent.organisation.openings import Opening
from agent.problems import Invalid
from agent.seal import Opened

RECORDS: Final = "records.jsonl"
BATCHES: Final = "batches.jsonl"
OPENINGS: Final = "openings.jsonl"

_Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]


class BatchLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Provenance of ``count`` records: bytes ``start`` to ``end`` of records.jsonl. sha256: of the batch as stored."""

    batch: str
    organisation: str
    device: str
    day: str
    purposes: tuple[str, ...]
    forbidden_uses: tuple[str, ...]
    recipients: tuple[str, ...]
    consent_receipt: str
    policy: str
    redactor: str
    previous: str | None
    checkpoint: str
    sha256: str
    count: _Count
    first_line: _Count
    start: _Count
    end: _Count


class Dataset:
    """Raises ``Invalid('batch-store-failed')`` if the folder holds what this did not write, and ``OSError``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = folder.name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lines = self._read()
        self._end = max((line.end for line in self._lines), default=0)
        self._count = sum(line.count for line in self._lines)
        self._drop_unfinished()

    def digests(self) -> dict[str, str]:
        """Batches that are in it: id to SHA-256 of the batch as it was stored."""
        return {line.batch: line.sha256 for line in self._lines}

    def log(self, opening: Opening) -> None:
        """Durable when it returns; call before ``add``."""
        self._append(OPENINGS, opening.encode() + b"\n")

    def add(self, opened: Opened, sha256: str) -> None:
        """All records of a batch, or none."""
        data = b"".join(record + b"\n" for record in opened.records)
        self._append(RECORDS, data)
        head, facts = opened.header, opened.facts
        line = BatchLine(
            batch=head.batch,
            organisation=head.organisation,
            device=head.device,
            day=head.day,
            purposes=head.purposes,
            forbidden_uses=head.forbidden_uses,
            recipients=head.recipients,
            consent_receipt=facts.consent_receipt,
            policy=facts.policy,
            redactor=facts.redactor,
            previous=facts.previous,
            checkpoint=facts.checkpoint,
            sha256=sha256,
            count=facts.count,
            first_line=self._count + 1,
            start=self._end,
            end=self._end + len(data),
        )
        self._append(BATCHES, rfc8785.dumps(msgspec.to_builtins(line)) + b"\n")
        self._lines.append(line)
        self._end = line.end
        self._count += line.count

    # ------------------------------------------------------------ files

    def _read(self) -> list[BatchLine]:
        path = self._folder / BATCHES
        if not path.exists():
            return []
        lines = []
        for number, text in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
            try:
                lines.append(msgspec.json.decode(text, type=BatchLine))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                detail = f"Line {number} of {path} was not written by this program."
                raise Invalid("batch-store-failed", detail=detail) from error
        return lines

    def _drop_unfinished(self) -> None:
        for name, whole in ((RECORDS, self._end), (BATCHES, None), (OPENINGS, None)):
            path = self._folder / name
            if not path.exists():
                if whole:
                    raise Invalid("batch-store-failed", detail=f"{path} is missing.")
                continue
            with path.open("r+b") as file:
                keep = whole if whole is not None else file.read().rfind(b"\n") + 1
                if file.seek(0, os.SEEK_END) < keep:
                    raise Invalid("batch-store-failed", detail=f"{path} is shorter than its batches say.")
                file.truncate(keep)
                os.fsync(file.fileno())

    def _append(self, name: str, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self._folder / name, flags, 0o600), "ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
