"""Reports: what the engine says, whole snapshots and answers to commands."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from agent.protocol.base import Change, Collecting, Deed, Message, Part, QuietHours, Sending, Standing, Strictness


class Report(Message, frozen=True):
    """re: the id of the command this answers; 0 for what the engine says by itself."""

    re: int = 0


class ActiveProblem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of agent.problems that is true now, with its facts."""

    code: str
    facts: dict[str, str] = msgspec.field(default_factory=dict)


class Snapshot(Report, frozen=True, kw_only=True):
    """The whole small truth, sent on every change and at least once a second (the heartbeat).

    The UI replaces, never patches. No snapshot for 2 s means: not collecting.

    state: is something being collected now. categories: what, only while collecting. program/program_id: the program
    in front, where it may be named (empty otherwise). reason: a Reason value that explains elsewhere and stopped.
    paused_until: Unix seconds, 0 until resumed, None not paused. trying: the withdrawal question is open.
    waiting: records not yet sent; waiting_bytes: their size; due_soon: of them, leave or expire within 24 h.
    leaving: approved records that can still be taken back; leaving_at: when they leave, Unix seconds, None if none do.
    sending: batches on their way. decision: the notice waits for an answer.
    consent: has the employee chosen, and what. sending_mode: "" not chosen yet.
    quiet_until: Unix seconds, only while quiet, None if they have no end. quiet_hours: the employee's own.
    redaction: how much is taken out of texts; redaction_chosen: of that, what the employee wants.
    own: what of the employee is taken out by itself: account, name, computer, address.
    consent_until: Unix seconds. given: the cells that hold now. hooks: input is being read.
    """

    seq: int
    at: int
    state: Collecting
    consent: Standing
    organisation: str = ""
    trial: bool = False
    hooks: bool = False
    categories: tuple[str, ...] = ()
    program: str = ""
    program_id: str = ""
    reason: str = ""
    paused_until: int | None = None
    trying: bool = False
    waiting: int = 0
    waiting_bytes: int = 0
    due_soon: int = 0
    leaving: int = 0
    leaving_at: int | None = None
    sending: int = 0
    sent_today: int = 0
    sent_batches: int = 0
    sent_items: int = 0
    decision: bool = False
    sending_mode: Sending = ""
    hold_hours: int = 24
    unreviewed_days: int = 7
    consent_until: int | None = None
    given: tuple[tuple[str, str], ...] = ()
    own_words: tuple[str, ...] = ()
    home_address: str = ""
    own: tuple[str, ...] = ()
    redaction: Strictness = "balanced"
    redaction_chosen: Strictness = "balanced"
    quiet_until: int | None = None
    quiet_hours: tuple[QuietHours, ...] = ()
    problems: tuple[ActiveProblem, ...] = ()


class Why(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The four answers behind a live line, in fixed order; the first ``no`` decides and ends the chain."""

    consent: Literal["yes", "no", "not-asked"]
    policy: Literal["yes", "no", "not-asked"]
    settings: Literal["yes", "no", "not-asked"]
    guards: Literal["yes", "no", "not-asked"]


class Live(Report, frozen=True, kw_only=True):
    """One line of the live view; never stored. kept: a record was written. reason: why not, a Reason value.

    count: keys or records it stands for. bytes: the canonical record where kept. deed: of a pointer or shortcut record.
    """

    at: int
    kept: bool
    kind: Literal["text", "app", "title", "shortcut", "pointer", "key"]
    program: str
    why: Why
    program_id: str = ""
    text: str = ""
    removed: tuple[Part, ...] = ()
    reason: str = ""
    count: int = 1
    bytes: str = ""
    deed: Deed | None = None


class Done(Report, frozen=True, kw_only=True):
    """Answer to a command without a page. problem: empty when it was done."""

    problem: str = ""
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    count: int = 0


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody the notice names; key_words: fingerprint of their key as words, empty without a key."""

    name: str
    role: str
    key_words: tuple[str, ...] = ()


class Purpose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the grid. categories: cells that may be ticked; the others are 'Not allowed by ...'.

    later: asked for too, but this version cannot collect it: nobody can say yes to it here.
    """

    id: str
    title: str
    where: str
    categories: tuple[str, ...]
    later: tuple[str, ...] = ()


class Notice(Report, frozen=True, kw_only=True):
    """The notice in the asked language, taken from the signed policy. notice: its hash, named in every answer.

    new_cells: cells that wait for an answer beside a yes. again: of them, given before, in a narrower scope.
    changes: what differs from what was agreed, of the cells that wait. given_at, effective_from, valid_until: Unix
    seconds; given_at None without a yes.
    """

    notice: str
    organisation: str
    address: str
    privacy_contact: str
    organisation_words: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    recipients: tuple[Person, ...]
    collector_host: str
    countries: tuple[str, ...]
    retention_days: int
    unreviewed_days: int
    hold_hours: int
    forbidden_uses: tuple[str, ...]
    worker_representation: str
    assessment: str
    authority: str
    effective_from: int
    valid_until: int
    require_asking: bool = False
    redaction: Strictness = "light"
    quiet_hours: tuple[QuietHours, ...] = ()
    new_cells: tuple[tuple[str, str], ...] = ()
    again: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    given_at: int | None = None
    serial: int = 0
    policy_hash: str = ""


class ProgramRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A program and what may happen in it. protected_class: why nobody can switch it on, else empty."""

    id: str
    name: str
    standing: Literal["collect", "dont-collect", "protected", "not-allowed"]
    protected_class: str = ""
    note: str = ""


class Programs(Report, frozen=True, kw_only=True):
    """Answer to GetPrograms, sorted: may be collected, then the rest."""

    rows: tuple[ProgramRow, ...]


class WaitingRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the waiting list. preview: the first 80 code points, placeholders included. expires, leaves: Unix
    seconds; leaves None under 'ask me each time'. approved: it leaves with the others, and can be taken back.
    """

    row: int
    digest: str
    kind: str
    time: int
    program: str
    program_id: str
    preview: str
    removed: int
    size: int
    expires: int
    leaves: int | None = None
    deed: Deed | None = None
    approved: bool = False


class Waiting(Report, frozen=True, kw_only=True):
    """Answer to GetWaiting. total: all waiting records; size: their bytes."""

    total: int
    size: int
    rows: tuple[WaitingRow, ...]


class Record(Report, frozen=True, kw_only=True):
    """One waiting record: readable, and byte for byte. exact: the canonical bytes as text (they are UTF-8 JSON)."""

    row: int
    digest: str
    kind: str
    time: int
    program: str
    purposes: tuple[str, ...]
    text: str
    removed: tuple[Part, ...]
    exact: str
    expires: int
    deed: Deed | None = None
    approved: bool = False


class SentRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One batch. state ``unknown``: withdrawn while it was on its way; it may have arrived, so it is not hidden.
    digest: SHA-256 of the sealed bytes; confirmed_digest: the one in the collector's signed receipt.

    records: digests of the approved bytes, in order. delete_by: Unix seconds. deletion: was the collector asked to
    delete it, and has it signed that it did; deletion_at: when that came to be, Unix seconds. openable: sealed bytes
    and key are on this computer, so that ``OpenSent`` shows the content.
    """

    batch: str
    state: Literal["sealed", "uploading", "acknowledged", "refused", "unknown"]
    sealed_at: int
    sent_at: int | None
    count: int
    size: int
    purposes: tuple[str, ...]
    recipients: tuple[str, ...]
    digest: str
    confirmed_digest: str
    delete_by: int
    records: tuple[str, ...]
    deletion: Literal["", "asked", "confirmed"] = ""
    deletion_at: int | None = None
    openable: bool = False


class SentRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of a sent batch, as it was approved. Fields as in ``Record``."""

    kind: str
    time: int
    program: str
    purposes: tuple[str, ...]
    text: str
    removed: tuple[Part, ...]
    exact: str
    deed: Deed | None = None


class OpenedSent(Report, frozen=True, kw_only=True):
    """Answer to OpenSent. total: all records of the batch; records: those from ``offset`` on that fit into one line."""

    batch: str
    records: tuple[SentRecord, ...]
    offset: int = 0
    total: int = 0


class OpeningRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody opened batches, says the collector's public log. at: Unix seconds. batches: ids of one's own among them.

    others: how many of other people. written: how the records lie at the recipient. keys: whose key was used: a
    recipient's name where the policy knows it, else the key's id.
    """

    number: int
    at: int
    batches: tuple[str, ...]
    others: int
    written: Literal["encrypted", "plain"]
    keys: tuple[str, ...] = ()


class Openings(Report, frozen=True, kw_only=True):
    """Answer to GetOpenings, newest first. checked_at: when the whole log was last seen and in order, Unix seconds.
    problem: ``openings-changed`` if the log is not what it was, ``openings-unreachable`` if the last try failed.
    """

    rows: tuple[OpeningRow, ...]
    checked_at: int | None
    problem: str = ""


class Sent(Report, frozen=True, kw_only=True):
    """Answer to GetSent."""

    total: int
    rows: tuple[SentRow, ...]


class HistoryRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the ledger or of the journal in words the UI can translate: a kind and facts.

    hash: of a ledger entry; empty for what never leaves this computer. changes: since the notice before.
    """

    at: int
    kind: str
    facts: dict[str, str]
    hash: str
    changes: tuple[Change, ...] = ()


class History(Report, frozen=True, kw_only=True):
    """Answer to GetHistory, newest first."""

    rows: tuple[HistoryRow, ...]


class ReceiptRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer of which there is a receipt. cells: how many boxes it is about."""

    number: int
    at: int
    kind: Literal["given", "withdrawn", "refused"]
    cells: int


class Receipts(Report, frozen=True, kw_only=True):
    """Answer to GetReceipts, newest first."""

    rows: tuple[ReceiptRow, ...]


class Receipt(Report, frozen=True, kw_only=True):
    """Answer to GetReceipt. document: the signed JSON-LD as text, as it is saved."""

    number: int
    at: int
    kind: Literal["given", "withdrawn", "refused"]
    document: str


class Saved(Report, frozen=True, kw_only=True):
    """Answer to Export, SaveSheet and SaveReceipt: where it lies, and how many files."""

    place: str
    files: int


AnyReport: TypeAlias = (
    Snapshot
    | Live
    | Done
    | Notice
    | Programs
    | Waiting
    | Record
    | Sent
    | OpenedSent
    | Openings
    | History
    | Receipts
    | Receipt
    | Saved
)
