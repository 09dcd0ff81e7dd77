"""What the store knows of each record in memory, and the totals that are asked for several times a second."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from agent.buffer.manifest import Listed
from agent.records import State

#: Records of which states; None: of all.
States: TypeAlias = State | frozenset[State] | None


def wanted(states: States) -> frozenset[State]:
    """The states as a set."""
    return frozenset(State) if states is None else frozenset({states}) if isinstance(states, State) else states


class _Tally:
    """Of the records of one state. Times are added in order as a rule; they are sorted again only after others."""

    __slots__ = ("_in_order", "_times", "count", "size")

    def __init__(self) -> None:
        self.count = 0
        self.size = 0
        self._times: list[int] | None = []
        self._in_order = True

    def add(self, entry: Listed) -> None:
        self.count += 1
        self.size += entry.size
        if self._times is not None:
            self._in_order = self._in_order and (not self._times or self._times[-1] <= entry.expires)
            self._times.append(entry.expires)

    def take(self, entry: Listed) -> None:
        self.count -= 1
        self.size -= entry.size
        self._times = None

    def before(self, time: int, entries: Iterable[Listed]) -> int:
        """How many expire before ``time``. entries: all of this state, looked at only if some were taken away."""
        if self._times is None:
            self._times, self._in_order = [entry.expires for entry in entries], False
        if not self._in_order:
            self._times.sort()
            self._in_order = True
        return bisect_left(self._times, time)


class Index:
    """Row -> ``Listed``, in the order in which rows were first put. Counting does not look at every record."""

    def __init__(self, entries: Iterable[Listed] = ()) -> None:
        self._entries: dict[int, Listed] = {}
        self._tallies = {state: _Tally() for state in State}
        for entry in entries:
            self.put(entry)

    def __getitem__(self, row: int) -> Listed:
        return self._entries[row]

    def __contains__(self, row: int) -> bool:
        return row in self._entries

    def __iter__(self) -> Iterator[int]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, row: int) -> Listed | None:
        return self._entries.get(row)

    def put(self, entry: Listed) -> None:
        """In the place of what stands under its row, else at the end."""
        self._forget(self._entries.get(entry.row))
        self._entries[entry.row] = entry
        self._tallies[entry.state].add(entry)

    def drop(self, row: int) -> None:
        """Fine if it is not there."""
        self._forget(self._entries.pop(row, None))

    def set(self, row: int, entry: Listed | None) -> None:
        """``put`` or, with None, ``drop``."""
        if entry is None:
            self.drop(row)
        else:
            self.put(entry)

    def page(self, wanted: frozenset[State], offset: int, limit: int | None, *, newest_first: bool) -> list[int]:
        """Rows in one of these states; goes no further than it has to. limit: None for all."""
        entries = reversed(self._entries.values()) if newest_first else iter(self._entries.values())
        rows = (entry.row for entry in entries if entry.state in wanted)
        start = max(0, offset)
        return list(islice(rows, start, None if limit is None else max(start, offset + limit)))

    def listing(self, wanted: frozenset[State]) -> Iterator[Listed]:
        """Those in one of these states, in order."""
        return (entry for entry in self._entries.values() if entry.state in wanted)

    def count(self, wanted: frozenset[State]) -> int:
        return sum(self._tallies[state].count for state in wanted)

    def size(self, wanted: frozenset[State]) -> int:
        return sum(self._tallies[state].size for state in wanted)

    def due_before(self, time: int, wanted: frozenset[State]) -> int:
        """How many expire before ``time``."""
        return sum(self._tallies[state].before(time, self.listing(frozenset({state}))) for state in wanted)

    def _forget(self, entry: Listed | None) -> None:
        if entry is not None:
            self._tallies[entry.state].take(entry)
