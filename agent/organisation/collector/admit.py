"""May this batch come in? Pure: bytes, the place asked for and today's date in; a header or a named no out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from agent.problems import Invalid
from agent.seal import Header, verify

#: A day ahead exists somewhere on Earth, and clocks are off; more is a clock that is wrong.
DAYS_AHEAD: Final = 2
#: What waited longer was sealed under terms that may long have ended; it stays with its sender.
DAYS_BACK: Final = 60


class Place(NamedTuple):
    """The address a batch was sent to, as it stands in the path."""

    organisation: str
    device: str
    day: str
    batch: str


@dataclass
class Rejected(Exception):
    """An HTTP status and a code with words that say what does not fit. Never anything of the batch's content."""

    status: int
    code: str
    detail: str


def admit(data: bytes, place: Place, organisation: str, today: date) -> Header:
    """The header of a batch that may be stored at ``place``. Raises ``Rejected``."""
    if place.organisation != organisation:
        raise Rejected(403, "organisation", "This collector does not take batches of that organisation.")
    try:
        header = verify(data)
    except Invalid as error:
        raise Rejected(400, "batch", error.facts.get("detail", "")) from error
    if header.organisation != organisation:
        raise Rejected(403, "organisation", "This collector does not take batches of that organisation.")
    if (header.device, header.day, header.batch) != (place.device, place.day, place.batch):
        raise Rejected(400, "place", "The address and the header name different batches.")
    age = (today - date.fromisoformat(header.day)).days
    if not -DAYS_AHEAD <= age <= DAYS_BACK:
        raise Rejected(422, "day", "Its day is too far from today.")
    return header
