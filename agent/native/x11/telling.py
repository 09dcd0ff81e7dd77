"""What is said of the focused field between two keys. For one thread, the one that tells the keys.

Keys whose field is not known yet may turn out to be those of a field that is (the pipeline sees to that). So whenever
a field of which nothing was known is left, that is said: its keys are not those of the next one.
"""

from __future__ import annotations

import time

from agent.native.base import Sink
from agent.native.x11.fields import FieldWatch
from agent.records import RawField, RawFocus, RawKey, Secure


class Telling:
    """Puts what ``fields`` knows into the order of the keys."""

    def __init__(self, fields: FieldWatch, sink: Sink) -> None:
        self._fields = fields
        self._sink = sink
        self._window: int | None = None
        self._pid: int | None = None
        self._told: tuple[str | None, Secure] | None = None

    def focus(self, event: RawFocus, pid: int | None) -> None:
        """The focus moved to a window of ``pid``."""
        self._window, self._pid, self._told = event.window, pid, None
        self._sink(event)
        if pid is not None:
            self._tell(*self._fields.current(pid))
            self._fields.ask(pid)

    def key(self, event: RawKey) -> None:
        """A key went down. A terminal hides its line, and shows it again, without any event: it is asked each time.

        What changed without news changed at a moment nobody knows: nothing that was typed before is said to be known.
        """
        if event.window is not None and self._pid is not None:
            known = self._fields.current(self._pid)
            if known != self._told:
                if known[1] is Secure.NO:
                    self._tell(None, Secure.UNKNOWN)
                self._tell(*known)
        self._sink(event)

    def news(self, pid: int, field: str | None, secure: Secure) -> None:
        """The field watch found something; what it found for others than the process in front it will find again.

        That nothing is known is said as often as it is news: it was another field before.
        """
        if pid == self._pid and (secure is not Secure.NO or (field, secure) != self._told):
            self._tell(field, secure)

    def _tell(self, field: str | None, secure: Secure) -> None:
        self._told = field, secure
        self._sink(RawField(self._window, field, secure, time.monotonic()))
