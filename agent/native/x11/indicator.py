"""Is the sign that something is being collected on the screen? Asked of the X server itself, not of the UI.

The promise is "no visible sign, no capture", so every doubt is a no: a window that went away, an answer that did
not come, a server without the extension that names a window's owner. Limits: a compositor could paint something else
than the windows it is given; no client can see that.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Final

from agent.native.base import IndicatorState
from agent.native.x11.connection import Connection, ServerGone
from agent.native.x11.looking import Looking, Seen
from agent.native.x11.region import Rect, Region, area, union, within, without
from agent.problems import Unavailable

SMALLEST: Final = 16
LEAST_OPACITY: Final = 0.90
LEAST_SHAPE: Final = 0.60
LEAST_UNCOVERED: Final = 0.75
_OPAQUE: Final = 0xFFFF_FFFF
#: Seconds for the server's answer. Somebody may hold the whole server (GrabServer): then nothing is certain.
_PATIENCE: Final = 0.5
#: Window managers wrap a window in one frame or two; a longer way up is not an ordinary desktop.
_DEEPEST: Final = 16


class _Hidden(Exception):
    """The sign cannot be seen; the argument says why, for a person."""


class X11Indicator:
    """Implements ``agent.native.base.Indicator``. For one thread. Opens its own connection when first asked."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = environ
        self._connection: Connection | None = None
        self._looking: Looking | None = None

    def verify(self, windows: Sequence[int], owner: int) -> IndicatorState:
        """Does every monitor wholly show one of ``windows``, made by process ``owner``, with nothing in its way?

        At least 16 x 16 pixels, 90 % opaque, 60 % of its rectangle there, 75 % of that uncovered.
        """
        try:
            _check(self._look(), windows, owner)
        except _Hidden as hidden:
            return IndicatorState(visible=False, detail=str(hidden))
        except (ServerGone, Unavailable, struct.error):
            self.close()
            return IndicatorState(visible=False, detail="the screen does not answer.")
        return IndicatorState(visible=True)

    def close(self) -> None:
        """Give back the connection. Twice is fine."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._looking = None

    def _look(self) -> Looking:
        if self._looking is None:
            self._connection = Connection(self._environ, _PATIENCE)
            self._looking = Looking(self._connection)
        return self._looking


def _check(look: Looking, windows: Sequence[int], owner: int) -> None:
    if not windows:
        raise _Hidden("there is no sign.")
    monitors = look.monitors()
    shown: list[Rect] = []
    reasons: list[str] = []
    for window in windows:
        try:
            shown.append(_shown(look, window, owner, monitors))
        except _Hidden as hidden:
            reasons.append(str(hidden))
    for monitor in monitors:
        if not any(rect.inside(monitor) for rect in shown):
            raise _Hidden(reasons[0] if reasons else "a screen has no sign.")


def _shown(look: Looking, window: int, owner: int, monitors: Sequence[Rect]) -> Rect:
    """Where the window is on the screen, or ``_Hidden``."""
    if not 0 < window < 1 << 32 or look.of_the_server(window):
        raise _Hidden("the sign is gone.")
    chain = _up(look, window)
    if look.owner(window) != owner:
        raise _Hidden("the sign is not Aboveboard's own.")
    own = chain[0][1]
    if not all(seen.drawn for _, seen, _ in chain):
        raise _Hidden("the sign is not shown.")
    if own.place.width < SMALLEST or own.place.height < SMALLEST:
        raise _Hidden("the sign is too small.")
    for part, _, _ in chain:
        opacity = look.cardinal(part, "_NET_WM_WINDOW_OPACITY")
        if opacity is not None and opacity < LEAST_OPACITY * _OPAQUE:
            raise _Hidden("the sign is see-through.")
    return _uncovered(look, chain, monitors)


#: A window, what it is, and its siblings above it (lowest first).
_Step = tuple[int, Seen, tuple[int, ...]]


def _up(look: Looking, window: int) -> list[_Step]:
    """From the window to the one below the root."""
    chain: list[_Step] = []
    current = window
    tree = look.tree(current)
    while tree is not None and len(chain) < _DEEPEST:
        parent, _ = tree
        (seen,) = look.windows([current])
        above = look.tree(parent) if parent else None
        if seen is None or above is None or current not in above[1]:
            break
        chain.append((current, seen, above[1][above[1].index(current) + 1 :]))
        if parent == look.root():
            return chain
        current, tree = parent, above
    raise _Hidden("the sign is gone.")


def _uncovered(look: Looking, chain: list[_Step], monitors: Sequence[Rect]) -> Rect:
    """Take away what clips and what covers, from the window outwards, in each parent's coordinates in turn."""
    window, own, _ = chain[0]
    place = own.place
    whole = own.place.area
    shape = look.shape(window, own.place, own.place)
    left: Region = within(shape or (), (own.place,))
    if area(left) < LEAST_SHAPE * whole:
        raise _Hidden("the sign has lost its shape.")
    drawable = area(left)
    tree = look.tree(window)
    strangers = [child for child in tree[1] if not look.same_client(child, window)] if tree else []
    # a stranger's window put inside the sign is a cover like any other
    left = _less(look, left, strangers, own.place)
    for number, (step, seen, above) in enumerate(chain):
        if number:
            clip = look.shape(step, seen.place, seen.outer)
            left = within(tuple(rect.moved(seen.place.x, seen.place.y) for rect in left), (seen.place,))
            left = within(left, clip or ())
            place = place.moved(seen.place.x, seen.place.y)
        left = _less(look, left, above)
    if not any(place.inside(monitor) for monitor in monitors):
        raise _Hidden("the sign is not wholly on a screen.")
    if area(left) < LEAST_UNCOVERED * drawable:
        raise _Hidden("something covers the sign, or it is clipped.")
    return place


def _less(look: Looking, left: Region, windows: Sequence[int], parent: Rect | None = None) -> Region:
    """``left`` less what ``windows`` cover; one that is gone meanwhile covers nothing. parent: adds its place."""
    for other, seen in zip(windows, look.windows(windows), strict=True):
        if seen is None or not seen.drawn:
            continue
        x, y = (parent.x, parent.y) if parent else (0, 0)
        outer = seen.outer.moved(x, y)
        if not within(left, union([outer])):
            continue
        for hole in look.cover(other, seen.place, seen.outer):
            left = without(left, hole.moved(x, y))
    return left
