"""The thread that asks the collector for what the employee wishes. No connection while there is nothing to ask."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

import httpx

from agent.upload.destination import Destination
from agent.upload.openings import read_openings
from agent.upload.schedule import SPACING, delay
from agent.upload.wish import Erased, Heard, NotErased, erase

_STOP_SECONDS: Final = 5.0


def _chance() -> float:
    return secrets.randbelow(1 << 30) / (1 << 30)


class Asker:
    """One wish at a time, again until it is granted, ever slower. ``tell`` is called from the thread and only enqueues.

    Nothing of it is durable: the owner keeps what was wished for and wishes again after a start.
    """

    def __init__(
        self,
        destination: Destination,
        tell: Callable[[Heard], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = _chance,
    ) -> None:
        self._to = destination
        self._tell = tell
        self._clock = clock
        self._chance = chance
        self._change = threading.Condition()
        self._stopping = threading.Event()
        self._erasing: dict[str, bytes] = {}
        self._failures: dict[str, int] = {}
        self._due: dict[str, float] = {}
        self._all_due = 0.0
        self._in_a_row = 0
        self._looking: tuple[int, str] | None = None
        self._thread: threading.Thread | None = None

    def look(self, count: int, head: str) -> None:
        """Read the log of openings once, from what is known of it on: so many entries, the last with this hash."""
        with self._change:
            self._looking = (count, head)
            self._start()

    def erase(self, wishes: Mapping[str, bytes], *, now: bool) -> None:
        """All batches to be deleted, with their secrets. now: somebody waits for it, so try at once, all of them."""
        with self._change:
            self._erasing = dict(wishes)
            if now:
                self._due.clear()
                self._all_due = 0.0
            self._start()

    def stop(self) -> None:
        """Nothing is asked after this. Twice is fine."""
        self._stopping.set()
        with self._change:
            self._change.notify()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(_STOP_SECONDS)

    # ------------------------------------------------------------ the thread

    def _start(self) -> None:
        if (self._thread is None or not self._thread.is_alive()) and not self._stopping.is_set():
            self._thread = threading.Thread(target=self._run, name="asker", daemon=True)
            self._thread.start()
        self._change.notify()

    def _run(self) -> None:
        client: httpx.Client | None = None
        try:
            while not self._stopping.is_set():
                with self._change:
                    looking, self._looking = self._looking, None
                    batch, secret, wait = self._next()
                    if batch is None and looking is None:
                        if client is not None:
                            client.close()
                            client = None
                        if not self._stopping.is_set():
                            self._change.wait(wait)
                        continue
                if client is None:
                    client = self._to.client()
                if looking is not None:
                    self._tell(read_openings(*looking, self._to, client, self._stopping.is_set))
                elif batch is not None:
                    self._heard(batch, erase(batch, secret, self._to, client))
        except BaseException:
            # Whatever it is, it must not stop in silence.
            self._tell(NotErased("", None, "Asking has stopped by a fault."))
            raise
        finally:
            if client is not None:
                client.close()

    def _next(self) -> tuple[str | None, bytes, float | None]:
        """What to ask now, else how long to wait; None: until somebody wishes for something."""
        if not self._erasing:
            return None, b"", None
        now = self._clock()
        batch = min(self._erasing, key=lambda name: self._due.get(name, 0.0))
        wait = max(self._due.get(batch, 0.0), self._all_due) - now
        return (batch, self._erasing[batch], 0.0) if wait <= 0 else (None, b"", wait)

    def _heard(self, batch: str, heard: Erased | NotErased) -> None:
        with self._change:
            now = self._clock()
            if isinstance(heard, Erased):
                self._erasing.pop(batch, None)
                self._failures.pop(batch, None)
                self._in_a_row = 0
                self._all_due = now + SPACING
            else:
                self._failures[batch] = self._failures.get(batch, 0) + 1
                self._in_a_row += 1
                chance = self._chance()
                self._due[batch] = now + delay(self._failures[batch], chance, heard.seconds)
                self._all_due = now + delay(self._in_a_row, chance)
        self._tell(heard)
