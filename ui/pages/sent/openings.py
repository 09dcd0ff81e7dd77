"""What the organisation's log of openings says about a batch, as far as it was read. Silence is not "nobody"."""

from __future__ import annotations

from typing import Final

from agent.protocol import OpeningRow, Openings
from ui.text import problem, program_list, t
from ui.when import clock, day, short_day

#: The log is not the one that was read before.
CHANGED: Final = "openings-changed"
#: It could not be read the last time.
UNREACHABLE: Final = "openings-unreachable"
_NO_DETAIL: Final = {"detail": ""}


def openings_of(openings: Openings | None, batch: str) -> tuple[OpeningRow, ...]:
    """The entries that name the batch, oldest first."""
    found = [row for row in openings.rows if batch in row.batches] if openings is not None else []
    return tuple(sorted(found, key=lambda row: row.number))


def opened_short(openings: Openings | None, batch: str) -> str:
    """For the table: the day of the first opening; empty for "not in the log so far"."""
    found = openings_of(openings, batch)
    return short_day(found[0].at) if found else ""


def none_found(openings: Openings | None) -> str:
    """What can be said of a batch that no entry names: of a log that was never read, nothing."""
    read = openings is not None and openings.checked_at is not None
    return t("sent.opened.not_so_far" if read else "sent.opened.unknown")


def opening_sentence(row: OpeningRow) -> str:
    """``24 November 2026, 14:06: opened into an encrypted dataset. Key used: Acme data office.``"""
    parts = [t(f"sent.opened.{row.written}", day=day(row.at), time=clock(row.at))]
    if row.keys:
        parts.append(t("sent.opened.key", who=program_list(list(row.keys))))
    if row.others:
        parts.append(t("sent.opened.others", n=row.others))
    return " ".join(parts)


def log_sentence(openings: Openings | None) -> str:
    """When the log was read last, and why not since."""
    if openings is None or (openings.checked_at is None and not openings.problem):
        return t("sent.log.never")
    parts = []
    if openings.checked_at is not None:
        parts.append(t("sent.log.read", day=day(openings.checked_at), time=clock(openings.checked_at)))
    if openings.problem:
        words = problem(openings.problem, _NO_DETAIL)
        parts.append(f"{words.title}.")
    return " ".join(parts)


def changed(openings: Openings | None) -> str:
    """The warning if the log is not the one that was read before; empty if nothing speaks for that."""
    if openings is None or openings.problem != CHANGED:
        return ""
    words = problem(CHANGED, _NO_DETAIL)
    return " ".join(part for part in (f"{words.title}.", words.text, words.remedy) if part)
