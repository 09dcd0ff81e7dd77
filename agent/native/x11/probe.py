"""Two questions to the server at one place in the order of its events: who has the focus, does anybody hold a grab?

The second has no request of its own. GrabKeyboard for a window that can never be viewable cannot succeed; the X.Org
server answers AlreadyGrabbed before it looks at the window (``GrabDevice`` in dix/events.c), NotViewable otherwise.
So the refusal tells, and nothing changes for anybody.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from agent.native.x11.connection import Connection, ServerGone

_CREATE_WINDOW: Final = 1
_GRAB_POINTER: Final = 26
_GRAB_KEYBOARD: Final = 31
_GET_INPUT_FOCUS: Final = 43
_INPUT_ONLY: Final = 2
_ASYNCHRONOUS: Final = 1
_NOT_VIEWABLE: Final = 3
_POINTER_ROOT: Final = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """focus: None if no window has it, or the one under the pointer. grabbed: some client takes every key."""

    focus: int | None
    grabbed: bool


class Probe:
    """Asks over ``connection``. Every event older than an answer is in the connection's queue when it returns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._never_mapped = connection.new_id()
        place = struct.pack("<IIhhHHHHII", self._never_mapped, connection.root, 0, 0, 1, 1, 0, _INPUT_ONLY, 0, 0)
        connection.send(_CREATE_WINDOW, 0, place)

    def pointer_is_free(self) -> bool:
        """Does no client hold the pointer, not even for a button that is down?"""
        body = struct.pack("<IHBBIII", self._never_mapped, 0, _ASYNCHRONOUS, _ASYNCHRONOUS, 0, 0, 0)
        refusal = self._connection.call(_GRAB_POINTER, 0, body)
        return refusal is not None and refusal[1] == _NOT_VIEWABLE

    def ask(self) -> Answer:
        body = struct.pack("<IIBBxx", self._never_mapped, 0, _ASYNCHRONOUS, _ASYNCHRONOUS)
        grab = self._connection.ask(_GRAB_KEYBOARD, 0, body)
        focus = self._connection.ask(_GET_INPUT_FOCUS)
        refusal, holder = self._connection.answer(grab), self._connection.answer(focus)
        if holder is None:
            raise ServerGone("no answer about the focus")
        (window,) = struct.unpack_from("<I", holder, 8)
        grabbed = refusal is None or refusal[1] != _NOT_VIEWABLE
        return Answer(window if window > _POINTER_ROOT else None, grabbed)
