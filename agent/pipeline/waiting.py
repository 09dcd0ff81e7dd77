"""Half a second of quarantine: what waits in memory until it is known where it went."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Literal, TypeAlias

from agent.records import (
    Category,
    Program,
    Raw,
    RawCaret,
    RawCommit,
    RawControl,
    RawField,
    RawFocus,
    RawKey,
    RawPage,
    RawPointer,
    RawTitle,
    Secure,
)

#: Seconds a key waits before it counts (DESIGN: quarantine).
QUARANTINE: Final = 0.5
#: Seconds after which what no sighting of the indicator has confirmed is dropped.
SIGHTING_LIMIT: Final = 2.0

#: ``key``, ``commit``, ``chord`` and ``pointer`` were done by the person; ``front`` and ``title`` are what a window is
#: and says; ``leave``, ``cut``, ``click`` and ``caret`` keep their order among keys: where the text goes, no content.
Mark: TypeAlias = Literal["key", "commit", "chord", "pointer", "front", "title", "leave", "cut", "click", "caret"]

#: What types into the text of a field. Without one of them nobody knows what the field holds.
TYPING: Final[frozenset[Mark]] = frozenset({"key", "commit"})
#: What only moves the text on. It holds nothing, so it needs no sighting of the sign.
GUIDING: Final[frozenset[Mark]] = frozenset({"leave", "cut", "click", "caret"})

#: Which category something that was done is of.
CATEGORY: Final[dict[Mark, Category]] = {
    "key": "text",
    "commit": "text",
    "chord": "shortcut",
    "pointer": "pointer",
}


class Item(Raw):
    """A place in the quarantine. page: of a browser at that moment. at: monotonic seconds."""

    __slots__ = ("at", "control", "event", "field", "mark", "page", "program", "secure", "shown", "window")

    def __init__(
        self,
        at: float,
        mark: Mark,
        *,
        event: RawKey | RawCommit | RawPointer | RawCaret | None = None,
        shown: RawFocus | RawTitle | None = None,
        window: int | None = None,
        program: Program | None = None,
        field: str | None = None,
        secure: Secure = Secure.UNKNOWN,
        page: RawPage | None = None,
    ) -> None:
        self.at = at
        self.mark = mark
        self.event = event
        self.shown = shown
        self.window = window
        self.program = program
        self.field = field
        self.secure = secure
        self.page = page
        self.control: RawControl | None = None

    @property
    def done(self) -> bool:
        """Did the person do it (in contrast to: it marks a place)?"""
        return self.mark in CATEGORY


class Quarantine:
    """Items in the order in which they happened."""

    def __init__(self) -> None:
        self._items: deque[Item] = deque()

    def __bool__(self) -> bool:
        return bool(self._items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    def put(self, item: Item) -> None:
        self._items.append(item)

    def head(self) -> Item:
        return self._items[0]

    def take(self) -> Item:
        return self._items.popleft()

    def clear(self) -> None:
        self._items.clear()

    def due(self, now: float) -> bool:
        """Has the first one waited long enough?"""
        return bool(self._items) and self._items[0].at + QUARANTINE <= now

    def deadline(self, now: float) -> float | None:
        """When the first one will have waited long enough; soon if it waits for more than time."""
        if not self._items:
            return None
        return max(self._items[0].at + QUARANTINE, now + 0.05 if self.due(now) else 0.0)

    def throw_away(self, which: Callable[[Item], bool]) -> list[Item]:
        """Take out what was done and ``which`` says; a key leaves a cut. Gives back what was taken out."""
        kept: deque[Item] = deque()
        gone: list[Item] = []
        for item in self._items:
            if not (item.done and which(item)):
                kept.append(item)
                continue
            gone.append(item)
            if item.mark in TYPING:
                kept.append(Item(item.at, "cut"))
        self._items = kept
        return gone

    def cancel(self, *marks: Mark) -> None:
        """Take out marks of these kinds: something newer stands in their place."""
        self._items = deque(item for item in self._items if item.mark not in marks)

    def came(self, window: int, program: Program | None, since: float) -> None:
        """A press in a window that was not in front moved the focus there: now it is known whose window it is."""
        for item in self._items:
            if item.mark == "pointer" and item.window == window and item.program is None and item.at >= since:
                item.program = program

    def hit(self, control: RawControl) -> Item | None:
        """What a press that still waits hit; the press, None if none waits."""
        for item in self._items:
            if item.mark == "pointer" and isinstance(item.event, RawPointer) and item.event.serial == control.serial:
                item.control = control
                return item
        return None

    def settle(self, event: RawField, *, changed: bool) -> None:
        """The field is known and hides nothing. Keys that waited to be told theirs belong to it, from the first of
        them on; what was typed into a field that has another name does not.
        """
        settled: deque[Item] = deque()
        for item in self._items:
            if item.window == event.window and item.done and item.secure is Secure.UNKNOWN:
                if item.mark == "pointer":
                    item.secure = event.secure
                elif item.field in (None, event.field):
                    item.field, item.secure = event.field, event.secure
                    if changed and item.mark in TYPING:
                        settled.append(Item(item.at, "leave"))
                        changed = False
            settled.append(item)
        if changed:
            settled.append(Item(event.at, "leave"))
        self._items = settled

    def turned(self, page: RawPage) -> None:
        """It became known which page a browser shows: what waited to be told belongs to it."""
        for item in self._items:
            if item.window == page.window and item.page is None:
                item.page = page
