"""What the input observer tells of a key, and needs to be told of the focused field: does it hide what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from agent.records import Secure

#: (X keysym name, text, held modifiers), as RawKey takes them.
Stroke: TypeAlias = tuple[str, str, frozenset[str]]
#: (process, opaque id of the field or None, whether it hides what is typed). Called from a thread of the watch.
OnField: TypeAlias = Callable[[int, str | None, Secure], None]
#: (serial of the press, role, label, does it hide what is typed). Called from a thread of the watch, or never.
OnControl: TypeAlias = Callable[[int, str, str, Secure], None]
#: (process, opaque id of the field, characters before the caret, in the field, selection). From a thread of the watch.
OnCaret: TypeAlias = Callable[[int, str, int, int, tuple[int, int]], None]
#: (process, host of the page in front or None). Called from a thread of the watch.
OnPage: TypeAlias = Callable[[int, str | None], None]


class FieldWatch(Protocol):
    """Watches which field of which process has the focus."""

    def also(self, on_control: OnControl, on_page: OnPage, on_caret: OnCaret) -> None:
        """Who gets the answers to ``hit``, ``page`` and ``caret``. Before ``start``."""

    def start(self, on_field: OnField) -> None:
        """Begin; ``on_field`` gets every answer."""

    def hit(self, pid: int, serial: int, place: tuple[int, int]) -> None:
        """Look up in the background what is at this place of the screen in that process."""

    def caret(self, pid: int) -> None:
        """Look up in the background, a moment later, where the caret of that process's focused field is."""

    def page(self, pid: int) -> None:
        """Look up in the background which page that browser shows."""

    def current(self, pid: int) -> tuple[str | None, Secure]:
        """What is known of that process, (None, UNKNOWN) if nothing. Never waits."""

    def ask(self, pid: int) -> None:
        """Look it up in the background; the answer comes through ``on_field``."""

    def healthy(self) -> bool:
        """Does anybody answer at all? If not, every field is unknown, and the employee is told why."""

    def stop(self) -> None:
        """End. Nothing reaches ``on_field`` after it returns. Twice is fine."""
