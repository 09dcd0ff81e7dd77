"""Messages between ui and engine: JSON lines, whole snapshots up, commands down, unknown fields refused.

A leaf: the UI imports it, it imports nothing of ours, so a message cannot carry a Raw type by accident.
"""

from __future__ import annotations

import msgspec

from agent.protocol.base import (
    MAX_LINE,
    VERSION,
    Change,
    Collecting,
    Deed,
    Message,
    Part,
    PauseLength,
    ProtocolError,
    QuietHours,
    Sending,
    Standing,
    Strictness,
)
from agent.protocol.commands import (
    Acknowledge,
    AnyCommand,
    AskDeletion,
    ChooseSending,
    Collect,
    Command,
    Decline,
    Delete,
    DeleteWaiting,
    EraseAll,
    Exclude,
    Export,
    Forget,
    GetHistory,
    GetNotice,
    GetOpenings,
    GetPrograms,
    GetReceipt,
    GetReceipts,
    GetRecord,
    GetSent,
    GetWaiting,
    Give,
    Hello,
    OpenSent,
    Pause,
    Quit,
    Refuse,
    RemoveMore,
    Resume,
    SaveReceipt,
    SaveSheet,
    Send,
    SendAnyway,
    SendNow,
    SetOwnWords,
    SetQuietHours,
    SetRedaction,
    ShowIndicator,
    TakeBack,
    Withdraw,
    WithdrawQuestion,
)
from agent.protocol.reports import (
    ActiveProblem,
    AnyReport,
    Done,
    History,
    HistoryRow,
    Live,
    Notice,
    OpenedSent,
    OpeningRow,
    Openings,
    Person,
    ProgramRow,
    Programs,
    Purpose,
    Receipt,
    ReceiptRow,
    Receipts,
    Record,
    Report,
    Saved,
    Sent,
    SentRecord,
    SentRow,
    Snapshot,
    Waiting,
    WaitingRow,
    Why,
)

__all__ = [
    "MAX_LINE",
    "VERSION",
    "Acknowledge",
    "ActiveProblem",
    "AnyCommand",
    "AnyReport",
    "AskDeletion",
    "Change",
    "ChooseSending",
    "Collect",
    "Collecting",
    "Command",
    "Decline",
    "Deed",
    "Delete",
    "DeleteWaiting",
    "Done",
    "EraseAll",
    "Exclude",
    "Export",
    "Forget",
    "GetHistory",
    "GetNotice",
    "GetOpenings",
    "GetPrograms",
    "GetReceipt",
    "GetReceipts",
    "GetRecord",
    "GetSent",
    "GetWaiting",
    "Give",
    "Hello",
    "History",
    "HistoryRow",
    "Live",
    "Message",
    "Notice",
    "OpenSent",
    "OpenedSent",
    "OpeningRow",
    "Openings",
    "Part",
    "Pause",
    "PauseLength",
    "Person",
    "ProgramRow",
    "Programs",
    "ProtocolError",
    "Purpose",
    "QuietHours",
    "Quit",
    "Receipt",
    "ReceiptRow",
    "Receipts",
    "Record",
    "Refuse",
    "RemoveMore",
    "Report",
    "Resume",
    "SaveReceipt",
    "SaveSheet",
    "Saved",
    "Send",
    "SendAnyway",
    "SendNow",
    "Sending",
    "Sent",
    "SentRecord",
    "SentRow",
    "SetOwnWords",
    "SetQuietHours",
    "SetRedaction",
    "ShowIndicator",
    "Snapshot",
    "Standing",
    "Strictness",
    "TakeBack",
    "Waiting",
    "WaitingRow",
    "Why",
    "Withdraw",
    "WithdrawQuestion",
    "decode_command",
    "decode_report",
    "encode",
]

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
