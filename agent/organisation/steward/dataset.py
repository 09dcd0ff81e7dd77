"""What a dataset is, however its records lie: a folder that one run at a time works in, whole after a power cut.

``openings.jsonl``  one line per opening: when, by which key, which batches, and whether they were written in plain
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Final, Protocol, TypeAlias

import msgspec

from agent.organisation.openings import Opening, Written
from agent.organisation.steward.again import Kept

OPENINGS: Final = "openings.jsonl"

Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where records come from and under what terms they were given; nothing that tells whose they are.

    sha256: of the batch as stored. policy: SHA-256 of the policy it was sealed under. redactor: rules that ran on the
    employee's computer. count: records of it in this dataset. changed: of these, those where opening took out more.
    left_out: those that could not be redacted again. Consent receipt and pseudonym are in the stored batch.
    """

    batch: str
    organisation: str
    day: str
    purposes: tuple[str, ...]
    forbidden_uses: tuple[str, ...]
    recipients: tuple[str, ...]
    policy: str
    redactor: str
    sha256: str
    count: Count
    changed: Count
    left_out: Count


class Dataset(Protocol):
    """Raises ``Invalid('batch-store-failed')`` if the folder holds what no dataset writes, and ``OSError``.

    name: of its folder. written: how records lie in it, as the log of openings says it.
    """

    @property
    def name(self) -> str: ...

    @property
    def written(self) -> Written: ...

    def lines(self) -> Sequence[Line]:
        """One for each batch in it."""
        ...

    def log(self, opening: Opening) -> None:
        """Durable when it returns; call before ``add``."""
        ...

    def add(self, group: Sequence[Kept]) -> None:
        """Of each batch all records or none, durable when it returns."""
        ...

    def drop(self, batches: Collection[str]) -> int:
        """Rewrite it without these batches (ids); how many of them were in it. Durable; none is left half."""
        ...


def facts_of(kept: Kept) -> dict[str, object]:
    """The fields of ``Line``."""
    head, facts = kept.header, kept.facts
    return {
        "batch": head.batch,
        "organisation": head.organisation,
        "day": head.day,
        "purposes": head.purposes,
        "forbidden_uses": head.forbidden_uses,
        "recipients": head.recipients,
        "policy": facts.policy,
        "redactor": facts.redactor,
        "sha256": kept.sha256,
        "count": len(kept.records),
        "changed": len(kept.changed),
        "left_out": kept.left_out,
    }


def append(path: Path, data: bytes) -> None:
    """At the end of the file, durable when it returns."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def log(folder: Path, opening: Opening) -> None:
    """Write an opening into the dataset's own log, behind what was cut off there."""
    path = folder / OPENINGS
    if path.exists():
        keep_whole_lines(path)
    append(path, opening.encode() + b"\n")


def keep_whole_lines(path: Path) -> None:
    """Drop what lies behind the last line break: a run was cut off there."""
    with path.open("r+b") as file:
        file.truncate(file.read().rfind(b"\n") + 1)
        os.fsync(file.fileno())
