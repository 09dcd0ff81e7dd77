"""Regions of rectangles agree with the same sets written out pixel by pixel."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.native.x11.region import Rect, Region, area, union, within, without

_side = st.integers(-1, 9)
_rects = st.builds(Rect, st.integers(-5, 9), st.integers(-5, 9), _side, _side)
_regions = st.lists(_rects, max_size=5).map(union)


def pixels(rects: list[Rect] | Region) -> set[tuple[int, int]]:
    return {
        (x, y)
        for rect in rects
        for x in range(rect.x, rect.x + rect.width)
        for y in range(rect.y, rect.y + rect.height)
    }


@given(st.lists(_rects, max_size=6))
def test_union(rects: list[Rect]) -> None:
    region = union(rects)

    assert pixels(region) == pixels(rects)
    assert area(region) == len(pixels(rects)), "no pixel counts twice"


@given(_regions, _rects)
def test_without(region: Region, hole: Rect) -> None:
    left = without(region, hole)

    assert pixels(left) == pixels(region) - pixels([hole])
    assert area(left) == len(pixels(left))


@given(_regions, _regions)
def test_within(one: Region, other: Region) -> None:
    common = within(one, other)

    assert pixels(common) == pixels(one) & pixels(other)
    assert area(common) == len(pixels(common))


@given(_rects, _rects)
def test_inside(one: Rect, other: Rect) -> None:
    inner = pixels([one])

    assert one.inside(other) == (bool(inner) and inner <= pixels([other]))
