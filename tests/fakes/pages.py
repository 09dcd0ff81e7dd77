"""Replies for the pages and the first run, fuller than the samples: many rows, every state, every kind of cell."""

from __future__ import annotations

import hashlib
import json

import msgspec

from agent.consent import dpv
from agent.policy.load import parse
from agent.policy.scope import scope
from agent.protocol import (
    Change,
    Command,
    GetHistory,
    GetNotice,
    GetOpenings,
    GetPrograms,
    GetReceipt,
    GetReceipts,
    GetRecord,
    GetSent,
    GetWaiting,
    History,
    HistoryRow,
    Notice,
    OpenSent,
    Person,
    ProgramRow,
    Programs,
    Purpose,
    Receipt,
    ReceiptRow,
    Receipts,
    Record,
    Waiting,
    WaitingRow,
)
from tests.fakes import samples, sent_batches
from tests.fakes.asked_engine import AskedEngine
from tests.fakes.organisation import NOW as ASKED_AT
from tests.fakes.organisation import ed25519, make_policy
from ui.engine import Reply, Then

NOW, DAY = samples.NOW, samples.DAY
TEXTS = (
    "Dear [private word], thank you for your order of 14 panels. Please write to [e-mail address].",
    (
        "Offer for [private word], reference 2026-118. The mounting set is included in the price. Please charge "
        "[card number] by 10 December. Mr Oduya from the north depot will bring the parts on Thursday. For questions "
        "write to [e-mail address] or [e-mail address]. The door: [password]. My notes: [removed by you]"
    ),
    "",
    "Minutes of the weekly meeting.",
    "Panel 410 W, 14 pieces, delivery to the northern depot before the end of the month, if the road is free.",
    "",
    "Please call back.",
)
_PROGRAMS = ("Mousepad", "Mousepad", "Mousepad", "LibreOffice Writer", "LibreOffice Writer", "XTerm", "XTerm")


def records() -> tuple[Record, ...]:
    """Newest first, over two days and three programs, with the exact bytes they would have."""
    found = []
    for row, (text, program) in enumerate(zip(TEXTS, _PROGRAMS, strict=True), start=1):
        words, parts = samples.marked(text)
        at = NOW - row * 1100 - (DAY if row > 4 else 0)
        body: dict[str, object] = {"format": 1, "kind": "text" if text else "app", "program": program.lower()}
        if text:
            body["removed"] = [{"by": p.by, "end": p.end, "kind": p.kind, "start": p.start} for p in parts]
            body["text"] = words
        exact = json.dumps(body, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
        found.append(
            Record(
                row=row, digest=hashlib.sha256(exact.encode()).hexdigest(), kind=str(body["kind"]), time=at,
                program=program, purposes=("train",), text=words, removed=parts, exact=exact, expires=at + 7 * DAY,
            )
        )  # fmt: skip
    return tuple(found)


def waiting_row(record: Record, leaves: int | None = None) -> WaitingRow:
    """The line of a record."""
    return WaitingRow(
        row=record.row, digest=record.digest, kind=record.kind, time=record.time, program=record.program,
        program_id=record.program.lower(), preview=record.text[:80], removed=len(record.removed),
        size=len(record.exact), expires=record.expires, leaves=leaves, deed=record.deed, approved=record.approved,
    )  # fmt: skip


def waiting(found: tuple[Record, ...], total: int | None = None) -> Waiting:
    """A whole list."""
    return Waiting(
        total=len(found) if total is None else total,
        size=sum(len(record.exact) for record in found),
        rows=tuple(waiting_row(record) for record in found),
    )


def notice() -> Notice:
    """Three purposes, six categories, some of them closed."""
    everything = ("app", "title", "shortcut", "pointer", "text")
    return samples.notice(
        purposes=(
            Purpose("train", "Train models that operate software", "At Acme only", everything),
            Purpose("evaluate", "Evaluate such models", "At Acme only", everything),
            Purpose("redact", "Improve removal of names", "Stays on this computer", (*everything, "screen")),
        ),
        recipients=(
            Person("Acme data office", "data steward", samples.WORDS),
            Person("Works council of Acme", "second key", samples.WORDS),
        ),
    )


def wider() -> Notice:
    """As ``notice``, after a yes to less: another category, a longer time and somebody new wait for an answer."""
    cells = (("train", "title"), ("train", "app"), ("train", "text"))
    changes = [Change("train", "title", "cell", "new")]
    for category in ("app", "text"):
        changes += [
            Change("train", category, "retention_days", "wider", "180", "365"),
            Change("train", category, "countries", "wider", "DE", "DE, US"),
            Change("train", category, "programs", "wider", "mousepad", "mousepad, gedit"),
        ]
    return msgspec.structs.replace(
        notice(), new_cells=cells, again=cells[1:], changes=tuple(changes), given_at=NOW - 30 * DAY
    )


def programs() -> Programs:
    """Many of every standing."""
    free = ("LibreOffice Calc", "LibreOffice Impress", "LibreOffice Writer", "Mousepad", "XTerm")
    protected = (
        ("KeePassXC", "password-manager"), ("GnuCash", "banking"), ("Weasis", "health"), ("Personio", "hr-payroll"),
        ("Thunderbird", "mail-chat"), ("Remmina", "remote-session"),
    )  # fmt: skip
    return Programs(
        rows=(
            *(ProgramRow(name.lower().replace(" ", "-"), name, "dont-collect") for name in free),
            ProgramRow("gimp", "GIMP", "not-allowed"),
            *(ProgramRow(name.lower(), name, "protected", kind) for name, kind in protected),
        )
    )


def receipt() -> Receipt:
    """A yes to two boxes, as an engine keeps it."""
    asked = parse(make_policy()[0], ASKED_AT)
    scopes = [found for category in ("app", "text") if (found := scope(asked, "train", category)) is not None]
    answer = dpv.Answer("ConsentGiven", scopes, ASKED_AT, "A button", "ab" * 32, "en", "cd" * 32, ASKED_AT - 60)
    key = ed25519("device")
    found = dpv.receipt_document(answer, asked, key.public_key().public_bytes_raw(), "6f9619ff-8b86-4d01-b42d-00cf4fc9")
    text = json.dumps(dpv.signed(found, key), indent=2, ensure_ascii=False)
    return Receipt(number=2, at=ASKED_AT, kind="given", document=text)


def receipts() -> Receipts:
    """Every kind."""
    return Receipts(
        rows=(
            ReceiptRow(3, NOW - DAY, "withdrawn", 2),
            ReceiptRow(2, NOW - 3 * DAY, "given", 2),
            ReceiptRow(1, NOW - 4 * DAY, "refused", 1),
        )
    )


def history() -> History:
    """A long life."""
    return History(
        rows=(
            HistoryRow(NOW - 60, "acknowledged", {"batch": "c" * 32, "digest": "ab" * 32}, "11" * 32),
            HistoryRow(NOW - 90, "sealed", {"batch": "c" * 32, "digest": "ab" * 32, "count": "9"}, "22" * 32),
            HistoryRow(
                NOW - DAY + 60,
                "policy",
                {"notice": "acme-2026 4", "serial": "12", "count": "0"},
                "",
                (
                    Change("train", "text", "retention_days", "narrower", "180", "30"),
                    Change("train", "title", "cell", "new"),
                ),
            ),
            HistoryRow(NOW - DAY, "consent-given", {"cells": "train:app train:text"}, "33" * 32),
            HistoryRow(NOW - 2 * DAY, "consent-withdrawn", {"destroyed": "12"}, "44" * 32),
            HistoryRow(NOW - 3 * DAY, "consent-given", {"cells": "train:app"}, "55" * 32),
            HistoryRow(NOW - 4 * DAY, "consent-refused", {}, "66" * 32),
        )
    )


class PagesEngine(AskedEngine):
    """Answers like an engine with all of the above; ``records`` is what waits, and may be changed."""

    def __init__(self, answers: dict[type[Command], Reply] | None = None) -> None:
        super().__init__(
            {
                GetNotice: notice(),
                GetPrograms: programs(),
                GetSent: sent_batches.sent(),
                GetOpenings: sent_batches.openings(),
                OpenSent: sent_batches.inside(),
                GetHistory: history(),
                GetReceipts: receipts(),
                GetReceipt: receipt(),
                **(answers or {}),
            }
        )
        self.records = records()

    def ask(self, command: Command, then: Then | None = None) -> None:
        if isinstance(command, GetWaiting):
            whole = waiting(self.records)
            rows = whole.rows[command.offset : command.offset + command.limit]
            self.answers[GetWaiting] = msgspec.structs.replace(whole, rows=rows)
        elif isinstance(command, GetRecord):
            self.answers.pop(GetRecord, None)
            for record in self.records:
                if record.row == command.row:
                    self.answers[GetRecord] = record
        super().ask(command, then)
