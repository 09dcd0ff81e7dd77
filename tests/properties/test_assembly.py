"""Any sequence of keys, any moments of looking: the same record, no character nobody typed, the caret in range."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agent.assembly import Assembler
from agent.records import RawText
from tests.fakes.typing import admitted, key_event, press

CHARS = "abc 1.\n"
EDITS = (
    "BackSpace", "Delete", "Left", "Right", "Home", "End", "Shift+Left", "Shift+Right", "Shift+Home", "Shift+End",
    "Control+Left", "Control+BackSpace", "Control+Home", "Control+End", "Control+a",
)  # fmt: skip
LOSSES = ("Up", "Down", "Escape", "Tab", "Control+v", "Control+z", "Shift+Insert", "F5")

typed = st.sampled_from(CHARS)
edits = st.sampled_from(EDITS)
losses = st.sampled_from(LOSSES)
plain_session = st.lists(st.one_of(typed, typed, edits), max_size=40)


class UnsureError(Exception):
    """What this key does differs from toolkit to toolkit."""


class Reference:
    """A text box in the plainest words: a string, a caret, the other end of a selection."""

    def __init__(self) -> None:
        self.text, self.caret, self.anchor = "", 0, 0

    def press(self, name: str) -> None:
        *modifiers, key = name.split("+")
        if len(key) == 1 and not modifiers:
            self.replace(*self.selection(), key)
        elif key == "a":
            self.anchor, self.caret = 0, len(self.text)
        elif key in {"BackSpace", "Delete"}:
            self.erase(key, bool(modifiers))
        else:
            self.move(key, "Shift" in modifiers, "Control" in modifiers)

    def selection(self) -> tuple[int, int]:
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    def replace(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]
        self.caret = self.anchor = start + len(text)

    def erase(self, key: str, word: bool) -> None:
        start, end = self.selection()
        if start == end and key == "BackSpace":
            start = self.word_left() if word else max(0, start - 1)
        elif start == end and word:
            raise UnsureError
        elif start == end:
            end = min(len(self.text), end + 1)
        self.replace(start, end, "")

    def move(self, key: str, select: bool, word: bool) -> None:
        start, end = self.selection()
        if start != end and not select and key in {"Left", "Right"}:
            edge, beside = (start, self.caret - 1) if key == "Left" else (end, self.caret + 1)
            if word or edge != beside:
                raise UnsureError
        if word and key in {"Home", "End"} and "\n" not in self.text:
            raise UnsureError
        if key == "Left":
            target = start if start != end and not select else self.word_left() if word else max(0, self.caret - 1)
        elif key == "Right":
            target = end if start != end and not select else min(len(self.text), self.caret + 1)
        elif key == "Home":
            target = 0 if word else self.text.rfind("\n", 0, self.caret) + 1
        else:
            newline = self.text.find("\n", self.caret)
            target = len(self.text) if word or newline < 0 else newline
        self.caret = target
        if not select:
            self.anchor = target

    def word_left(self) -> int:
        """Blanks, then letters and digits; one behind a full stop belongs to the word before it or does not."""
        head = self.text[: self.caret].rstrip(" ")
        rest = head.rstrip("abc1")
        if not head or (head != rest and not rest.endswith(".")):
            return len(rest)
        raise UnsureError


def pressed(assembler: Assembler, name: str, now: float) -> list[RawText]:
    *modifiers, key = name.split("+")
    text = key if len(key) == 1 else ""
    event = key_event("Return" if key == "\n" else key, text, *modifiers, at=now)
    return assembler.feed(admitted(event), now, int(now))


def check_caret(assembler: Assembler) -> None:
    for field in assembler._fields.values():
        assert 0 <= field.editor.caret <= len(field.editor)
        assert field.editor.anchor is None or 0 <= field.editor.anchor <= len(field.editor)


def selects_all_then_moves(names: list[str]) -> bool:
    """Where the caret goes from there is known to the reference, not to somebody who saw only the keys."""
    return any(
        first == "Control+a" and second not in {"BackSpace", "Delete", "Control+BackSpace", "Control+a"} | set(CHARS)
        for first, second in pairwise(names)
    )


@given(plain_session)
def test_the_record_is_what_an_ordinary_text_box_would_hold(names: list[str]) -> None:
    if selects_all_then_moves(names):
        names = [name for name in names if name != "Control+a"]
    assembler, reference = Assembler(lambda _text: 0), Reference()
    for place, name in enumerate(names):
        try:
            reference.press(name)
        except UnsureError:
            break
        assert pressed(assembler, name, float(place)) == []
        check_caret(assembler)
    out = [raw.expose()[0] for raw in assembler.leave(100.0, 100)]
    assert out == ([reference.text] if reference.text.strip() else [])


@given(
    st.lists(st.tuples(st.one_of(typed, typed, edits, losses), st.floats(0.0, 29.0)), max_size=20),
    st.lists(st.floats(0.0, 599.0), max_size=20),
    st.integers(0, 5),
)
def test_looking_in_between_changes_nothing(keys: list[tuple[str, float]], looks: list[float], tail: int) -> None:
    def run(moments: list[float]) -> list[tuple[str, str]]:
        assembler = Assembler(lambda text: min(tail, len(text)))
        out: list[RawText] = []
        waiting = sorted(moments)
        now = 0.0
        for name, pause in keys:
            while waiting and waiting[0] < now + pause:
                moment = waiting.pop(0)
                out += assembler.tick(moment, int(moment))
            now += pause
            out += pressed(assembler, name, now)
        out += assembler.leave(now, int(now))
        return [raw.expose() for raw in out]

    assert run(looks) == run([])


@given(
    st.lists(
        st.one_of(
            typed,
            typed,
            edits,
            losses,
            st.sampled_from(["click", "cut", "leave", "other field", "discard", "wait 31", "wait 599", "wait 700"]),
        ),
        max_size=60,
    ),
    st.integers(0, 8),
)
def test_nothing_comes_out_that_was_not_typed_and_nothing_waits_for_ever(names: list[str], tail: int) -> None:
    assembler = Assembler(lambda text: min(tail, len(text)))
    out: list[RawText] = []
    now, field = 0.0, "a"
    typed_chars: Counter[str] = Counter()
    for name in names:
        now += 0.5
        if name == "click":
            out += assembler.clicked(press(1, 1, now), now, int(now))
        elif name == "cut":
            out += assembler.cut(now, int(now))
        elif name == "leave":
            out += assembler.leave(now, int(now))
        elif name == "other field":
            field = "b" if field == "a" else "a"
        elif name == "discard":
            assembler.discard()
        elif name.startswith("wait"):
            end = now + int(name.split()[1])
            for _ in range(100):
                due = assembler.deadline(now)
                if due is None or due > end:
                    break
                now = max(now, due)
                out += assembler.tick(now, int(now))
            else:
                raise AssertionError("the deadline never moves on")
            now = end
        else:
            *modifiers, key = name.split("+")
            if len(key) == 1 and not modifiers:
                typed_chars[key] += 1
            event = key_event("Return" if key == "\n" else key, key if len(key) == 1 else "", *modifiers, at=now)
            out += assembler.feed(admitted(event, field=field), now, int(now))
        check_caret(assembler)
    out += assembler.leave(now, int(now))
    came_out: Counter[str] = Counter()
    for raw in out:
        text, before = raw.expose()
        for mark in reversed(raw.marks):
            text = text[: mark.start] + text[mark.end :]
        came_out.update(text)
        assert len(before) <= 300
        assert text.strip() or raw.marks
    assert came_out <= typed_chars


@given(
    st.lists(st.tuples(st.text("ab .", min_size=1, max_size=8), st.sampled_from([1, 31, 400, 700]))), st.integers(0, 8)
)
def test_pauses_of_any_length_lose_and_repeat_nothing(parts: list[tuple[str, int]], tail: int) -> None:
    assembler = Assembler(lambda text: min(tail, len(text)))
    out: list[RawText] = []
    now = 0.0
    for text, pause in parts:
        for char in text:
            now += 0.01
            out += pressed(assembler, char, now)
        out += assembler.tick(now + pause / 2, int(now))
        now += pause
        out += assembler.tick(now, int(now))
    out += assembler.leave(now, int(now))
    together = "".join(raw.expose()[0] for raw in out)
    whole = "".join(text for text, _ in parts)
    assert together.replace(" ", "") == whole.replace(" ", "")
