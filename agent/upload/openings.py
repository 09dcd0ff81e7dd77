"""Reading the collector's public log of openings: in pages, from what is known of it on. What is asked is how far one
has read, never which batches one looks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx
import msgspec

from agent.seal.opening import NOTHING, OPENING_FORMAT, Opening
from agent.upload.destination import Destination
from agent.upload.send import trouble
from agent.upload.wish import Heard, answer

_PAGE: Final = 32 * 1024 * 1024
_PAGES: Final = 200


@dataclass(frozen=True, slots=True)
class OpeningsSeen(Heard):
    """The log goes on from what was known, in order. after: the number known before. entries: those that are new.

    head: hash of the last entry there is.
    """

    after: int
    entries: tuple[Opening, ...]
    head: str


@dataclass(frozen=True, slots=True)
class OpeningsChanged(Heard):
    """The log does not go on from what was known: it is shorter, other, or broken. detail: how. proof: what came."""

    detail: str
    proof: str


@dataclass(frozen=True, slots=True)
class OpeningsUnread(Heard):
    """Nobody knows: no answer, or none that is a log."""

    detail: str


class _Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    openings: tuple[Opening, ...]


def read_openings(
    count: int,
    head: str,
    destination: Destination,
    client: httpx.Client,
    cancelled: Callable[[], bool] = lambda: False,
) -> OpeningsSeen | OpeningsChanged | OpeningsUnread:
    """Read on from ``count`` entries, of which the last has the hash ``head``; that one is read again and compared."""
    found: list[Opening] = []
    number, previous = count, head if count else NOTHING
    after, again = (count - 1, True) if count else (0, False)
    for _ in range(_PAGES):
        if cancelled():
            return OpeningsUnread("It was broken off.")
        page = _page(after, destination, client)
        if isinstance(page, OpeningsUnread):
            return page
        if again:
            if (wrong := _contradicts(page, count, head)) is not None:
                return wrong
            page, again = page[1:], False
        elif not page:
            return OpeningsSeen(count, tuple(found), previous)
        for entry in page:
            if (entry.number, entry.previous) != (number + 1, previous):
                detail = f"Entry {entry.number} does not follow the one before it."
                return OpeningsChanged(detail, entry.encode().decode())
            found.append(entry)
            number, previous = entry.number, entry.digest()
        after = number
    return OpeningsUnread("It has no end.")


def _contradicts(page: tuple[Opening, ...], count: int, head: str) -> OpeningsChanged | None:
    """Is the last entry that was known not the first of this page?"""
    if not page:
        return OpeningsChanged(f"It has lost entry {count}.", "")
    if page[0].number != count or page[0].digest() != head:
        return OpeningsChanged(f"Entry {count} is another than before.", page[0].encode().decode())
    return None


def _page(after: int, destination: Destination, client: httpx.Client) -> tuple[Opening, ...] | OpeningsUnread:
    try:
        status, _, body = answer(client, client.build_request("GET", destination.openings_url(after)), _PAGE)
    except httpx.HTTPError as error:
        return OpeningsUnread(trouble(error))
    if status != 200:
        return OpeningsUnread(f"It answers {status}.")
    try:
        page = msgspec.json.decode(body, type=_Page).openings
        for entry in page:
            entry.at()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError, OverflowError):
        return OpeningsUnread("Its answer is not as agreed.")
    if any(entry.format != OPENING_FORMAT for entry in page):
        return OpeningsUnread("Its answer is of a newer kind.")
    return page
