"""What chords do to text under each system, told in the keys of X11 that the rest of this folder knows.

Sources: Apple, "Mac keyboard shortcuts" (document editing) and Cocoa's StandardKeyBinding.dict; Microsoft, "Keyboard
shortcuts in Windows" (text editing) and the documentation of EDIT controls, whose words are parted by blanks only.
Where programs of one system differ, the chord stays one that nobody knows, and the caret counts as lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from agent.assembly.keys import KILL_LINE, KILL_REST, printable
from agent.assembly.words import BLANKS, BOUNDARIES

System: TypeAlias = Literal["linux", "windows", "macos"]
#: A key and the modifiers that command: Shift, which only selects, and AltGr, which only types, stand outside.
Chord: TypeAlias = tuple[str, frozenset[str]]

_CONTROL: Final = frozenset({"Control"})
_ALT: Final = frozenset({"Alt"})
_SUPER: Final = frozenset({"Super"})
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Habits:
    """chords: what stands here under another chord. boundaries: what ends a word in all toolkits of the system.

    ``option``: does the Alt key type characters?
    """

    chords: Mapping[Chord, Chord]
    boundaries: frozenset[str]
    option: bool = False

    def chord(self, key: str, text: str, modifiers: frozenset[str]) -> Chord:
        """The key and modifiers of X11 that do what these do here."""
        if not self.chords:
            return key, modifiers
        aside = modifiers & {"Shift", "AltGr"}
        name = key.lower() if len(key) == 1 else key
        there = self.chords.get((name, modifiers - aside))
        if there is not None:
            return there[0], there[1] | aside
        if self.option and modifiers - aside == _ALT and printable(key, text):
            return key, aside
        return key, modifiers


_COMMANDS: Final = ("a", "c", "x", "v", "z", "s")

HABITS: Final[Mapping[System, Habits]] = {
    "linux": Habits({}, BOUNDARIES),
    "windows": Habits(
        {
            ("BackSpace", _ALT): ("z", _CONTROL),
            ("Insert", _CONTROL): ("c", _CONTROL),
        },
        BLANKS,
    ),
    "macos": Habits(
        {
            **{(name, _ALT): (name, _CONTROL) for name in ("Left", "Right", "BackSpace", "Delete")},
            **{(letter, _SUPER): (letter, _CONTROL) for letter in _COMMANDS},
            ("v", _SUPER | _ALT): ("v", _CONTROL),
            ("Left", _SUPER): ("Home", _NONE),
            ("Right", _SUPER): ("End", _NONE),
            ("Up", _SUPER): ("Home", _CONTROL),
            ("Down", _SUPER): ("End", _CONTROL),
            ("BackSpace", _SUPER): (KILL_LINE, _NONE),
            ("Delete", _SUPER): (KILL_REST, _NONE),
            ("k", _CONTROL): (KILL_REST, _NONE),
            ("a", _CONTROL): ("Home", _NONE),
            ("e", _CONTROL): ("End", _NONE),
            ("b", _CONTROL): ("Left", _NONE),
            ("f", _CONTROL): ("Right", _NONE),
            ("p", _CONTROL): ("Up", _NONE),
            ("n", _CONTROL): ("Down", _NONE),
            ("h", _CONTROL): ("BackSpace", _NONE),
            ("d", _CONTROL): ("Delete", _NONE),
            ("y", _CONTROL): ("v", _CONTROL),  # what Control and K took out is put back: nobody here keeps it
            # On a Mac these scroll in some programs and move the caret in others, and Control with letters does not
            # what it does elsewhere.
            ("Home", _NONE): ("Home", _SUPER),
            ("End", _NONE): ("End", _SUPER),
            **{(letter, _CONTROL): (letter, _SUPER) for letter in ("c", "x", "v", "z", "s")},
            **{(name, _CONTROL): (name, _SUPER) for name in ("Left", "Right", "BackSpace", "Delete")},
        },
        BOUNDARIES,
        option=True,
    ),
}
