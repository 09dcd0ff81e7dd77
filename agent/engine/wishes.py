"""What an employee can wish for what was sent already: have it deleted, see it, see who opened it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from agent import protocol, review
from agent.buffer.records import parse
from agent.engine.slots import read_slot, sealed_bytes
from agent.problems import Invalid, Refused
from agent.protocol import Command, Done, Report, SentRecord, SentRow
from agent.seal import LocalSlot, open_own

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine

#: Takes the very command it stands beside in ANSWERS.
Answer: TypeAlias = Callable[["Engine", Any], Report]
#: Bytes of records in one answer, well below the longest line of the protocol.
_ROOM: Final = protocol.MAX_LINE // 2


def ask_deletion(engine: Engine, command: protocol.AskDeletion) -> Report:
    """Durable when this is answered; the network comes later."""
    if engine.stores.exists():
        engine.open_stores()
    return Done(re=command.id, count=engine.asking.ask(command.batches))


def open_sent(engine: Engine, command: protocol.OpenSent) -> Report:
    """Raises ``Refused('sent-not-here')`` unless the very bytes that the log names are here, and open to the very
    records that were approved.
    """
    opened = engine.stores.opened
    row = next((row for row in engine.delivery.sent() if row.batch == command.batch), None)
    data = sealed_bytes(opened, row) if opened is not None and row is not None else None
    if opened is None or row is None or data is None or not _logged(engine, row):
        raise Refused("sent-not-here")
    key = read_slot(opened.profile, row.batch).data_key
    if key is None:
        raise Refused("sent-not-here")
    try:
        records = open_own(data, LocalSlot(row.batch, key, b"")).records
    except Invalid:
        raise Refused("sent-not-here") from None
    if tuple(hashlib.sha256(record).hexdigest() for record in records) != row.records:
        raise Refused("sent-not-here")
    start = max(0, command.offset)
    page: list[SentRecord] = []
    room = _ROOM
    for record in records[start:]:
        shown = _shown(record)
        room -= len(msgspec.json.encode(shown))
        if room < 0 and page:
            break
        page.append(shown)
    return protocol.OpenedSent(re=command.id, batch=row.batch, records=tuple(page), offset=start, total=len(records))


def _logged(engine: Engine, row: SentRow) -> bool:
    """Does the log name these bytes under this batch?"""
    return any(
        entry.kind == "sealed" and entry.facts.get("batch") == row.batch and entry.facts.get("digest") == row.digest
        for entry in engine.stores.history()
    )


def _shown(record: bytes) -> SentRecord:
    body = parse(record)
    return SentRecord(
        kind=body.kind,
        time=body.time,
        program=body.program_name,
        purposes=body.purposes,
        text=body.text or "",
        removed=tuple(protocol.Part(part.start, part.end, part.kind, part.by) for part in body.removed),
        exact=record.decode(),
        deed=review.deed(body),
    )


def sent(engine: Engine, command: protocol.GetSent) -> Report:
    """A page of what has left, newest first."""
    rows = engine.delivery.sent()[::-1]
    start = max(0, command.offset)
    page = rows[start : start + max(0, command.limit)]
    opened = engine.stores.opened
    if opened is not None:
        here = opened.outbox.keeps() | set(opened.outbox.pending())
        page = [
            msgspec.structs.replace(
                row, openable=row.batch in here and read_slot(opened.profile, row.batch).data_key is not None
            )
            for row in page
        ]
    return protocol.Sent(re=command.id, total=len(rows), rows=tuple(page))


def openings(engine: Engine, command: protocol.GetOpenings) -> Report:
    """What is known now; what the collector says meanwhile is in the next answer."""
    engine.asking.look()
    return engine.asking.log.page(command.id)


ANSWERS: Final[dict[type[Command], Answer]] = {
    protocol.AskDeletion: ask_deletion,
    protocol.OpenSent: open_sent,
    protocol.GetSent: sent,
    protocol.GetOpenings: openings,
}
