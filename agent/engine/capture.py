"""Whether the hooks are loaded, and whether the sign on the screen is there: looked at, not believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agent.native.base import IndicatorState, Native
from agent.problems import Unavailable
from agent.records import RawEvent

#: Seconds between two looks at the indicator while something may be collected.
LOOK_EVERY: Final = 0.25
#: Seconds without a sighting after which the hooks are taken out.
LOST_AFTER: Final = 0.6


class Capture:
    """Loads and unloads the hooks. ``want`` says whether consent, policy and settings leave anything to collect."""

    def __init__(self, native: Native, sink: Callable[[RawEvent], None], owner: Callable[[], int]) -> None:
        self._native = native
        self._sink = sink
        self._owner = owner
        self._windows: tuple[int, ...] = ()
        self._looked = float("-inf")
        self._seen = float("-inf")
        self._asked_since: float | None = None
        self._state = IndicatorState(visible=False, detail="not shown yet")
        self._failure: Unavailable | None = None
        self.hooks = False

    def show(self, windows: tuple[int, ...]) -> None:
        """The UI's hint where its signs are."""
        self._windows = windows
        self._looked = float("-inf")

    def look(self, now: float, *, want: bool) -> None:
        """Look at the indicator if it is time. Nothing is looked at while nothing may be collected."""
        if not want:
            if self._asked_since is not None:
                self._native.indicator.close()
            self._asked_since = None
            self._state = IndicatorState(visible=False, detail="")
            self._seen = self._looked = float("-inf")
            return
        if self._asked_since is None:
            self._asked_since = now
        if now - self._looked < LOOK_EVERY:
            return
        self._looked = now
        self._state = (
            self._native.indicator.verify(self._windows, self._owner())
            if self._windows
            else IndicatorState(visible=False, detail="not shown yet")
        )
        if self._state.visible:
            self._seen = now

    def visible(self, now: float) -> bool:
        """Was the sign seen just now?"""
        return now - self._seen < LOST_AFTER and self._state.visible

    @property
    def seen(self) -> float:
        """Monotonic seconds of the last sighting."""
        return self._seen

    def missing(self, now: float) -> str:
        """Why the sign counts as not visible, empty while it is or has only just been asked for."""
        if self._asked_since is None or self.visible(now) or now - self._asked_since < 2 * LOST_AFTER:
            return ""
        return self._state.detail or "it was not found"

    @property
    def failure(self) -> Unavailable | None:
        """Why the hooks cannot be loaded, None while they can."""
        return self._failure

    def retry(self) -> None:
        """The employee resumed: try again what failed."""
        self._failure = None

    def load(self) -> None:
        """Hooks in, if they are not."""
        if self.hooks or self._failure is not None:
            return
        try:
            self._native.input.start(self._sink)
        except Unavailable as error:
            self._failure = error
            return
        self.hooks = True

    def unload(self) -> None:
        """Hooks out, if they are in. Nothing reaches the sink afterwards."""
        if self.hooks:
            self.hooks = False
            self._native.input.stop()

    def check(self) -> None:
        """Has observing died? Then hooks are out and ``failure`` says why."""
        if not self.hooks:
            return
        try:
            self._native.input.check()
        except Unavailable as error:
            self.unload()
            self._failure = error

    def close(self) -> None:
        self.unload()
        self._native.indicator.close()
