"""One cell's yes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from agent.policy.scope import Scope, category
from agent.records import Cell


@dataclass(frozen=True, slots=True)
class Grant:
    """A yes to what ``scope`` says. given_at: Unix seconds. notice: hash. shown: SHA-256 of the text on the screen."""

    scope: Scope
    given_at: int
    notice: str
    language: str
    shown: str

    @property
    def cell(self) -> Cell:
        """(purpose, category). Raises ``ValueError`` for a scope of no category of ours."""
        known = category(self.scope.category)
        if known is None:
            raise ValueError("a yes to a category that cannot be collected")
        return self.scope.purpose, known

    @property
    def expires(self) -> int:
        """Unix seconds: 12 months after it was given."""
        return year_after(self.given_at)

    def holds(self, now: int, latest: int) -> bool:
        """Is it in force? Not before it was given either: then the clock is wrong, and it is not known by how much."""
        return self.given_at <= now and max(now, latest) < self.expires


def year_after(at: int) -> int:
    """The same day and time of the next year (UTC); for 29 February the 28th: never longer than 12 months."""
    day = datetime.fromtimestamp(at, UTC)
    if day.month == 2 and day.day == 29:
        day = day.replace(day=28)
    return int(day.replace(year=day.year + 1).timestamp())
