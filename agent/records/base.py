"""Words that every stage shares: categories, programs, whether a field hides what is typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias

RECORD_FORMAT: Final = 1

Category: TypeAlias = Literal["app", "title", "shortcut", "pointer", "text", "screen"]
CATEGORIES: Final[tuple[Category, ...]] = ("app", "title", "shortcut", "pointer", "text", "screen")

#: One purpose x category cell of the consent grid: (purpose id, category).
Cell: TypeAlias = tuple[str, Category]


@dataclass(frozen=True, slots=True)
class Program:
    """A program as the operating system identifies it.

    id: stable identifier used in notices and rules (lower case, e.g. ``mousepad``).
    name: what people call it. aliases: every other identifier the window or process claims
    (window class, executable name, desktop entry). An exclusion matches any of them, a permission only ``id``.
    """

    id: str
    name: str
    aliases: frozenset[str] = frozenset()

    def known_as(self) -> frozenset[str]:
        """All identifiers, lower case: what an exclusion is compared with."""
        return frozenset({self.id.lower(), *(alias.lower() for alias in self.aliases)})


class Secure(StrEnum):
    """Whether the focused field hides what is typed. UNKNOWN is treated as YES."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why something was not kept: a closed list, in the order in which the gate asks."""

    NO_CONSENT = "no-consent"
    CONSENT_EXPIRED = "consent-expired"
    POLICY = "policy"
    EXCLUDED = "program-excluded"
    NOT_CHOSEN = "program-not-chosen"
    PAUSED = "paused"
    QUIET_HOURS = "quiet-hours"
    NO_INDICATOR = "no-indicator"
    LOCKED = "locked"
    CLOCK = "clock"
    UNKNOWN_PROGRAM = "unknown-program"
    PROTECTED = "protected"
    PRIVATE_WINDOW = "private-window"
    UNKNOWN_PAGE = "unknown-page"
    PROTECTED_PAGE = "protected-page"
    OWN_WINDOW = "own-window"
    PASSWORD = "password-field"
    UNKNOWN_FIELD = "unknown-field"
    QUARANTINE = "changed-program"
    CARET_LOST = "caret-lost"
    REDACTION = "redaction-failed"
    OVERLOADED = "overloaded"
    STORE = "store-failed"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was not kept, without its content."""

    reason: Reason
    program: Program | None
    count: int = 1
