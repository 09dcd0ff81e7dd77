"""One queue, one owner: hooks, the window and the uploader put, the main thread takes."""

from __future__ import annotations

import queue
import threading
from collections import deque
from dataclasses import dataclass
from typing import Final, TypeAlias

from agent.protocol import AnyCommand
from agent.records import RawEvent
from agent.upload import Heard, Outcome

#: Input events that may wait. A person types under 20 keys a second; more than this is not a person or we are stuck.
ROOM: Final = 4096


@dataclass(frozen=True, slots=True)
class BadLine:
    """The window sent something that is not a command."""

    detail: str


class EndOfInput:
    """The window is gone: nothing shows the indicator any more."""


Item: TypeAlias = RawEvent | AnyCommand | BadLine | EndOfInput | Outcome | Heard


class Inbox:
    """Bounded for input events, never for commands: a stop must always get through.

    An event that finds no room is not silently lost: ``overflowed`` is set until the owner has taken note and dropped
    the whole run.
    """

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._kept: deque[Item] = deque()
        self._overflow = threading.Event()

    def put(self, item: Item) -> None:
        """From any thread; never blocks."""
        self._items.put(item)

    def put_event(self, event: RawEvent) -> None:
        """From the hook's thread; never blocks."""
        if self._items.qsize() >= ROOM:
            self._overflow.set()
            return
        self._items.put(event)

    def take(self, timeout: float) -> Item | None:
        """The next item, None after ``timeout`` seconds without one. For the owner."""
        if self._kept:
            return self._kept.popleft()
        try:
            return self._items.get(timeout=max(0.0, timeout))
        except queue.Empty:
            return None

    def empty(self) -> bool:
        """Does nothing wait?"""
        return not self._kept and self._items.empty()

    def drop_events(self) -> None:
        """Forget every input event that waits; commands keep their order. Only while no hook is loaded."""
        kept: deque[Item] = deque()
        while (item := self.take(0)) is not None:
            if not isinstance(item, RawEvent):
                kept.append(item)
        # Not put back: what comes in meanwhile would overtake it, a pause a resume.
        self._kept = kept

    def overflowed(self) -> bool:
        """Did events find no room since the last call?"""
        happened = self._overflow.is_set()
        self._overflow.clear()
        return happened
