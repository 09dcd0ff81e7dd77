"""What can come of sending a batch: a closed set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from agent.seal import Receipt


@dataclass(frozen=True, slots=True)
class Accepted:
    """The collector holds exactly these bytes and has signed for it. document: the receipt as it came, to be kept."""

    batch_id: str
    receipt: Receipt
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Not delivered; tried again by itself. seconds: what the collector asked for, None: as the schedule says.

    problem: code of a row of PROBLEMS, facts fill its braces.
    """

    batch_id: str
    seconds: float | None
    problem: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedByCollector:
    """Not wanted as it is. Set aside, never deleted, not tried again by itself."""

    batch_id: str
    problem: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The collector lets this pseudonym send. device: its public key, hex. document: its signed word, to be kept."""

    device: str
    document: bytes = field(repr=False)


Outcome: TypeAlias = Accepted | Enrolled | RetryAfter | RefusedByCollector
