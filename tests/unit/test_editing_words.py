"""Words, as far as toolkits agree on where they begin and end, and the odd cases of an editor."""

from __future__ import annotations

import pytest

from agent.assembly.words import word_end, word_start
from tests.fakes.marked import PROGRAM
from tests.fakes.typing import Typist, admitted, press


def out(typist: Typist) -> list[str]:
    typist.leave()
    return [text for text, _before in typist.texts]


@pytest.mark.parametrize(
    ("text", "start", "agreed"),
    [
        ("", 0, True),
        ("one", 0, True),
        ("one two", 4, True),
        ("one two  ", 4, True),
        ("a-b", 2, True),
        ("a@b", 2, True),
        ("one\ntwo", 4, True),
        ('say "hi', 5, True),
        ("  ", 0, True),
        ("foo.bar", 0, False),
        ("see foo.bar", 4, False),
        ("don't", 0, False),
        ("snake_case", 0, False),
        ("one,", 0, False),
        ("one, ", 0, False),
        ("日本語", 0, False),
        ("one\n", 4, False),
    ],
)
def test_where_a_word_begins(text: str, start: int, agreed: bool) -> None:
    assert word_start(text, len(text)) == (start, agreed)


@pytest.mark.parametrize(
    ("text", "end", "agreed"),
    [
        ("", 0, True),
        ("one", 3, True),
        ("one two", 4, False),
        (" two", 4, False),
        ("foo.bar baz", 8, False),
        ("one\ntwo", 3, False),
    ],
)
def test_where_a_word_ends(text: str, end: int, agreed: bool) -> None:
    assert word_end(text, 0) == (end, agreed)


def test_what_one_toolkit_would_delete_is_gone() -> None:
    typist = Typist()
    typist.type("user jan.novak")
    typist.keys("Control+BackSpace")
    typist.type("x")
    assert out(typist) == ["user ", "x"]


def test_where_a_selection_is_left_toolkits_disagree_on() -> None:
    for keys in ("Shift+Left*2 Left", "Home Shift+Right*2 Right", "Shift+Left Left", "Shift+Left Control+Right"):
        typist = Typist()
        typist.type("abc")
        typist.keys(keys)
        typist.type("x")
        assert out(typist) == ["abc", "x"], keys
    typist = Typist()
    typist.type("abc")
    typist.keys("Left Shift+Right Left")
    typist.type("x")
    typist.keys("Shift+Left Right")
    typist.type("y")
    assert out(typist) == ["abxyc"]


def test_a_single_line_may_not_know_control_home_and_end() -> None:
    for keys in ("Control+Home", "Control+End", "Control+Shift+Home"):
        typist = Typist()
        typist.type("abc")
        typist.keys(keys)
        typist.type("x")
        assert out(typist) == ["abc", "x"], keys


def test_shift_delete_without_a_selection_is_no_delete() -> None:
    typist = Typist()
    typist.type("ab")
    typist.keys("Home Shift+Delete")
    typist.type("x")
    assert out(typist) == ["ab", "x"]


def test_an_event_that_types_nothing_types_nothing() -> None:
    typist = Typist()
    typist.type("ab")
    released = press(1, 1, typist.now, pressed=False)
    assert typist.assembler.feed(admitted(released), typist.now, 0) == []
    assert out(typist) == ["ab"]


def test_of_very_many_fields_the_one_left_longest_ago_is_forgotten() -> None:
    typist = Typist()
    for number in range(70):
        typist.field = f"field {number}"
        typist.type(f"{number}")
    assert [text for text, _ in typist.texts] == [str(number) for number in range(69)]
    assert len(typist.assembler._fields) == 64


def test_a_second_paste_in_a_row_is_one_placeholder() -> None:
    typist = Typist()
    typist.type("a")
    place = (1, "a")
    for _ in range(2):
        typist.assembler.pasted(place, PROGRAM, ("p",), typist.now, 0)
    assert out(typist) == ["a[pasted]"]
