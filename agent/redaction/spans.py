"""Arithmetic of spans: merging, cutting out what is already gone, replacing from the end backwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from agent.records import Removed
from agent.redaction.kinds import OWN_WORD, PRECEDENCE
from agent.redaction.numbers import Numbers, in_order
from agent.redaction.view import BARRIER, Span

#: Longer than any text.
_ASKED_FOR: Final = 1 << 62


def merge(spans: Iterable[Span]) -> list[Span]:
    """Overlapping spans become one: a private word where one is in it, else of the kind of its longest part; in order,
    disjoint.
    """
    merged: list[Span] = []
    longest = 0
    for span in sorted(spans):
        # What the employee asked for by name is told as that, whatever else it may be.
        length = _ASKED_FOR if span.kind == OWN_WORD else span.end - span.start
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            rank = PRECEDENCE.get(span.kind, 99), PRECEDENCE.get(last.kind, 99)
            takes_over = length > longest or (length == longest and rank[0] < rank[1])
            longest = max(longest, length)
            merged[-1] = Span(last.start, max(last.end, span.end), span.kind if takes_over else last.kind)
        elif span.end > span.start:
            merged.append(span)
            longest = length
    return merged


def _end(hole: Removed) -> int:
    return hole.end


def outside(span: Span, holes: Sequence[Removed], text: str) -> list[Span]:
    """The parts of ``span`` that no hole covers and that hold a letter or digit. ``holes`` in order, disjoint."""
    parts: list[Span] = []
    start = span.start
    # The first hole that ends behind the start is looked up: going through all of them each time would be a square.
    for index in range(bisect_right(holes, start, key=_end), len(holes)):
        hole = holes[index]
        if hole.start >= span.end:
            break
        if hole.start > start:
            parts.append(Span(start, hole.start, span.kind))
        start = max(start, hole.end)
    if start < span.end:
        parts.append(Span(start, span.end, span.kind))
    return [part for part in parts if any(char.isalnum() for char in text[part.start : part.end])]


class Condensed:
    """``text`` with every hole shortened to one barrier character, and the way back to places in ``text``.

    So a record and the text it was made from look the same to a detector, whatever its placeholders say.
    """

    __slots__ = ("_here", "_there", "text")

    def __init__(self, text: str, holes: Sequence[Removed]) -> None:
        pieces: list[str] = []
        self._here, self._there = [0], [0]
        length = start = 0
        for hole in holes:
            pieces += [text[start : hole.start], BARRIER]
            length += hole.start - start + 1
            start = hole.end
            self._here.append(length)
            self._there.append(start)
        pieces.append(text[start:])
        self.text = "".join(pieces)

    def back(self, place: int) -> int:
        """Where ``place`` of the condensed text is in the whole one."""
        index = bisect_right(self._here, place) - 1
        return self._there[index] + place - self._here[index]


def replace(text: str, holes: Sequence[Removed], spans: Sequence[Span]) -> tuple[str, tuple[Removed, ...]]:
    """Put a placeholder where each span is; holes already there keep theirs. All disjoint, in code points of ``text``.

    The second value of a kind has a number, see ``agent.redaction.numbers``. Returns the new text and everything
    removed from it, in order.
    """
    marks: list[tuple[int, int, str, Literal["machine", "employee"], str]] = [
        (hole.start, hole.end, hole.kind, hole.by, text[hole.start : hole.end]) for hole in holes
    ]
    numbers = Numbers((kind, mark) for _, _, kind, _, mark in marks)
    marks += [
        (span.start, span.end, span.kind, "machine", numbers.mark(span.kind, text[span.start : span.end]))
        for span in sorted(spans)
    ]
    marks.sort()
    said = in_order([(kind, mark) for _, _, kind, _, mark in marks])
    marks = [(*mark[:4], words) for mark, words in zip(marks, said, strict=True)]
    for start, end, _kind, _by, mark in reversed(marks):
        text = text[:start] + mark + text[end:]
    removed: list[Removed] = []
    shift = 0
    for start, end, kind, by, mark in marks:
        removed.append(Removed(start + shift, start + shift + len(mark), kind, by))
        shift += len(mark) - (end - start)
    return text, tuple(removed)
