"""Messages as an engine would send them, made up from end to end: for pictures, tests and the scripted engine."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from agent.protocol import (
    Deed,
    History,
    HistoryRow,
    Live,
    Notice,
    OpenedSent,
    OpeningRow,
    Openings,
    Part,
    Person,
    ProgramRow,
    Programs,
    Purpose,
    Record,
    Sent,
    SentRecord,
    SentRow,
    Snapshot,
    Waiting,
    WaitingRow,
    Why,
)

NOW = 1_795_500_401  # 24 November 2026, early afternoon in Europe
DAY = 86_400
WORDS = ("anchor", "violin", "meadow", "carbon", "silent", "harbor", "puzzle", "winter")


def snapshot(**changes: Any) -> Snapshot:
    """Collecting text in Mousepad, 12 items waiting."""
    base = Snapshot(
        seq=1,
        at=NOW,
        state="collecting",
        consent="given",
        organisation="Acme",
        hooks=True,
        categories=("app", "text"),
        program="Mousepad",
        program_id="mousepad",
        waiting=12,
        waiting_bytes=38_000,
        sending_mode="ask",
        consent_until=NOW + 365 * DAY,
        given=(("train", "app"), ("train", "text")),
    )
    return msgspec.structs.replace(base, **changes)


def marked(text: str) -> tuple[str, tuple[Part, ...]]:
    """Parts of a text that stand in square brackets."""
    parts, at = [], 0
    while (start := text.find("[", at)) >= 0:
        end = text.find("]", start) + 1
        kind = text[start + 1 : end - 1]
        parts.append(Part(start, end, kind, "employee" if kind == "removed by you" else "machine"))
        at = end
    return text, tuple(parts)


YES = Why("yes", "yes", "yes", "yes")


def lives() -> tuple[Live, ...]:
    """Oldest first: what a quarter of an hour looks like."""
    letter, parts = marked(
        "Dear [name], thank you for your order of 14 panels. We can deliver on 4 December. "
        "Please call me on [phone number] if that is too late."
    )
    exact = json.dumps({"format": 1, "kind": "text", "program": "mousepad", "text": letter}, separators=(",", ":"))
    return (
        Live(at=NOW - 900, kept=False, kind="key", program="Terminal", reason="program-not-chosen",
             why=Why("yes", "yes", "no", "not-asked")),
        Live(at=NOW - 500, kept=True, kind="app", program="Mousepad", program_id="mousepad", why=YES,
             bytes='{"format":1,"kind":"app","program":"mousepad"}'),
        Live(at=NOW - 300, kept=False, kind="key", program="KeePassXC", reason="protected",
             why=Why("yes", "yes", "yes", "no"), count=12),
        Live(at=NOW - 200, kept=False, kind="text", program="Mousepad", program_id="mousepad",
             reason="changed-program", why=Why("yes", "yes", "yes", "no")),
        Live(at=NOW - 120, kept=False, kind="key", program="", reason="unknown-program",
             why=Why("yes", "not-asked", "not-asked", "not-asked")),
        Live(at=NOW - 60, kept=False, kind="key", program="Firefox", reason="password-field",
             why=Why("yes", "yes", "yes", "no"), count=9),
        Live(at=NOW - 20, kept=True, kind="text", program="Mousepad", program_id="mousepad", why=YES, text=letter,
             removed=parts, bytes=exact),
    )  # fmt: skip


#: (kind, what a hand did, the redacted name or title), oldest first.
DEEDS: tuple[tuple[str, Deed | None, str], ...] = (
    ("title", None, "Offer 2026-118 for [e-mail address] - Mousepad"),
    ("shortcut", Deed("chord", keys="Ctrl+Shift+S"), ""),
    ("pointer", Deed("click", button="left", x=410, y=220, width=800, height=600, role="push button"), "Save"),
    ("pointer", Deed("double-click", button="left", keys="Ctrl", x=10, y=20, width=800, height=600), ""),
    ("pointer", Deed("click", button="right", x=10, y=20, width=800, height=600, role="page tab"), "[private word]"),
    ("pointer", Deed("drag", button="left", x=120, y=80, to_x=410, to_y=96, width=800, height=600), ""),
    ("pointer", Deed("scroll", x=10, y=20, width=800, height=600, steps_y=3), ""),
    ("text", None, "See [pasted] and [undo]answer."),
)


def deed_records() -> tuple[Record, ...]:
    """Newest first: everything a hand does, waiting."""
    found = []
    for row, (kind, deed, words) in enumerate(reversed(DEEDS), start=1):
        text, parts = marked(words)
        body: dict[str, object] = {"format": 1, "kind": kind, "program": "mousepad"}
        if deed is not None:
            body["action"] = {name: value for name, value in msgspec.structs.asdict(deed).items() if value}
        if text:
            body["text"] = text
        exact = json.dumps(body, separators=(",", ":"), sort_keys=True)
        found.append(
            Record(
                row=row, digest=f"{row:x}" * 64, kind=kind, time=NOW - row * 100, program="Mousepad",
                purposes=("train",), text=text, removed=parts, exact=exact, expires=NOW + 6 * DAY, deed=deed,
            )
        )  # fmt: skip
    return tuple(found)


def deed_lives() -> tuple[Live, ...]:
    """Oldest first: the same as they are kept, and one that is not."""
    kept = tuple(
        Live(
            at=each.time, kept=True, kind=each.kind, program="Mousepad", program_id="mousepad", why=YES,  # type: ignore[arg-type]  # one of the kinds
            text=each.text, removed=each.removed, bytes=each.exact, deed=each.deed,
        )
        for each in reversed(deed_records())
    )  # fmt: skip
    return (
        *kept,
        Live(
            at=NOW, kept=False, kind="pointer", program="Firefox", reason="protected-page",
            why=Why("yes", "yes", "yes", "no"), count=2,
        ),
    )  # fmt: skip


def notice(**changes: Any) -> Notice:
    """One organisation, one purpose, one recipient."""
    base = Notice(
        notice="a" * 64,
        organisation="Acme",
        address="Acme GmbH, Hauptstrasse 1, Berlin",
        privacy_contact="privacy@acme.example",
        organisation_words=WORDS,
        purposes=(Purpose("train", "Train software that operates programs", "At Acme", ("app", "text")),),
        recipients=(Person("Acme data office", "data steward", WORDS),),
        collector_host="collect.acme.example",
        countries=("Germany",),
        retention_days=180,
        unreviewed_days=7,
        hold_hours=24,
        forbidden_uses=("performance", "discipline", "emotion", "identification"),
        worker_representation="Works council, agreement BV-2026-07",
        assessment="DPIA 2026-03 of 14 September 2026",
        authority="Berlin Commissioner for Data Protection",
        effective_from=NOW - 4 * DAY,
        valid_until=NOW + 300 * DAY,
        serial=4,
        policy_hash="9f3c" * 16,
    )
    return msgspec.structs.replace(base, **changes)


def programs() -> Programs:
    """Every standing once."""
    return Programs(
        rows=(
            ProgramRow("mousepad", "Mousepad", "collect"),
            ProgramRow("libreoffice-writer", "LibreOffice Writer", "dont-collect"),
            ProgramRow("keepassxc", "KeePassXC", "protected", "password manager"),
            ProgramRow("firefox", "Firefox", "not-allowed"),
        )
    )


def records() -> tuple[Record, ...]:
    """Newest first: what waits."""
    texts = (
        "Dear [name], thank you for your order of 14 panels. Please call me on [phone number].",
        (
            "Offer for [name], reference 2026-118. The mounting set is included in the price. Please transfer the "
            "deposit to [IBAN] by 10 December. Mr Oduya from the north depot will bring the parts on Thursday. For "
            "questions write to [email address] or call [phone number]. My notes: [removed by you]"
        ),
        "Minutes of the weekly meeting.",
    )
    found = []
    for row, text in enumerate(texts, start=1):
        words, parts = marked(text)
        exact = json.dumps({"format": 1, "kind": "text", "program": "mousepad", "text": words}, separators=(",", ":"))
        found.append(
            Record(
                row=row, digest=f"{row:x}" * 64, kind="text", time=NOW - row * 1100, program="Mousepad",
                purposes=("train",), text=words, removed=parts, exact=exact, expires=NOW + 6 * DAY,
            )
        )  # fmt: skip
    return tuple(found)


def waiting() -> Waiting:
    """The list of ``records``."""
    rows = tuple(
        WaitingRow(
            row=each.row, digest=each.digest, kind=each.kind, time=each.time, program=each.program,
            program_id="mousepad", preview=each.text[:80], removed=len(each.removed), size=len(each.exact),
            expires=each.expires,
        )
        for each in records()
    )  # fmt: skip
    return Waiting(total=len(rows), size=sum(row.size for row in rows), rows=rows)


def sent() -> Sent:
    """One batch confirmed, one on its way."""
    return Sent(
        total=2,
        rows=(
            SentRow("b" * 32, "uploading", NOW - 60, None, 3, 65_536, ("train",), ("Acme data office",), "cd" * 32, "",
                    NOW + 180 * DAY, ("11" * 32,)),
            SentRow("c" * 32, "acknowledged", NOW - DAY, NOW - DAY + 30, 9, 65_536, ("train",), ("Acme data office",),
                    "ab" * 32, "ab" * 32, NOW + 179 * DAY, ("22" * 32, "33" * 32)),
        ),
    )  # fmt: skip


def opened_sent(batch: str = "c" * 32) -> OpenedSent:
    """What the waiting records look like once they were sent."""
    found = tuple(
        SentRecord(each.kind, each.time, each.program, each.purposes, each.text, each.removed, each.exact, each.deed)
        for each in records()
    )
    return OpenedSent(batch=batch, records=found, total=len(found))


def openings() -> Openings:
    """Opened twice, the second time in plain, and once without anything of one's own."""
    return Openings(
        rows=(
            OpeningRow(3, NOW - 3600, ("c" * 32,), 11, "plain", ("Acme data office",)),
            OpeningRow(2, NOW - 2 * 3600, (), 4, "encrypted", ("Acme data office",)),
            OpeningRow(1, NOW - DAY, ("c" * 32,), 20, "encrypted", ("Acme data office",)),
        ),
        checked_at=NOW - 600,
    )


def history() -> History:
    """A yes and the policy before it."""
    return History(
        rows=(
            HistoryRow(NOW - DAY, "consent-given", {"cells": "train text, train app"}, "44" * 32),
            HistoryRow(NOW - 2 * DAY, "policy-loaded", {"serial": "4"}, "55" * 32),
        )
    )
