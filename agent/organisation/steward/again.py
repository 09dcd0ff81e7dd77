"""Today's rules once more on what is opened: rules get better after a batch was sealed. Pure.

Own words of employees never leave their computers, so they are not among these rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from agent.buffer.records import parse
from agent.problems import Invalid
from agent.records import Redacted
from agent.redaction import RedactionFailed, Redactor
from agent.redaction.numbers import is_placeholder
from agent.seal import Facts, Header, Opened


@dataclass(frozen=True, slots=True)
class Kept:
    """A batch as it goes into a dataset. sha256: of the batch as stored.

    records: place in the batch, from 1, to canonical bytes. changed: places where more was taken out than the employee
    saw. left_out: how many records could not be redacted, and so do not go on.
    """

    header: Header
    facts: Facts
    sha256: str
    records: tuple[tuple[int, bytes], ...] = field(repr=False)
    changed: frozenset[int] = frozenset()
    left_out: int = 0


def redact_again(opened: Opened, sha256: str, rules: Redactor) -> Kept:
    """Raises ``Invalid('batch-invalid')`` for an item that is no record, or names placeholders that are none."""
    records: list[tuple[int, bytes]] = []
    changed = set()
    for place, data in enumerate(opened.records, 1):
        record = _record(data, place)
        try:
            again = rules.again(record)
        except RedactionFailed:
            continue
        if again is record:
            records.append((place, data))
        else:
            records.append((place, again.canonical()))
            changed.add(place)
    left_out = len(opened.records) - len(records)
    return Kept(opened.header, opened.facts, sha256, tuple(records), frozenset(changed), left_out)


_SEALED_BY: Final = "It was sealed by another version, or by another program."


def _record(data: bytes, place: int) -> Redacted:
    try:
        record = parse(data)
    except Invalid as error:
        detail = f"Item {place} has not the parts of a record. {_SEALED_BY}"
        raise Invalid("batch-invalid", detail=detail) from error
    if record.canonical() != data:
        raise Invalid("batch-invalid", detail=f"Item {place} is not written as records are. {_SEALED_BY}")
    # Rules leave placeholders alone: what only calls itself one must not hide anything from them.
    text, end = record.text or "", 0
    for part in record.removed:
        real = end <= part.start and part.end <= len(text) and is_placeholder(text[part.start : part.end], part.kind)
        if not real:
            raise Invalid("batch-invalid", detail=f"Item {place} names placeholders that are none. {_SEALED_BY}")
        end = part.end
    return record
