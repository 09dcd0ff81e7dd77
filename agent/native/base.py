"""What the engine asks of an operating system. One contract test class per Protocol; every backend passes it.

Rules for all: a method works or raises ``Unavailable`` with a named problem before it returns. None means
"could not tell" and is never replaced by a plausible value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from agent.records import Program, RawEvent, RawOwner
from agent.vault import Keystore

Sink: TypeAlias = Callable[[RawEvent], None]


class Input(Protocol):
    """Keys, clicks and focus of the whole session, in the order in which the system handled them."""

    def start(self, sink: Sink) -> None:
        """Begin observing, or raise ``Unavailable``. ``sink`` is called from a thread of ours; it only enqueues.

        The first event is always a RawFocus with the focus as it is now. A second start without stop is an error.
        """

    def check(self) -> None:
        """Raise ``Unavailable`` if observing has died since start."""

    def notes(self) -> tuple[str, ...]:
        """Codes of problems that narrow what can be told while observing goes on, such as ``accessibility-off``."""

    def stop(self) -> None:
        """Stop observing and join the thread. Twice is fine. Nothing reaches ``sink`` after it returns."""


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """visible: every captured monitor shows a sign that a person can see. detail: what is wrong, empty if visible."""

    visible: bool
    detail: str = ""


class Indicator(Protocol):
    """Looks for itself whether the sign is on the screen; does not take the UI's word."""

    def verify(self, windows: Sequence[int], owner: int) -> IndicatorState:
        """Are ``windows`` owned by process ``owner``, mapped, big enough, opaque, on screen and not covered, one on
        every monitor? Anything that cannot be told is a no. Takes milliseconds; never raises for a bad window id.
        """

    def close(self) -> None:
        """Give back the connection. Twice is fine."""


class Installed(Protocol):
    """Which programs are on this computer."""

    def programs(self) -> tuple[Program, ...]:
        """Installed programs with a window, by name."""


@dataclass(frozen=True, slots=True)
class Means:
    """What sending costs now; None: nobody could tell. metered: the network is paid for by volume. on_battery: there is
    no mains. percent: charge of the battery, known while on it. warned: the system itself calls it low.
    """

    metered: bool | None = None
    on_battery: bool | None = None
    percent: float | None = None
    warned: bool = False


class Session(Protocol):
    """The session as a whole."""

    def locked(self) -> bool | None:
        """Is the session locked? None: could not tell (a grab then counts as locked)."""

    def means(self) -> Means:
        """Network and battery. Never raises; takes a second at most. Asked only while something waits to be sent."""

    def boot_clock(self) -> float:
        """Seconds that also run during suspend, unaffected by setting the wall clock."""

    def owner(self) -> RawOwner:
        """Account, full name and computer of whoever sits there, from the system's own tables; empty where unknown."""


@dataclass(frozen=True, slots=True)
class Native:
    """One operating system, opened. Opening loads no hook: only ``input.start`` does."""

    name: str
    input: Input
    indicator: Indicator
    keystore: Keystore
    installed: Installed
    session: Session
