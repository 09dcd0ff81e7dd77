"""Today's rules on what is opened: more is taken out than the employee saw, never less, and nothing hides from them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import rfc8785

from agent.organisation.steward.again import redact_again
from agent.organisation.steward.opening import open_all
from agent.organisation.steward.plain import PlainDataset
from agent.organisation.store import BatchStore, batch_key
from agent.problems import Invalid
from agent.records import Action, Approved, Redacted, Removed
from agent.redaction import RedactionFailed, Redactor
from agent.seal import Opened, open_batch, parse_header, seal
from tests.fakes.batches import DEVICE, STEWARD, TERMS, sealed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CARD = "4111 1111 1111 1111"


def opened(*texts: str) -> Opened:
    return open_batch(sealed(*texts)[0].data, [STEWARD])


def with_records(base: Opened, *records: bytes) -> Opened:
    return Opened(base.header, base.facts, records)


def changed(data: bytes, **fields: Any) -> bytes:
    return rfc8785.dumps({**msgspec.json.decode(data), **fields})


def test_what_is_fine_goes_on_byte_for_byte() -> None:
    batch = opened("one", "two [card number] typed as such")
    kept = redact_again(batch, "d", Redactor(()))
    assert kept.records == tuple(enumerate(batch.records, 1))
    assert (kept.changed, kept.left_out) == (frozenset(), 0)


def test_what_todays_rules_find_is_taken_out_and_told(tmp_path: Path) -> None:
    """As if the rules that sealed it had not known cards: the records were sealed without them."""
    store, out = BatchStore.open(str(tmp_path / "store")), tmp_path / "out"
    batch, _ = sealed("harmless", f"paid with {CARD} today", "harmless too")
    assert store.create(batch_key(parse_header(batch.data)) + ".seal", batch.data)
    report = open_all(store, [STEWARD], PlainDataset(out), NOW)
    assert (report.opened, report.records, report.changed, report.left_out) == (1, 3, 1, 0)
    lines = [msgspec.json.decode(line) for line in (out / "records.jsonl").read_bytes().splitlines()]
    assert [line["text"] for line in lines] == ["harmless", "paid with [card number] today", "harmless too"]
    assert lines[1]["removed"] == [{"start": 10, "end": 23, "kind": "card number", "by": "machine"}]
    assert [line["redactor"] for line in lines] == ["rules-1", Redactor(()).version, "rules-1"]
    (terms,) = (msgspec.json.decode(line) for line in (out / "batches.jsonl").read_bytes().splitlines())
    assert (terms["count"], terms["changed"], terms["left_out"]) == (3, 1, 0)
    assert b"4111" not in b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())


def test_what_cannot_be_redacted_is_left_out_and_told() -> None:
    class Failing(Redactor):
        def again(self, record: Redacted) -> Redacted:
            if record.text == "two":
                raise RedactionFailed
            return record

    kept = redact_again(opened("one", "two", "three"), "d", Failing(()))
    assert [place for place, _ in kept.records] == [1, 3], "the others keep their places"
    assert kept.left_out == 1


def test_placeholders_stay_and_every_kind_of_record_passes() -> None:
    def record(kind: Any, text: str | None = None, **more: Any) -> Redacted:
        return Redacted(kind, "mousepad", "Mousepad", 1_790_000_040, ("train",), "rules-1", text, **more)

    records = [
        record("text", "my card is [card number]", removed=(Removed(11, 24, "card number"),)),
        record("text", "[pasted] [undo]", removed=(Removed(0, 8, "pasted"), Removed(9, 15, "undo"))),
        record("app"),
        record("title", "notes.txt"),
        record("shortcut", action=Action("chord", "Ctrl+S")),
        record(
            "pointer", "Save", action=Action("click", button="left", x=1, y=0, width=10, height=5, role="push button")
        ),
        record("pointer", action=Action("scroll", steps_y=-3)),
    ]
    items = [Approved(row, one, one.digest()) for row, one in enumerate(records, 1)]
    batch = open_batch(seal(items, TERMS, DEVICE)[0].data, [STEWARD])
    assert [data for _, data in redact_again(batch, "d", Redactor(())).records] == list(batch.records)


HOLE = {"start": 5, "end": 24, "kind": "card number", "by": "machine"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": f"paid {CARD}", "removed": [HOLE]}, "placeholders"),
        ({"text": "[undo][undo]", "removed": [{**HOLE, "start": 0, "end": 6, "kind": "undo"}] * 2}, "placeholders"),
        ({"text": "x[undo]", "removed": [{**HOLE, "start": -6, "end": 7, "kind": "undo"}]}, "placeholders"),
        ({"text": "x[undo]", "removed": [{**HOLE, "start": 1, "end": 9, "kind": "undo"}]}, "placeholders"),
        ({"smuggled": CARD}, "parts"),
        ({"kind": "screen"}, "parts"),
        ({"kind": "app"}, "parts"),
        ({"time": "2026-09-21T14:14:00+00:00"}, "written"),
    ],
)
def test_what_would_hide_from_the_rules_is_refused(fields: dict[str, Any], said: str) -> None:
    batch = opened("x")
    with pytest.raises(Invalid, match=said) as caught:
        redact_again(with_records(batch, changed(batch.records[0], **fields)), "d", Redactor(()))
    assert caught.value.code == "batch-invalid"
    assert "4111" not in str(caught.value)
