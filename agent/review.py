"""What the employee may see, let go and let expire: rules over stored records, and the only maker of ``Approved``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Final, Protocol

from agent.buffer import Buffer
from agent.problems import Refused
from agent.protocol import Deed, Part, Record, Sending, Waiting, WaitingRow
from agent.records import Approved, Redacted, State, Stored

#: What has not left. An approved record stays in sight until it is sealed.
WAITING: Final = frozenset({State.HELD, State.APPROVED})
PREVIEW: Final = 80
#: Rows on one page; keeps a page far below the longest line of the protocol.
PAGE: Final = 200
_HOUR: Final = 3600


def waiting(
    buffer: Buffer, *, re: int, offset: int, limit: int, mode: Sending, hold_hours: int, page: int = PAGE
) -> Waiting:
    """One page of what has not left, newest first. Only the records on the page are decrypted."""
    rows = buffer.rows(WAITING, max(0, offset), max(0, min(limit, page)))
    return Waiting(
        re=re,
        total=buffer.count(WAITING),
        size=buffer.size(WAITING),
        rows=tuple(_waiting_row(stored, mode, hold_hours) for stored in rows),
    )


def record(stored: Stored, *, re: int) -> Record:
    """One record as a person reads it, and the exact bytes that would be sent."""
    body = stored.record
    return Record(
        re=re,
        row=stored.row,
        digest=body.digest(),
        kind=body.kind,
        time=body.time,
        program=body.program_name,
        purposes=body.purposes,
        text=body.text or "",
        removed=tuple(Part(part.start, part.end, part.kind, part.by) for part in body.removed),
        exact=body.canonical().decode(),
        expires=stored.expires,
        deed=deed(body),
        approved=stored.state is State.APPROVED,
    )


def approve(stored: Stored, seen_digest: str, redact_again: Callable[[Redacted], Redacted]) -> Approved:
    """Let a record go: exactly the bytes that were seen, and only if today's rules leave them as they are.

    redact_again: redaction with the rules of now. Raises ``Refused('record-changed')`` if the stored record is not
    the one seen or the rules would change it, ``Refused('record-gone')`` if it is sealed already.
    """
    if stored.state is State.SEALED:
        raise Refused("record-gone")
    seen = stored.record.canonical()
    again = redact_again(stored.record)
    if type(again) is not Redacted or stored.record.digest() != seen_digest or again.canonical() != seen:
        raise Refused("record-changed")
    return Approved(stored.row, stored.record, seen_digest)


class Timed(Protocol):
    """What ``due`` needs to know of a record; ``Stored`` and the store's listing both do."""

    @property
    def row(self) -> int: ...
    @property
    def state(self) -> State: ...
    @property
    def stored_at(self) -> int: ...
    @property
    def expires(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Due:
    """Rows whose time has come, oldest first. leave: their hold has ended. expire: to be deleted, never sent."""

    leave: tuple[int, ...]
    expire: tuple[int, ...]


def leaves_at(stored_at: int, mode: Sending, hold_hours: int) -> int | None:
    """When a record leaves by itself (Unix seconds); None: never."""
    return stored_at + hold_hours * _HOUR if mode == "hold" else None


def due(rows: Iterable[Timed], now: int, mode: Sending, hold_hours: int) -> Due:
    """Which records leave and which expire at ``now`` (Unix seconds).

    Under 'hold' a record leaves when its hold has ended; under 'ask', or before a choice was made, nothing leaves by
    itself. What has expired is deleted, also when its hold ended meanwhile. Sealed records belong to their batch.
    """
    leave: list[int] = []
    expire: list[int] = []
    for entry in rows:
        if entry.state is State.SEALED:
            continue
        end = leaves_at(entry.stored_at, mode, hold_hours)
        if entry.expires <= now:
            expire.append(entry.row)
        elif entry.state is State.HELD and end is not None and end <= now:
            leave.append(entry.row)
    return Due(tuple(leave), tuple(expire))


def deed(record: Redacted) -> Deed | None:
    """What a hand did, for the window; None for records of another kind."""
    return Deed(**asdict(record.action)) if record.action is not None else None


def _waiting_row(stored: Stored, mode: Sending, hold_hours: int) -> WaitingRow:
    body = stored.record
    exact = body.canonical()
    return WaitingRow(
        row=stored.row,
        digest=body.digest(),
        kind=body.kind,
        time=body.time,
        program=body.program_name,
        program_id=body.program_id,
        preview=(body.text or "")[:PREVIEW],
        removed=len(body.removed),
        size=len(exact),
        expires=stored.expires,
        leaves=leaves_at(stored.stored_at, mode, hold_hours),
        deed=deed(body),
        approved=stored.state is State.APPROVED,
    )
