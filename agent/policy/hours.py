"""Hours of the week in which nothing is collected: the text form of a policy, and as a set of minutes. Pure.

``mon tue 18:00-09:00``: from 18:00 of each named day to the next 09:00. The same time twice means a whole day. Times
are those of the clock on the wall, wherever the computer is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES: Final = 24 * 60
_WEEK: Final = len(DAYS) * DAY_MINUTES
_ALL: Final = (1 << _WEEK) - 1
_DAY: Final = "(?:" + "|".join(DAYS) + ")"
_CLOCK: Final = "((?:[01][0-9]|2[0-3]):[0-5][0-9])"
_FORM: Final = re.compile(rf"({_DAY}(?: {_DAY})*) {_CLOCK}-{_CLOCK}")


@dataclass(frozen=True, slots=True)
class Hours:
    """days: 0 for Monday, sorted, at least one. start, end: minutes after midnight, 0 to 1439; end may be of the next
    day. Raises ``ValueError`` for anything else.
    """

    days: tuple[int, ...]
    start: int
    end: int

    def __post_init__(self) -> None:
        days = self.days and list(self.days) == sorted(set(self.days)) and self.days[0] >= 0
        if not days or self.days[-1] >= len(DAYS):
            raise ValueError("these are not days of the week")
        if not (0 <= self.start < DAY_MINUTES and 0 <= self.end < DAY_MINUTES):
            raise ValueError("these are not times of a day")

    def __str__(self) -> str:
        return f"{' '.join(DAYS[day] for day in self.days)} {_clock(self.start)}-{_clock(self.end)}"

    def minutes(self) -> int:
        """The minutes of the week, bit by bit from Monday 00:00."""
        length = (self.end - self.start) % DAY_MINUTES or DAY_MINUTES
        found = 0
        for day in self.days:
            at = day * DAY_MINUTES + self.start
            found |= ((1 << length) - 1) << at
        return (found | found >> _WEEK) & _ALL


def parse_hours(text: str) -> Hours | None:
    """What ``str`` of it writes; None for anything else."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    days = [DAYS.index(name) for name in found[1].split()]
    if days != sorted(set(days)):
        return None
    return Hours(tuple(days), _minute(found[2]), _minute(found[3]))


def week(rows: Iterable[Hours]) -> int:
    """All their minutes together."""
    found = 0
    for row in rows:
        found |= row.minutes()
    return found


def week_of(texts: Iterable[str]) -> int:
    """As ``week``, of the texts of a policy or a scope. What cannot be read counts as the whole week: nothing then."""
    found = 0
    for text in texts:
        row = parse_hours(text)
        found |= _ALL if row is None else row.minutes()
    return found


def is_quiet(minutes: int, local: datetime) -> bool:
    """Is this moment one of them? local: the time on the wall."""
    return bool(minutes >> _place(local) & 1)


def ends(minutes: int, local: datetime) -> datetime | None:
    """The first full minute after ``local`` that is none of them; None if the whole week is."""
    place = _place(local)
    ahead = (minutes >> place | minutes << (_WEEK - place)) & _ALL
    free = ~ahead & _ALL
    if not free:
        return None
    return local.replace(second=0, microsecond=0) + timedelta(minutes=(free & -free).bit_length() - 1)


def _place(local: datetime) -> int:
    return local.weekday() * DAY_MINUTES + local.hour * 60 + local.minute


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
