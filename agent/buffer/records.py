"""How one record lies on the disk: a head (where it stands) and a body (its canonical bytes), sealed on their own.

Both are sealed under the record's own data key and padded. The head is bound to the row's number, the body to the
number, the kind, and the hash of the consent and policy under which it was kept. Outside of the seals there is only
the row's number, the epoch, the wrapped key and two padded lengths.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

import msgspec

from agent.problems import Invalid, Refused
from agent.records import RECORD_FORMAT, Action, Kind, Redacted, Removed, State
from agent.vault import bind, pad, seal, unpad, unseal

_NUMBER: Final = 8


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Everything about a record but its bytes. Times are Unix seconds; size counts canonical bytes.

    context: hash of consent and policy. approved: digest of the bytes that were let go. batch: where it was sealed.
    """

    kind: Kind
    program_id: str
    time: int
    size: int
    state: State
    stored_at: int
    expires: int
    context: bytes
    approved: str | None = None
    batch: str | None = None


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    start: int
    end: int
    kind: str
    by: Literal["machine", "employee"]


class _Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Literal["click", "double-click", "drag", "scroll", "chord"]
    keys: str = ""
    button: str = ""
    x: int | None = None
    y: int | None = None
    to_x: int | None = None
    to_y: int | None = None
    width: int | None = None
    height: int | None = None
    steps_x: int = 0
    steps_y: int = 0
    role: str = ""


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``Redacted.content()`` read back."""

    format: int
    kind: Kind
    program: str
    program_name: str
    time: str
    purposes: tuple[str, ...]
    redactor: str
    text: str | None = None
    removed: tuple[_Part, ...] = ()
    action: _Action | None = None


_heads: Final = msgspec.msgpack.Encoder()
_read_head: Final = msgspec.msgpack.Decoder(Head)
_read_content: Final = msgspec.json.Decoder(_Content)


def canonical(record: Redacted) -> bytes:
    """The record's canonical bytes, after checking that the very same record can be read back from them.

    Raises ``TypeError`` for anything that is not exactly a ``Redacted`` (a door, not bad input), and
    ``Refused('redaction-failed')`` for a record without exact bytes, such as one with half a surrogate pair.
    """
    if type(record) is not Redacted:
        raise TypeError(f"the store takes Redacted and nothing else, not {type(record).__name__}")
    try:
        body = record.canonical()
        faithful = parse(body) == record
    except (ValueError, OverflowError, OSError, Invalid):  # what rfc8785 and datetime say of impossible values
        raise Refused("redaction-failed") from None
    if not faithful:
        raise Refused("redaction-failed")
    return body


def parse(body: bytes) -> Redacted:
    """The record behind canonical bytes. Raises ``Invalid('store-damaged')``."""
    try:
        content = _read_content.decode(body)
        time = int(datetime.fromisoformat(content.time).timestamp())
    except (msgspec.DecodeError, ValueError):
        raise Invalid("store-damaged", detail="A record cannot be read.") from None
    if content.format != RECORD_FORMAT:
        raise Invalid("store-damaged", detail="A record has a format of another version.")
    record = Redacted(
        kind=content.kind,
        program_id=content.program,
        program_name=content.program_name,
        time=time,
        purposes=content.purposes,
        redactor=content.redactor,
        text=content.text,
        removed=tuple(Removed(part.start, part.end, part.kind, part.by) for part in content.removed),
        action=Action(**msgspec.structs.asdict(content.action)) if content.action is not None else None,
    )
    if not _whole(record):
        raise Invalid("store-damaged", detail="A record does not have the parts of its kind.")
    return record


def _whole(record: Redacted) -> bool:
    """Has the record the parts of its kind, and no others?"""
    text, action = record.text, record.action
    if record.removed and text is None:
        return False
    match record.kind:
        case "text" | "title":
            return text is not None and action is None
        case "app":
            return text is None and action is None
        case "shortcut":
            return text is None and action is not None and bool(action.keys) and action == Action("chord", action.keys)
        case "pointer":
            return action is not None and _pointer(action, named=text is not None)


def _pointer(action: Action, *, named: bool) -> bool:
    """A scroll has steps and hits nothing, the others have a button; only a drag ends elsewhere."""
    ends = action.to_x is not None or action.to_y is not None
    if action.name == "scroll":
        return bool(action.steps_x or action.steps_y) and not (action.button or action.role or named or ends)
    return action.name != "chord" and bool(action.button) and (action.name == "drag" or not ends)


def seal_head(key: bytes, row: int, head: Head) -> bytes:
    """The head as it is written."""
    return seal(key, pad(_heads.encode(head)), _head_data(row))


def open_head(key: bytes, row: int, sealed: object) -> Head:
    """The head as it was written. Raises ``Invalid('store-damaged')``."""
    try:
        return _read_head.decode(unpad(unseal(key, sealed, _head_data(row))))
    except msgspec.DecodeError:
        raise Invalid("store-damaged", detail="A record cannot be read.") from None


def seal_body(key: bytes, row: int, head: Head, body: bytes) -> bytes:
    """The canonical bytes as they are written."""
    return seal(key, pad(body), _body_data(row, head))


def open_body(key: bytes, row: int, head: Head, sealed: object) -> bytes:
    """The canonical bytes as they were written. Raises ``Invalid('store-damaged')``."""
    return unpad(unseal(key, sealed, _body_data(row, head)))


def _head_data(row: int) -> bytes:
    return bind(b"head", row.to_bytes(_NUMBER, "big", signed=True))


def _body_data(row: int, head: Head) -> bytes:
    return bind(b"body", row.to_bytes(_NUMBER, "big", signed=True), head.kind.encode(), head.context)
