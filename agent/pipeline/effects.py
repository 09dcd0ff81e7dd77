"""What comes out of the pipeline, and what it says of the program in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from agent.records import Dropped, Program, Reason, Redacted

#: What was not kept.
Kind: TypeAlias = Literal["text", "app", "title", "shortcut", "pointer", "key"]


@dataclass(frozen=True, slots=True)
class Keep:
    """Write this record."""

    record: Redacted


@dataclass(frozen=True, slots=True)
class Note:
    """Something was not kept. Shown in the live view, stored nowhere."""

    kind: Kind
    dropped: Dropped


Effect: TypeAlias = Keep | Note


@dataclass(frozen=True, slots=True)
class Front:
    """The program in front and what may be kept in it. reason: why nothing may, None if something may.

    While a window of Aboveboard itself is in front, or a menu holds the keyboard, ``program`` is the one before it: the
    one a person speaks of.
    """

    program: Program | None
    categories: tuple[str, ...]
    reason: Reason | None


class Notes:
    """Non-events, gathered: equal ones within a second become one line of the live view."""

    #: Seconds over which they are gathered.
    GATHER = 1.0

    def __init__(self) -> None:
        self._drops: dict[tuple[Kind, Reason, str], tuple[Dropped, float]] = {}

    def add(self, kind: Kind, dropped: Dropped, now: float) -> None:
        """One more."""
        name = dropped.program.id if dropped.program is not None else ""
        key: tuple[Kind, Reason, str] = (kind, dropped.reason, name)
        before, since = self._drops.get(key, (None, now))
        count = dropped.count + (before.count if before is not None else 0)
        self._drops[key] = (Dropped(dropped.reason, dropped.program, count), since)

    def take(self, now: float | None) -> list[Effect]:
        """Those that are old enough; all of them for None."""
        ready = [key for key, (_, since) in self._drops.items() if now is None or now - since >= self.GATHER]
        return [Note(key[0], self._drops.pop(key)[0]) for key in ready]

    def deadline(self) -> float | None:
        """When the first is old enough, None if there is none."""
        return min((since + self.GATHER for _, since in self._drops.values()), default=None)
