"""The last snapshot and its age: what every window shows. Replaced whole, never patched."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from agent.protocol import Live, Snapshot
from ui.presented import FRESH, Presented, presented

_LOOK_AGAIN_MS: Final = 250


class State(QObject):
    """Holds the last snapshot. ``changed``: something to show is different. ``lived``: a line of the live view.

    clock: monotonic seconds, given by tests.
    """

    changed = Signal()
    lived = Signal(object)

    def __init__(self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._snapshot: Snapshot | None = None
        self._since = clock()
        self._gone = False
        self._shown = self.presented()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

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

    def age(self) -> float:
        """Seconds since the snapshot, or since the engine was started; infinite once it is gone."""
        return float("inf") if self._gone else self._clock() - self._since

    def presented(self) -> Presented:
        """What to show now."""
        return presented(self._snapshot, self.age())

    def take(self, snapshot: Snapshot) -> None:
        """A snapshot came."""
        self._snapshot, self._since, self._gone = snapshot, self._clock(), False
        self._shown = self.presented()
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
        shown = self.presented()
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()
