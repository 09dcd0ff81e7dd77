"""Where the keyboard focus is, told only by events in the server's order. Pure.

Source: X Window System Protocol, "Events", FocusIn and FocusOut; Xlib manual, section 10.7.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Mode(IntEnum):
    """Why a focus event came."""

    NORMAL = 0
    GRAB = 1
    UNGRAB = 2
    WHILE_GRABBED = 3


class Detail(IntEnum):
    """Where the focus went to or came from, seen from the window of the event."""

    ANCESTOR = 0
    VIRTUAL = 1
    INFERIOR = 2
    NONLINEAR = 3
    NONLINEAR_VIRTUAL = 4
    POINTER = 5
    POINTER_ROOT = 6
    NONE = 7


_ARRIVED: Final = frozenset({Detail.ANCESTOR, Detail.INFERIOR, Detail.NONLINEAR})


class FocusView:
    """The ordered view.

    window: the window that has the focus, None while it cannot be told. grabbed: some client takes every key for
    itself. epoch: grows with every change, so two equal epochs mean that nothing moved between them.
    """

    def __init__(self) -> None:
        self.window: int | None = None
        self.grabbed = False
        self.epoch = 0

    @property
    def receiver(self) -> int | None:
        """The window that gets the keys, None while that cannot be told."""
        return None if self.grabbed else self.window

    def focus_in(self, window: int, mode: int, detail: int) -> None:
        if self._grab_or_pointer(mode, detail):
            return
        # The focus went somewhere below this window (virtual) or to no window at all: not told, so not known.
        self.window = window if detail in _ARRIVED else None

    def focus_out(self, mode: int, detail: int) -> None:
        if self._grab_or_pointer(mode, detail):
            return
        self.window = None

    def _grab_or_pointer(self, mode: int, detail: int) -> bool:
        """Is this about a grab, or about the pointer's window while the focus is elsewhere?"""
        if detail == Detail.POINTER:
            return True
        self.epoch += 1
        if mode in (Mode.GRAB, Mode.UNGRAB):
            self.grabbed = mode == Mode.GRAB
            return True
        if mode == Mode.NORMAL:
            self.grabbed = False  # the server uses this mode only while nobody holds a grab
        return False

    def anchor(self, window: int | None) -> None:
        """The server itself said ``window``, at this place in the order of its events."""
        if window != self.window:
            self.window = window
            self.epoch += 1
