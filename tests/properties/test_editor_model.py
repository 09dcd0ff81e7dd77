"""Random editing in a field that holds other text too, with a mouse and pastes, against a plain model of the widget.

Every key types a character of its own. The model knows what the assembler cannot: where the caret really is.
"""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.assembly import Assembler
from agent.records import RawCaret, RawText
from tests.fakes.typing import admitted, key_event, press

#: What a deed is, and a number for those that need one.
Deed: TypeAlias = tuple[str, int]

places = st.integers(0, 40)
deeds = st.one_of(
    st.just(("type", 0)),
    st.just(("type", 0)),
    st.sampled_from(
        [(name, 0) for name in ("Left", "Right", "Home", "End", "BackSpace", "Delete", "Shift+Left", "Shift+Right")]
    ),
    st.sampled_from([(name, 0) for name in ("Shift+Home", "Shift+End", "Control+a", "Control+Home", "Control+End")]),
    st.tuples(st.sampled_from(("click", "click silently", "choose", "Up", "Up silently")), places),
    st.sampled_from((("paste", 1), ("paste", 3), ("undo", 0), ("rest", 0), ("late word", 0))),
)


class Widget:
    """A text field: characters of others are ``.``, of a paste ``,``."""

    def __init__(self, before: int, after: int) -> None:
        self.text = ["."] * (before + after)
        self.caret = self.anchor = before

    def chosen(self) -> tuple[int, int]:
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    def put(self, text: str) -> None:
        start, end = self.chosen()
        self.text[start:end] = text
        self.caret = self.anchor = start + len(text)

    def key(self, name: str) -> None:
        *modifiers, key = name.split("+")
        start, end = self.chosen()
        if key == "a":
            self.anchor, self.caret = 0, len(self.text)
        elif key in {"BackSpace", "Delete"}:
            if start == end:
                self.anchor = max(0, start - 1) if key == "BackSpace" else min(len(self.text), end + 1)
            self.put("")
        else:
            collapses = start != end and "Shift" not in modifiers
            to = {
                "Left": start if collapses else max(0, self.caret - 1),
                "Right": end if collapses else min(len(self.text), self.caret + 1),
                "Home": 0,
                "End": len(self.text),
            }
            self.caret = to[key]
            if "Shift" not in modifiers:
                self.anchor = self.caret


class Session:
    """Does the deeds in both. told: does the field say where its caret is when it is first used?"""

    def __init__(self, before: int, after: int, *, told: bool) -> None:
        self.widget = Widget(before, after)
        self.assembler = Assembler(lambda _text: 0)
        self.now = 10.0
        self.typed = 0
        self.out: list[RawText] = []
        #: Typed characters that were deleted before any record held them: they must never come out.
        self.gone: set[str] = set()
        if told:
            self.tell()

    def records(self) -> list[str]:
        """What came out, without placeholders."""
        found = []
        for raw in self.out:
            text = raw.expose()[0]
            for mark in reversed(raw.marks):
                text = text[: mark.start] + text[mark.end :]
            found.append(text)
        return found

    def do(self, deed: Deed) -> None:
        name, place = deed
        self.now += 0.1
        before = set(self.widget.text)
        match name.split()[0]:
            case "type":
                self.typed += 1
                character = chr(0x4E00 + self.typed)
                self.press(character, character)
                self.widget.put(character)
            case "click" | "Up" | "choose":
                self.move(name, place)
            case "paste":
                self.press("v", "", "Control")
                self.widget.put("," * place)
            case "undo":  # of an empty history: what matters is that nobody knows
                self.press("z", "", "Control")
            case "rest":
                self.now += 1
                self.tell()
            case "late":
                self.tell()
            case _:
                *modifiers, key = name.split("+")
                self.press(key, "", *modifiers)
                self.widget.key(name)
        kept = set("".join(self.records()))
        self.gone |= {char for char in before - set(self.widget.text) if char not in ".,"} - kept

    def move(self, name: str, place: int) -> None:
        if name.startswith("Up"):
            self.press("Up", "")
        else:
            self.out += self.assembler.clicked(press(1, 1, self.now), self.now, 0)
        size = len(self.widget.text)
        self.widget.caret = self.widget.anchor = min(place, size)
        if name == "choose":
            self.widget.caret = min(place + 3, size)
        if not name.endswith("silently"):
            self.now += 0.3
            self.tell()

    def press(self, key: str, text: str, *modifiers: str) -> None:
        event = key_event(key, text, *modifiers, at=self.now)
        self.out += self.assembler.feed(admitted(event), self.now, 0)

    def tell(self) -> None:
        event = RawCaret(1, "a", self.widget.caret, len(self.widget.text), self.widget.chosen(), self.now)
        self.out += self.assembler.caret(event, self.now, 0)

    def leave(self) -> None:
        self.out += self.assembler.leave(self.now, 0)


scripts = st.lists(deeds, max_size=40)


@settings(max_examples=400)
@given(st.integers(0, 4), st.integers(0, 4), st.booleans(), scripts)
def test_what_was_corrected_away_never_comes_out_and_nothing_comes_twice(
    before: int, after: int, told: bool, script: list[Deed]
) -> None:
    session = Session(before, after, told=told)
    for deed in script:
        session.do(deed)
    session.leave()
    everything = "".join(session.records())
    assert len(set(everything)) == len(everything)
    assert not session.gone.intersection(everything)


simple = st.one_of(
    st.just(("type", 0)),
    st.just(("type", 0)),
    st.sampled_from([(name, 0) for name in ("Left", "Right", "BackSpace", "Delete", "Shift+Left", "Shift+Right")]),
    st.sampled_from([(name, 0) for name in ("Home", "End", "Shift+Home", "Shift+End", "rest")]),
    st.tuples(st.sampled_from(("click", "choose", "Up")), places),
)


@settings(max_examples=400)
@given(st.lists(simple, max_size=40))
def test_a_field_that_says_where_its_caret_is_gives_the_very_text_it_holds(script: list[Deed]) -> None:
    session = Session(0, 0, told=True)
    for deed in script:
        if deed[0] in {"Left", "Right"} and session.widget.caret != session.widget.anchor:
            continue  # toolkits leave a selection in different places
        session.do(deed)
        assert session.out == []
    session.leave()
    assert "".join(session.records()) == "".join(session.widget.text)


@settings(max_examples=400)
@given(st.integers(0, 4), st.integers(0, 4), scripts)
def test_what_stays_in_the_field_is_kept(before: int, after: int, script: list[Deed]) -> None:
    session = Session(before, after, told=True)
    for deed in script:
        session.do(deed)
    session.leave()
    stays = {char for char in session.widget.text if char not in ".,"}
    assert stays <= set("".join(session.records()))
