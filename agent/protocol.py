"""Messages between ui and engine: JSON lines, whole snapshots up, commands down, unknown fields refused.

A leaf: the UI imports it, it imports nothing of ours, so a message cannot carry a Raw type by accident.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

VERSION: Final = 1
MAX_LINE: Final = 1 << 20

Collecting: TypeAlias = Literal["off", "collecting", "elsewhere", "paused", "quiet", "stopped"]
PauseLength: TypeAlias = Literal["15m", "1h", "tomorrow", "resume"]
Sending: TypeAlias = Literal["", "ask", "hold"]


class ProtocolError(ValueError):
    """A line that is not a message: too long, not JSON, unknown type, unknown or missing field, wrong type."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True, tag_field="type"):
    """Base of both directions; the class name is the ``type`` on the wire."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A removed part of a redacted text: ``text[start:end]`` is its placeholder."""

    start: int
    end: int
    kind: str
    by: Literal["machine", "employee"]


# ---------------------------------------------------------------- commands, ui -> engine


class Command(Message, frozen=True):
    """Every command has an id; the engine answers each with exactly one report whose ``re`` is that id."""

    id: int


class Hello(Command, frozen=True):
    """First line after start. version: protocol VERSION of the UI."""

    version: int
    language: str


class ShowIndicator(Command, frozen=True):
    """Native ids of the on-screen signs. A hint where to look: the engine checks them itself."""

    windows: tuple[int, ...]
    tray: bool


class GetNotice(Command, frozen=True):
    """-> Notice, or Done with problem ``no-organisation`` or ``policy-invalid``."""


class GetPrograms(Command, frozen=True):
    """-> Programs: installed programs and those of the notice, with what may happen in each."""


class Acknowledge(Command, frozen=True):
    """The "I have read this" button. Not a yes."""

    notice: str


class Give(Command, frozen=True):
    """The yes. cells: purpose id x category. programs: ids ticked. shown: SHA-256 of the text shown."""

    notice: str
    cells: tuple[tuple[str, str], ...]
    programs: tuple[str, ...]
    language: str
    shown: str


class Refuse(Command, frozen=True):
    """The no. Stays on this computer."""

    notice: str


class WithdrawQuestion(Command, frozen=True):
    """The question is on the screen (open) or was closed: capture pauses while it is open."""

    open: bool


class Withdraw(Command, frozen=True):
    """Stops capture, destroys everything that was not sent."""


class ChooseSending(Command, frozen=True):
    """ask: nothing leaves until sent by hand. hold: leaves after the hold unless taken out."""

    mode: Literal["ask", "hold"]


class Pause(Command, frozen=True):
    """Has no cap and survives a restart."""

    until: PauseLength


class Resume(Command, frozen=True):
    """Ends a pause."""


class Exclude(Command, frozen=True):
    """Never collect in this program. delete_waiting: also delete its waiting records."""

    program: str
    delete_waiting: bool


class Collect(Command, frozen=True):
    """Collect in this program (again), as far as consent and policy allow."""

    program: str


class SetOwnWords(Command, frozen=True):
    """The employee's own words: removed wherever they are typed. Replaces the whole list."""

    words: tuple[str, ...]


class Forget(Command, frozen=True):
    """Destroy what was recorded in the last ``minutes``; 0 means today."""

    minutes: int


class GetWaiting(Command, frozen=True):
    """-> Waiting, newest first."""

    offset: int
    limit: int


class GetRecord(Command, frozen=True):
    """-> Record with its exact bytes."""

    row: int


class RemoveMore(Command, frozen=True):
    """Take code points start..end out of the text whose digest was shown. -> Record as it is now."""

    row: int
    digest: str
    start: int
    end: int


class Delete(Command, frozen=True):
    """Delete these waiting records."""

    rows: tuple[int, ...]


class Send(Command, frozen=True):
    """Approve these records: (row, digest of the bytes that were shown), then seal and upload."""

    items: tuple[tuple[int, str], ...]


class GetSent(Command, frozen=True):
    """-> Sent, newest first."""

    offset: int
    limit: int


class GetHistory(Command, frozen=True):
    """-> History: consent, policy and batch entries of the ledger, newest first."""


class Quit(Command, frozen=True):
    """Stop capture, write what is redacted, end."""


AnyCommand: TypeAlias = (
    Hello
    | ShowIndicator
    | GetNotice
    | GetPrograms
    | Acknowledge
    | Give
    | Refuse
    | WithdrawQuestion
    | Withdraw
    | ChooseSending
    | Pause
    | Resume
    | Exclude
    | Collect
    | SetOwnWords
    | Forget
    | GetWaiting
    | GetRecord
    | RemoveMore
    | Delete
    | Send
    | GetSent
    | GetHistory
    | Quit
)


# ---------------------------------------------------------------- reports, engine -> ui


class Report(Message, frozen=True):
    """re: the id of the command this answers; 0 for what the engine says by itself."""

    re: int = 0


class ActiveProblem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of agent.problems that is true now, with its facts."""

    code: str
    facts: dict[str, str] = {}


class Snapshot(Report, frozen=True, kw_only=True):
    """The whole small truth, sent on every change and at least once a second (the heartbeat).

    The UI replaces, never patches. No snapshot for 2 s means: not collecting.

    state: is something being collected now. categories: what, only while collecting. program/program_id: the program
    in front, where it may be named (empty otherwise). reason: a Reason value that explains elsewhere and stopped.
    paused_until: Unix seconds, 0 until resumed, None not paused. trying: the withdrawal question is open.
    waiting: records not yet sent; waiting_bytes: their size; due_soon: of them, leave or expire within 24 h.
    sending: batches on their way. decision: the notice waits for an answer.
    consent: has the employee chosen, and what. sending_mode: "" not chosen yet.
    consent_until: Unix seconds. given: the cells that hold now. hooks: input is being read.
    """

    seq: int
    at: int
    state: Collecting
    consent: Literal["never-asked", "given", "refused", "withdrawn", "expired"]
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
    problems: tuple[ActiveProblem, ...] = ()


class Why(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The four answers behind a live line, in fixed order; the first ``no`` decides and ends the chain."""

    consent: Literal["yes", "no", "not-asked"]
    policy: Literal["yes", "no", "not-asked"]
    settings: Literal["yes", "no", "not-asked"]
    guards: Literal["yes", "no", "not-asked"]


class Live(Report, frozen=True, kw_only=True):
    """One line of the live view; never stored. kept: a record was written. reason: why not, a Reason value.

    count: keys or records it stands for. bytes: the canonical record where kept.
    """

    at: int
    kept: bool
    kind: Literal["text", "app", "key"]
    program: str
    why: Why
    program_id: str = ""
    text: str = ""
    removed: tuple[Part, ...] = ()
    reason: str = ""
    count: int = 1
    bytes: str = ""


class Done(Report, frozen=True, kw_only=True):
    """Answer to a command without a page. problem: empty when it was done."""

    problem: str = ""
    facts: dict[str, str] = {}
    count: int = 0


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody the notice names; key_words: fingerprint of their key as words, empty without a key."""

    name: str
    role: str
    key_words: tuple[str, ...] = ()


class Purpose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the grid. categories: cells that may be ticked; the others are 'Not allowed by ...'."""

    id: str
    title: str
    where: str
    categories: tuple[str, ...]


class Notice(Report, frozen=True, kw_only=True):
    """The notice in the asked language, taken from the signed policy. notice: its hash, named in every answer.

    new_cells: cells that were not part of an earlier yes. effective_from, valid_until: Unix seconds.
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
    new_cells: tuple[tuple[str, str], ...] = ()
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
    seconds; leaves None under 'ask me each time'.
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


class SentRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One batch. digest: SHA-256 of the sealed bytes; confirmed_digest: the one in the collector's signed receipt.

    records: digests of the approved bytes, in order. delete_by: Unix seconds.
    """

    batch: str
    state: Literal["sealed", "uploading", "acknowledged", "refused"]
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


class Sent(Report, frozen=True, kw_only=True):
    """Answer to GetSent."""

    total: int
    rows: tuple[SentRow, ...]


class HistoryRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the ledger in words the UI can translate: a kind and facts."""

    at: int
    kind: str
    facts: dict[str, str]
    hash: str


class History(Report, frozen=True, kw_only=True):
    """Answer to GetHistory, newest first."""

    rows: tuple[HistoryRow, ...]


AnyReport: TypeAlias = Snapshot | Live | Done | Notice | Programs | Waiting | Record | Sent | History

_encoder = msgspec.json.Encoder()
_commands: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
_reports: msgspec.json.Decoder[AnyReport] = msgspec.json.Decoder(AnyReport)


def encode(message: Message) -> bytes:
    """One message as one line, newline included."""
    return _encoder.encode(message) + b"\n"


def decode_command(line: bytes) -> AnyCommand:
    """A line from the UI. Raises ProtocolError; its text names the place, never the content."""
    _check_length(line)
    try:
        return _commands.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ProtocolError("not a command this engine knows") from None


def decode_report(line: bytes) -> AnyReport:
    """A line from the engine. Raises ProtocolError."""
    _check_length(line)
    try:
        return _reports.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ProtocolError("not a report this window knows") from None


def _check_length(line: bytes) -> None:
    if len(line) > MAX_LINE:
        raise ProtocolError(f"a line of more than {MAX_LINE} bytes")
