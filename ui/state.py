"""The last snapshot and its age: what every window shows. Replaced whole, never patched."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from agent.protocol import Live, Snapshot
from ui.presented import FRESH, STARTING, Presented, presented

#: A timer may fire a little early; this much later it is time for certain, or it is set again.
_SLACK_MS: Final = 20
_MINUTE: Final = 60


class State(QObject):
    """Holds the last snapshot. ``changed``: something to show is different. ``lived``: a line of the live view.

    clock: monotonic seconds, given by tests. trial: the window was started for a trial.
    """

    changed = Signal()
    lived = Signal(object)

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None, *, trial: bool = False
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._trial = trial
        self._snapshot: Snapshot | None = None
        self._since = clock()
        self._gone = False
        self._shown = self.presented()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._set_timer()

    @property
    def snapshot(self) -> Snapshot | None:
        """The last snapshot, None before the first and after the engine went."""
        return self._snapshot

    @property
    def fresh(self) -> bool:
        """Whether a snapshot came within the last 2 s."""
        return self._snapshot is not None and self.age() <= FRESH

    @property
    def gone(self) -> bool:
        """Whether the engine is known to have ended."""
        return self._gone

    @property
    def trial(self) -> bool:
        """Whether the window was started for a trial."""
        return self._trial

    def age(self) -> float:
        """Seconds since the snapshot, or since the engine was started; infinite once it is gone."""
        return float("inf") if self._gone else self._clock() - self._since

    def presented(self) -> Presented:
        """What to show now."""
        return presented(self._snapshot, self.age(), trial=self._trial)

    def take(self, snapshot: Snapshot) -> None:
        """A snapshot came. Most are heartbeats that say what the one before them said."""
        before, shown = self._snapshot, self._shown
        self._snapshot, self._since, self._gone = snapshot, self._clock(), False
        self._shown = self.presented()
        self._set_timer()
        if shown != self._shown or before is None or not _same(before, snapshot):
            self.changed.emit()

    def take_live(self, line: Live) -> None:
        """A live line came."""
        self.lived.emit(line)

    def started(self) -> None:
        """The engine was started (again): wait for its first snapshot."""
        self._snapshot, self._since, self._gone = None, self._clock(), False
        self.look()

    def engine_gone(self) -> None:
        """The engine ended: nothing is collected, and that is shown at once."""
        self._snapshot, self._gone = None, True
        self.look()

    def look(self) -> None:
        """Emit ``changed`` if time alone changed what is shown."""
        self._set_timer()
        shown = self.presented()
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()

    def _set_timer(self) -> None:
        """Look again when what is known now will be too old to be believed."""
        left = (STARTING if self._snapshot is None else FRESH) - self.age()
        if left >= 0:
            self._timer.start(round(1000 * left) + _SLACK_MS)
        else:
            self._timer.stop()


def _same(one: Snapshot, other: Snapshot) -> bool:
    """Do two snapshots say the same in the same minute? Clocks are shown to the minute."""
    return one.at // _MINUTE == other.at // _MINUTE and one == msgspec.structs.replace(other, seq=one.seq, at=one.at)
