"""Whether to send now, when to try again: pure functions. Seconds everywhere; ``chance`` is a random number in [0, 1).

Full jitter (Brooker, "Exponential Backoff And Jitter", 2015): a thousand machines that lost the collector together do
not come back together. A token bucket over all retries keeps a broken collector from being asked for ever faster by
more and more waiting batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Literal

#: Minutes between an approval and the moment its batch leaves, at most: when somebody looked must not be readable
#: from when something was sent.
LEAVING_MINUTES: Final = 60
BASE: Final = 1.0
CAP: Final = 15 * 60.0
#: Pause between two batches that go well.
SPACING: Final = 0.1
#: Percent of charge below which a computer without mains sends nothing by itself.
LOW_BATTERY: Final = 20.0
LONGEST_RETRY_AFTER: Final = 24 * 3600.0
RETRIES_AT_ONCE: Final = 10.0
SECONDS_PER_RETRY: Final = 10.0


def delay(failures: int, chance: float, asked: float | None = None) -> float:
    """How long to wait after ``failures`` (1, 2, ...) in a row; never less than what the collector ``asked`` for."""
    jitter = chance * min(CAP, BASE * 2.0 ** min(max(failures - 1, 0), 30))
    return jitter if asked is None else max(jitter, asked + chance * BASE)


def leaves_after(chance: float) -> int:
    """Seconds until what was approved now leaves: a whole minute out of the next 60, each as likely as the others."""
    return 60 * (1 + min(int(chance * LEAVING_MINUTES), LEAVING_MINUTES - 1))


def held_back(
    *, metered: bool | None, on_battery: bool | None, percent: float | None, warned: bool
) -> Literal["", "metered", "battery"]:
    """Why nothing is sent by itself now; empty if nothing speaks against it.

    None is what nobody could tell. A network nobody can tell about counts as free, and a computer nobody can tell about
    as on mains: what is at stake is money and charge, not what the person agreed to; most networks have nobody to ask,
    and there what was let go would never leave. A battery of unknown charge counts as low: mains will come.
    """
    if metered:
        return "metered"
    if on_battery and (warned or percent is None or percent < LOW_BATTERY):
        return "battery"
    return ""


@dataclass(frozen=True, slots=True)
class Budget:
    """Tokens left for retries, as of monotonic second ``at``."""

    tokens: float
    at: float

    @classmethod
    def full(cls, now: float) -> Budget:
        return cls(RETRIES_AT_ONCE, now)

    def refilled(self, now: float) -> Budget:
        """With what has come in since."""
        earned = max(0.0, now - self.at) / SECONDS_PER_RETRY
        return Budget(min(RETRIES_AT_ONCE, self.tokens + earned), max(self.at, now))

    def wait(self, now: float) -> float:
        """Seconds until one retry is affordable; 0 if it is now."""
        return max(0.0, 1.0 - self.refilled(now).tokens) * SECONDS_PER_RETRY

    def spent(self, now: float) -> Budget:
        """After one retry."""
        left = self.refilled(now)
        return Budget(max(0.0, left.tokens - 1.0), left.at)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The Retry-After header (RFC 9110, 10.2.3) in seconds: a number or a date. None if absent or not understood."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)
