"""Commands: the window asks, the engine decides."""

from __future__ import annotations

from typing import Literal, TypeAlias

from agent.protocol.base import Message, PauseLength, QuietHours, Strictness


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


class Decline(Command, frozen=True):
    """The no to what is new; what was agreed goes on as far as it can. Stays on this computer."""

    notice: str


class WithdrawQuestion(Command, frozen=True):
    """The question is on the screen (open) or was closed: capture pauses while it is open."""

    open: bool


class Withdraw(Command, frozen=True):
    """Stops capture, destroys everything that was not sent. delete_sent: then the collector is asked to delete all that
    was sent, as by ``AskDeletion``; the withdrawal never waits for that.
    """

    delete_sent: bool = False


class ChooseSending(Command, frozen=True):
    """ask: nothing leaves until sent by hand. hold: leaves after the hold unless taken out."""

    mode: Literal["ask", "hold"]


class Pause(Command, frozen=True):
    """Has no cap and survives a restart. at_least: a pause that lasts longer stays as it is (another program asked).
    -> Done whose facts hold ``until``, as ``paused_until`` of the snapshot.
    """

    until: PauseLength
    at_least: bool = False


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
    """The employee's own words: removed wherever they are typed. Replaces the whole list.

    home: their home address, removed likewise; empty takes it away, None leaves it.
    """

    words: tuple[str, ...]
    home: str | None = None


class SetRedaction(Command, frozen=True):
    """How much the employee wants taken out of texts; the policy may want more. -> Done: waiting items that changed."""

    strictness: Strictness


class SetQuietHours(Command, frozen=True):
    """The employee's own quiet hours. Replaces all of them; those of the policy hold beside them."""

    rows: tuple[QuietHours, ...]


class Forget(Command, frozen=True):
    """Destroy what was recorded in the last ``minutes``; 0 means today. -> Done with the count, what was sealed and
    waited among it; the fact ``on_its_way`` says how many batches with such a record may have left (ask for deletion).
    """

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


class DeleteWaiting(Command, frozen=True):
    """Delete what waits from ``program`` (an id; empty: any), from ``since`` on and before ``until``. -> Done with the
    count. Unix seconds; None: no bound.
    """

    program: str = ""
    since: int | None = None
    until: int | None = None


class EraseAll(Command, frozen=True):
    """Destroy every record that has not left, let go and sealed ones too. The agreement stays. -> Done with the
    count.
    """


class Send(Command, frozen=True):
    """Approve these records: (row, digest of the bytes that were shown). They leave at a random minute."""

    items: tuple[tuple[int, str], ...]


class TakeBack(Command, frozen=True):
    """Approved, and not left yet: these records wait again. No rows: all of them."""

    rows: tuple[int, ...]


class SendNow(Command, frozen=True):
    """What is approved leaves now instead of at its random minute."""


class SendAnyway(Command, frozen=True):
    """What is held back by a metered network or a low battery leaves all the same, until nothing sealed waits."""


class GetSent(Command, frozen=True):
    """-> Sent, newest first."""

    offset: int
    limit: int


class AskDeletion(Command, frozen=True):
    """Ask the collector to delete these sent batches (ids); none: every one that may be asked. -> Done with the count
    asked now; the answer comes by itself, see ``SentRow.deletion``.
    """

    batches: tuple[str, ...]


class OpenSent(Command, frozen=True):
    """Show the content of a sent batch. -> OpenedSent from the record at ``offset`` on, as many as fit into a line, or
    Done with problem ``sent-not-here``: its key or its bytes are not on this computer any more.
    """

    batch: str
    offset: int = 0


class GetOpenings(Command, frozen=True):
    """-> Openings as they are known here; the collector's log is asked for anew meanwhile."""


class GetHistory(Command, frozen=True):
    """-> History: consent, policy and batch entries of the ledger, newest first."""


class GetReceipts(Command, frozen=True):
    """-> Receipts: one for every answer, newest first."""


class GetReceipt(Command, frozen=True):
    """-> Receipt, or Done with problem ``receipt-gone``."""

    number: int


class SaveReceipt(Command, frozen=True):
    """Write a receipt as a page into a new file, the exact document beside it. -> Saved."""

    number: int
    file: str
    language: Literal["en", "de"]


class Export(Command, frozen=True):
    """Write everything about this person into a new or empty folder; language of the recovery sheet. -> Saved."""

    folder: str
    language: Literal["en", "de"]


class SaveSheet(Command, frozen=True):
    """Write the recovery sheet into a new file. -> Saved."""

    file: str
    language: Literal["en", "de"]


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
    | Decline
    | WithdrawQuestion
    | Withdraw
    | ChooseSending
    | Pause
    | Resume
    | Exclude
    | Collect
    | SetOwnWords
    | SetRedaction
    | SetQuietHours
    | Forget
    | GetWaiting
    | GetRecord
    | RemoveMore
    | Delete
    | DeleteWaiting
    | EraseAll
    | Send
    | TakeBack
    | SendNow
    | SendAnyway
    | GetSent
    | AskDeletion
    | OpenSent
    | GetOpenings
    | GetHistory
    | GetReceipts
    | GetReceipt
    | SaveReceipt
    | Export
    | SaveSheet
    | Quit
)
