"""What was sent, as a window sees it: batches in every state, what was in one, and the log of openings."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from agent.protocol import OpenedSent, OpeningRow, Openings, Sent, SentRecord, SentRow
from tests.fakes import samples
from tests.fakes.samples import DAY, NOW

#: The batch that can be opened.
INSIDE = "c" * 32


def inside() -> OpenedSent:
    """The answer of an engine that still has the key of ``INSIDE``."""
    found = []
    for record in (*samples.records(), *samples.deed_records()):
        kept = {name: getattr(record, name) for name in SentRecord.__struct_fields__}
        found.append(SentRecord(**kept))
    return OpenedSent(batch=INSIDE, records=tuple(found), total=len(found))


def digests() -> tuple[str, ...]:
    """The hashes of what is in ``INSIDE``, as they were approved."""
    return tuple(hashlib.sha256(record.exact.encode()).hexdigest() for record in inside().records)


def row(batch: str, **changes: Any) -> SentRow:
    """A batch that arrived yesterday and can be opened, with some of it changed. batch: one hex digit."""
    base = samples.sent().rows[1]
    found = msgspec.structs.replace(base, batch=batch * 32, openable=True, **changes)
    if found.batch == INSIDE:
        return msgspec.structs.replace(found, records=digests(), count=len(digests()))
    made = (hashlib.sha256(f"{batch}{place}".encode()).hexdigest() for place in range(found.count))
    return msgspec.structs.replace(found, records=tuple(made))


def sent() -> Sent:
    """Every state."""
    rows = (
        row("a", state="uploading", sealed_at=NOW - 60, sent_at=None, confirmed_digest="", count=3),
        row("b", state="refused", sealed_at=NOW - 3600, sent_at=None, confirmed_digest="", count=120),
        row("c"),
        row("d", count=46, size=262_144, sealed_at=NOW - 2 * DAY, sent_at=NOW - 2 * DAY),
        row("e", count=4, confirmed_digest="ff" * 32, sealed_at=NOW - 3 * DAY, sent_at=NOW - 3 * DAY),
        row("f", count=7, state="unknown", confirmed_digest="", sealed_at=NOW - 4 * DAY, sent_at=None),
        row("1", count=8, sealed_at=NOW - 5 * DAY, sent_at=NOW - 5 * DAY, deletion="asked", deletion_at=NOW - DAY),
        row(
            "2", count=9, sealed_at=NOW - 6 * DAY, sent_at=NOW - 6 * DAY, deletion="confirmed", deletion_at=NOW - DAY
        ),
    )  # fmt: skip
    rows = (*rows[:-1], msgspec.structs.replace(rows[-1], openable=False))
    return Sent(total=len(rows), rows=rows)


def openings(**changes: Any) -> Openings:
    """Read this morning: one batch was opened twice, the second time unencrypted."""
    who = ("Acme data office",)
    base = Openings(
        rows=(
            OpeningRow(number=2, at=NOW - 7200, batches=("d" * 32,), others=0, written="plain", keys=who),
            OpeningRow(number=1, at=NOW - DAY, batches=("d" * 32, "1" * 32), others=3, written="encrypted", keys=who),
        ),
        checked_at=NOW - 600,
    )
    return msgspec.structs.replace(base, **changes)
