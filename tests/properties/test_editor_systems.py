"""Random editing by the chords of Windows and of macOS, against plain models of their text fields.

A plain EDIT control of Windows parts words by blanks, richer fields by any sign; both go to where the next word begins.
A field of Cocoa parts them by any sign and goes to where a word ends. What one of them deletes never comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.assembly import Assembler
from agent.assembly.habits import System
from tests.fakes.typing import admitted, key_event

#: Every letter is typed once, so that each can be followed.
LETTERS = [chr(code) for code in range(0x100, 0x250) if chr(code).islower()]


@dataclass
class Model:
    """A field; ``inside``: is a character part of a word? ``onward``: does going right skip the blanks behind it?"""

    inside: Callable[[str], bool]
    onward: bool
    text: list[str] = field(default_factory=list)
    caret: int = 0
    anchor: int = 0

    def put(self, text: str) -> None:
        start, end = sorted((self.caret, self.anchor))
        self.text[start:end] = text
        self.caret = self.anchor = start + len(text)

    def word_left(self) -> int:
        place = self.caret
        while place and not self.inside(self.text[place - 1]):
            place -= 1
        while place and self.inside(self.text[place - 1]):
            place -= 1
        return place

    def word_right(self) -> int:
        place, size = self.caret, len(self.text)
        if not self.onward:
            while place < size and not self.inside(self.text[place]):
                place += 1
        while place < size and self.inside(self.text[place]):
            place += 1
        if self.onward:
            while place < size and not self.inside(self.text[place]):
                place += 1
        return place

    def go(self, place: int, select: bool) -> None:
        self.caret = max(0, min(place, len(self.text)))
        if not select:
            self.anchor = self.caret

    def erase(self, to: int) -> None:
        if self.caret == self.anchor:
            self.anchor = max(0, min(to, len(self.text)))
        self.put("")

    def deed(self, what: str) -> None:
        select = what.startswith("select ")
        match what.removeprefix("select "):
            case "left":
                self.go(self.caret - 1, select)
            case "right":
                self.go(self.caret + 1, select)
            case "word left":
                self.go(self.word_left(), select)
            case "word right":
                self.go(self.word_right(), select)
            case "start":
                self.go(0, select)
            case "end":
                self.go(len(self.text), select)
            case "all":
                self.anchor, self.caret = 0, len(self.text)
            case "erase":
                self.erase(self.caret - 1)
            case "erase on":
                self.erase(self.caret + 1)
            case "erase word":
                self.erase(self.word_left())
            case "erase word on":
                self.erase(self.word_right())
            case "erase line":
                self.erase(0)
            case _:
                self.erase(len(self.text))


COMMON = {
    "left": "Left", "right": "Right", "erase": "BackSpace", "erase on": "Delete",
    "select left": "Shift+Left", "select right": "Shift+Right",
}  # fmt: skip
WINDOWS = {
    **COMMON, "word left": "Control+Left", "word right": "Control+Right", "select word left": "Control+Shift+Left",
    "select word right": "Control+Shift+Right", "start": "Home", "end": "End", "select start": "Shift+Home",
    "all": "Control+a", "erase word": "Control+BackSpace", "erase word on": "Control+Delete",
}  # fmt: skip
MACOS = {
    **COMMON, "word left": "Alt+Left", "word right": "Alt+Right", "select word left": "Alt+Shift+Left",
    "select word right": "Alt+Shift+Right", "start": "Super+Left", "end": "Super+Right",
    "select start": "Super+Shift+Left", "all": "Super+a", "erase word": "Alt+BackSpace", "erase word on": "Alt+Delete",
    "erase line": "Super+BackSpace", "erase rest": "Control+k",
}  # fmt: skip


def play(system: System, chords: dict[str, str], model: Model, script: list[str]) -> tuple[str, set[str]]:
    """Everything that came out, and every letter that was deleted before it did."""
    assembler = Assembler(lambda _text: 0, system)
    letters = iter(LETTERS)
    now, out = 10.0, ""
    gone: set[str] = set()
    for deed in script:
        now += 0.1
        before = set(model.text)
        collapses = model.caret != model.anchor and deed in {"left", "right", "word left", "word right"}
        if collapses:
            continue  # toolkits leave a selection in different places
        if deed in {"letter", " ", "-"}:
            char = next(letters) if deed == "letter" else deed
            model.put(char)
            event = key_event({" ": "space", "-": "minus"}.get(char, char), char, at=now)
        else:
            model.deed(deed)
            *modifiers, name = chords[deed].split("+")
            event = key_event(name, name if len(name) == 1 else "", *modifiers, at=now)
        out += "".join(raw.expose()[0] for raw in assembler.feed(admitted(event), now, 0))
        gone |= {char for char in before - set(model.text) if char.isalpha()} - set(out)
    out += "".join(raw.expose()[0] for raw in assembler.leave(now, 0))
    return out, gone


def scripts(chords: dict[str, str]) -> st.SearchStrategy[list[str]]:
    typed = st.sampled_from(("letter", "letter", "letter", " ", "-"))
    return st.lists(st.one_of(typed, st.sampled_from(sorted(chords))), max_size=50)


def check(system: System, chords: dict[str, str], model: Model, script: list[str]) -> None:
    out, gone = play(system, chords, model, script)
    letters = [char for char in out if char.isalpha()]
    assert len(set(letters)) == len(letters)
    assert not gone.intersection(letters)


@settings(max_examples=400)
@given(scripts(WINDOWS))
def test_nothing_deleted_in_a_plain_field_of_windows_comes_out(script: list[str]) -> None:
    check("windows", WINDOWS, Model(lambda char: char != " ", onward=True), script)


@settings(max_examples=400)
@given(scripts(WINDOWS))
def test_nothing_deleted_in_a_rich_field_of_windows_comes_out(script: list[str]) -> None:
    check("windows", WINDOWS, Model(str.isalpha, onward=True), script)


@settings(max_examples=400)
@given(scripts(MACOS))
def test_nothing_deleted_in_a_field_of_cocoa_comes_out(script: list[str]) -> None:
    check("macos", MACOS, Model(str.isalpha, onward=False), script)
