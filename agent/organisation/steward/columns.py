"""The columns of a dataset, with what they mean and in which units; both travel inside every file.

No column names or groups a person: neither the device's pseudonym nor the receipt of a consent is among them. Who has
to show under which consent a batch was given opens the batch in the store, by its id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
import pyarrow as pa
import rfc8785

from agent.organisation.steward.again import Kept
from agent.records import RECORD_FORMAT

_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"


def _field(name: str, kind: pa.DataType, meaning: str, unit: str = "", *, may_lack: bool = False) -> pa.Field:
    told = {"meaning": meaning, "unit": unit} if unit else {"meaning": meaning}
    return pa.field(name, kind, may_lack, told)


def _may(name: str, kind: pa.DataType, meaning: str, unit: str = "") -> pa.Field:
    return _field(name, kind, meaning, unit, may_lack=True)


_REMOVED: Final = pa.struct(
    [
        _field("start", pa.int32(), "where in text the placeholder begins", "code points"),
        _field("end", pa.int32(), "where in text it ends", "code points"),
        _field("kind", pa.string(), "what was taken out, or never known"),
        _field("by", pa.string(), "machine or employee"),
    ]
)
_ACTION: Final = pa.struct(
    [
        _field("name", pa.string(), "click, double-click, drag, scroll or chord"),
        _may("keys", pa.string(), "held modifiers, and the key of a chord: Ctrl+Shift+S"),
        _may("button", pa.string(), "left, middle, right, back or forward"),
        _may("x", pa.int32(), "from the left edge of the window", "pixels"),
        _may("y", pa.int32(), "from the top edge of the window", "pixels"),
        _may("to_x", pa.int32(), "where a drag ended, from the left edge", "pixels"),
        _may("to_y", pa.int32(), "where a drag ended, from the top edge", "pixels"),
        _may("width", pa.int32(), "of the window", "pixels"),
        _may("height", pa.int32(), "of the window", "pixels"),
        _may("steps_x", pa.int32(), "turned to the right", "wheel steps"),
        _may("steps_y", pa.int32(), "turned down", "wheel steps"),
        _may("role", pa.string(), "AT-SPI role of the control that was hit"),
    ]
)
COLUMNS: Final = pa.schema(
    [
        _field("batch", pa.string(), "id of the batch it came in, hex"),
        _field("place", pa.int32(), "place in the batch, in the order of doing", "records, from 1"),
        _field("kind", pa.string(), "text, app, title, shortcut or pointer"),
        _field("program", pa.string(), "id of the program it was done in"),
        _field("program_name", pa.string(), "its name as shown"),
        _field("time", pa.timestamp("ms", "UTC"), "when; of app rounded down to the minute", "whole seconds, UTC"),
        _field("purposes", pa.list_(_field("element", pa.string(), "id of a purpose")), "what it may be used for"),
        _field("redactor", pa.string(), "version of the rules that changed it last"),
        _field("redacted_again", pa.bool_(), "whether opening took out more than the employee saw"),
        _may("text", pa.string(), "typed text, title, or name of the control; with placeholders"),
        _may("removed", pa.list_(_field("element", _REMOVED, "a placeholder in text")), "where text has placeholders"),
        _may("action", _ACTION, "what a hand did; of shortcut and pointer"),
    ]
)
#: Few different values each: written once per file and then by number.
REPEATED: Final = (
    "batch",
    "kind",
    "program",
    "program_name",
    "redactor",
    "purposes.list.element",
    "removed.list.element.kind",
    "removed.list.element.by",
    "action.name",
    "action.keys",
    "action.button",
    "action.role",
)
#: Grow slowly from row to row: only the differences are written.
GROWING: Final = {"place": "DELTA_BINARY_PACKED", "time": "DELTA_BINARY_PACKED"}


def rows(kept: Kept) -> list[dict[str, Any]]:
    """The rows of a batch."""
    return [
        _row(record, {"batch": kept.header.batch, "place": place, "redacted_again": place in kept.changed})
        for place, record in kept.records
    ]


def _row(record: bytes, about: Mapping[str, object]) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.json.decode(record)
    del content["format"]
    content["time"] = datetime.strptime(content["time"], _TIME).replace(tzinfo=UTC)
    return {**content, **about}


def record_of(row: Mapping[str, Any]) -> bytes:
    """The canonical bytes of the record behind a row: what the employee approved, unless it was redacted again."""
    content: dict[str, Any] = {"format": RECORD_FORMAT, "time": row["time"].strftime(_TIME)}
    for name in ("kind", "program", "program_name", "purposes", "redactor"):
        content[name] = row[name]
    if row["action"] is not None:
        content["action"] = {name: value for name, value in row["action"].items() if value is not None}
    if row["text"] is not None:
        content |= {"text": row["text"], "removed": row["removed"]}
    return rfc8785.dumps(content)


def table(group: Sequence[Kept]) -> pa.Table:
    """The rows of several batches."""
    return pa.Table.from_pylist([row for kept in group for row in rows(kept)], COLUMNS)
