"""What is known about a batch: a sign, two words, a sentence. Never more than is known. Pure but for the language."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from agent.protocol import SentRow
from ui.text import t
from ui.when import clock, day, short_day

Sign: TypeAlias = Literal["yes", "open", "no"]
#: Drawing and colour; the shape says it without the colour.
ICON: Final[dict[Sign, tuple[str, str]]] = {
    "yes": ("ui/check", "ok"),
    "open": ("ui/not-kept", "turn"),
    "no": ("ui/denied", "turn"),
}
#: The collector may hold a batch in these.
_THERE: Final = frozenset({"uploading", "acknowledged", "unknown"})


def left_at(row: SentRow) -> int:
    """When it was sent, or sealed if that is all there is; Unix seconds."""
    return row.sent_at if row.sent_at is not None else row.sealed_at


def may_ask(row: SentRow) -> bool:
    """Whether there is something at the collector, as far as is known, that could be deleted, and nobody asked yet."""
    return row.state in _THERE and not row.deletion


def sign(row: SentRow) -> Sign:
    """By shape: settled, open, or not as it should be."""
    if row.deletion:
        return "yes" if row.deletion == "confirmed" else "open"
    if row.state == "acknowledged":
        return "yes" if row.confirmed_digest == row.digest else "no"
    return "no" if row.state == "refused" else "open"


def short(row: SentRow) -> str:
    """For the table."""
    if row.deletion:
        at = short_day(row.deletion_at) if row.deletion_at is not None else ""
        return t(f"sent.deletion.{row.deletion}", day=at).strip()
    return t(f"sent.state.{_state(row)}")


def sentence(row: SentRow, organisation: str) -> str:
    """What is known, and what happens next if anything does. organisation: its name."""
    if row.deletion:
        when = day(row.deletion_at) if row.deletion_at is not None else short_day(left_at(row))
        return t(f"sent.deletion.{row.deletion}.more", day=when, organisation=organisation)
    at = left_at(row)
    return t(f"sent.state.{_state(row)}.more", day=day(at), time=clock(at), organisation=organisation)


def _state(row: SentRow) -> str:
    if row.state == "acknowledged" and row.confirmed_digest != row.digest:
        return "other"
    return "uploading" if row.state == "sealed" else row.state
