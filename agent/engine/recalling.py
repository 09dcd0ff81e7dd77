"""Forgetting what is sealed already: a batch that waits is opened again with the key that stayed here, what is meant
goes, the rest waits as it did: approved.

In an order that survives a kill: 1. the rest is in the store, marked with its batch; 2. the batch leaves the outbox;
3. the rest is approved again; 4. line and key go. Before 2. ``Delivery.recover`` takes the rest away again, after it it
does 3. and 4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from agent import consent
from agent.buffer.records import parse
from agent.engine.slots import read_slot, sealed_bytes
from agent.problems import Invalid
from agent.protocol import SentRow
from agent.records import Redacted
from agent.seal import LocalSlot, open_own

if TYPE_CHECKING:  # only the types: engine and stores are handed in
    from agent.engine.delivery import Delivery
    from agent.engine.engine import Engine
    from agent.engine.stores import Stores

DAY: Final = 86_400


def recall(engine: Engine, meant: Callable[[Redacted], bool]) -> tuple[int, int]:
    """How many sealed records were destroyed, and how many batches hold such a record and may be on their way already:
    those only the collector can delete.

    If one batch is opened again all that wait are, and the pseudonym changes: no later batch may name one that nobody
    ever gets, and the log of this one tells of it.
    """
    stores, delivery = engine.stores, engine.delivery
    if stores.opened is None:
        return 0, 0
    inside = {row.batch: content(stores, row) for row in delivery.sent() if row.state in {"sealed", "uploading"}}
    hit = {batch for batch, records in inside.items() if any(map(meant, records))}
    here = [row.batch for row in delivery.sent() if row.state == "sealed" and not engine.uploads.running]
    if not hit & set(here):
        return 0, len(hit)
    policy = engine.terms.policy
    context = consent.context(stores.consent, policy) if policy is not None else b"\0" * 32
    days = engine.effective.unreviewed_days if engine.effective is not None else 7
    stores.next_generation()
    count = 0
    for batch in here:
        rest = [record for record in inside[batch] if not meant(record)]
        count += len(inside[batch]) - len(rest)
        put_back(stores, delivery, batch, rest, engine.wall(), engine.wall() + days * DAY, context)
    return count, len(hit - set(here))


def content(stores: Stores, row: SentRow) -> list[Redacted]:
    """The records of a batch that is here; none if it does not open."""
    opened = stores.open()
    data, key = sealed_bytes(opened, row), read_slot(opened.profile, row.batch).data_key
    if data is None or key is None:
        return []
    try:
        return [parse(record) for record in open_own(data, LocalSlot(row.batch, key, b"")).records]
    except Invalid:
        return []


def put_back(
    stores: Stores, delivery: Delivery, batch: str, rest: list[Redacted], now: int, expires: int, context: bytes
) -> None:
    """Undo the sealing of a batch that has not left, for these of its records. now, expires: Unix seconds."""
    records = stores.open().records
    with records.batch():
        rows = [records.append(record, now, expires, context) for record in rest]
        for row, record in zip(rows, rest, strict=True):
            records.approve(row, record.digest())
        records.mark_sealed(rows, batch)
    stores.open().outbox.remove(batch)
    records.unseal(batch)
    delivery.recover()
