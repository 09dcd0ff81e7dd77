"""What may be collected now: consent, policy, the employee's choices and the guards, looked at together and whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent import consent
from agent.consent import ConsentState
from agent.engine.capture import Capture
from agent.engine.problems import Problems
from agent.engine.stores import Stores
from agent.engine.terms import Terms
from agent.gate import Guards
from agent.native.base import Native
from agent.policy.effective import Effective, effective
from agent.policy.hours import ends, is_quiet
from agent.policy.load import Policy
from agent.problems import Unavailable
from agent.records import Cell, Reason

#: Seconds by which wall clock and boot clock may disagree.
CLOCK_TOLERANCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Clocks:
    """monotonic: seconds for waiting. wall: Unix seconds. local: of Unix seconds, the time of day here, no zone."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    local: Callable[[float], datetime] = datetime.fromtimestamp


class Deciding:
    """Holds the last decision; ``decide`` makes the next one. Nothing here loads or unloads a hook.

    effective: what consent, policy and settings leave, None without a policy in force. guards: as they stand.
    want: is there anything that could be collected if a person looked at the right program?
    asking_withdrawal, ended, redactor_ok: set by the engine.
    """

    def __init__(
        self, native: Native, stores: Stores, terms: Terms, problems: Problems, capture: Capture, clocks: Clocks
    ) -> None:
        self._native = native
        self._stores = stores
        self._terms = terms
        self._problems = problems
        self._capture = capture
        self._clocks = clocks
        self._clock_offset = self._clock_difference()
        self._granted: tuple[tuple[ConsentState, Policy, int], Policy, frozenset[Cell]] | None = None
        self.effective: Effective | None = None
        self.guards = Guards()
        self.want = False
        self.asking_withdrawal = False
        self.ended = False
        self.redactor_ok = False

    def decide(self, now: float, wall: int) -> Reason | None:
        """Look at everything anew. Why the hooks must be out, None if they may be in."""
        self.effective = self._effective(wall)
        self.want = self._wanted()
        self._capture.look(now, want=self.want)
        self.guards = self._guards(now, wall)
        return self._stop_reason()

    def note_problems(self, now: float, wall: int) -> None:
        """Name what stands in the way, and no longer what does not."""
        replace, capture = self._problems.replace, self._capture
        replace("terms", self._terms.problem(wall) or self._terms.refused())
        replace("capture", capture.failure)
        missing = capture.missing(now)
        replace("indicator", Unavailable("no-indicator", detail=missing) if missing else None)
        moved = self._clock_moved()
        late = not self.clock_ok()
        replace("clock", Unavailable("clock-moved", seconds=str(round(moved))) if late else None)
        unseen = capture.hooks and "accessibility-off" in self._native.input.notes()
        replace("fields", Unavailable("accessibility-off") if unseen else None)
        replace("redactor", None if self.redactor_ok else Unavailable("redaction-failed"))

    # ------------------------------------------------------------ parts of the decision

    def _effective(self, wall: int) -> Effective | None:
        policy = self._terms.policy
        if policy is None or self._terms.problem(wall) is not None:
            return None
        asked = self._stores.consent, policy, wall
        if self._granted is None or self._granted[0] != asked:
            # Asked at every key; the answer changes with what is asked, once a second.
            kept = consent.honoured(self._stores.consent, policy)
            self._granted = asked, kept, consent.granted(self._stores.consent, kept, wall)
        _, kept, granted = self._granted
        return effective(kept, granted, self._stores.choices.settings())

    def _wanted(self) -> bool:
        return (
            self.effective is not None
            and bool(self.effective.cells)
            and self._stores.choices.paused_until is None
            and not self.asking_withdrawal
            and self._stores.opened is not None
            and not self.ended
        )

    def _guards(self, now: float, wall: int) -> Guards:
        return Guards(
            paused=self._stores.choices.paused_until is not None,
            withdraw_question=self.asking_withdrawal,
            quiet=self.effective is not None and is_quiet(self.effective.quiet, self._clocks.local(wall)),
            # A session that cannot tell has no lock of its own; a lock screen then grabs the keyboard, and what is
            # typed during a grab belongs to no window.
            # Where nothing could be collected anyway nobody is asked, and not known counts as locked.
            locked=self._native.session.locked() is True if self.want else None,
            indicator=self._capture.visible(now),
            clock_ok=self.clock_ok(),
            redactor_ok=self.redactor_ok,
            store_ok=self._stores.opened is not None and not self._problems.has("store-failed", "store-damaged"),
            expired=consent.standing(self._stores.consent, self._terms.policy, wall) == "expired",
            policy_ok=self._terms.policy is not None and self._terms.problem(wall) is None,
        )

    def _stop_reason(self) -> Reason | None:
        guards = self.guards
        stops = (
            (not self.want, Reason.PAUSED),
            (guards.quiet, Reason.QUIET_HOURS),
            (not guards.indicator, Reason.NO_INDICATOR),
            (not guards.clock_ok, Reason.CLOCK),
            (bool(guards.locked), Reason.LOCKED),
            (not guards.redactor_ok, Reason.REDACTION),
            # Whatever is shown as the reason why nothing is collected is one.
            (not guards.store_ok or self._problems.stops_capture(), Reason.STORE),
        )
        return next((reason for stops_now, reason in stops if stops_now), None)

    def _clock_difference(self) -> float:
        return self._clocks.wall() - self._native.session.boot_clock()

    def quiet_until(self, wall: int) -> int | None:
        """When the quiet hours of this moment end, Unix seconds; None without any, or if they never end."""
        if self.effective is None or not self.guards.quiet:
            return None
        local = self._clocks.local(wall)
        end = ends(self.effective.quiet, local)
        return None if end is None else wall + int((end - local).total_seconds())

    def clock_ok(self) -> bool:
        """Do wall clock and boot clock still agree?"""
        return abs(self._clock_moved()) <= CLOCK_TOLERANCE

    def accept_clock(self) -> None:
        """Whoever sits there says that the clock is right: from now on it is held against how it stands now."""
        self._clock_offset = self._clock_difference()

    def _clock_moved(self) -> float:
        """Seconds by which wall clock and boot clock disagree since start, or since it was accepted."""
        return self._clock_difference() - self._clock_offset
