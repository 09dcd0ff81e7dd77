"""Sets of pixels as lists of rectangles that do not overlap. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class Rect(NamedTuple):
    """Left, top, width and height in pixels; empty if a side is not positive."""

    x: int
    y: int
    width: int
    height: int

    @property
    def area(self) -> int:
        """Pixels."""
        return max(0, self.width) * max(0, self.height)

    def moved(self, x: int, y: int) -> Rect:
        """The same size, shifted."""
        return Rect(self.x + x, self.y + y, self.width, self.height)

    def common(self, other: Rect) -> Rect:
        """What both cover; may be empty."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        return Rect(left, top, max(0, right - left), max(0, bottom - top))

    def inside(self, other: Rect) -> bool:
        """Is all of it in ``other``? An empty one is in nothing."""
        return self.area > 0 and self.common(other) == self


#: Rectangles that share no pixel, none of them empty.
Region: TypeAlias = tuple[Rect, ...]


def area(region: Region) -> int:
    """Pixels."""
    return sum(rect.area for rect in region)


def without(region: Region, hole: Rect) -> Region:
    """``region`` less ``hole``."""
    left: list[Rect] = []
    for rect in region:
        common = rect.common(hole)
        if not common.area:
            left.append(rect)
            continue
        right, bottom = rect.x + rect.width, rect.y + rect.height
        below = common.y + common.height
        beside = common.x + common.width
        pieces = (
            Rect(rect.x, rect.y, rect.width, common.y - rect.y),
            Rect(rect.x, below, rect.width, bottom - below),
            Rect(rect.x, common.y, common.x - rect.x, common.height),
            Rect(beside, common.y, right - beside, common.height),
        )
        left.extend(piece for piece in pieces if piece.area)
    return tuple(left)


def union(rects: Iterable[Rect]) -> Region:
    """The pixels that are in any of ``rects``, which may overlap."""
    region: Region = ()
    for rect in rects:
        added: Region = (rect,) if rect.area else ()
        for known in region:
            added = without(added, known)
        region += added
    return region


def within(region: Region, other: Region) -> Region:
    """The pixels in both."""
    return tuple(common for a in region for b in other if (common := a.common(b)).area)
