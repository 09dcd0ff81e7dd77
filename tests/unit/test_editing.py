"""What a field says of its caret, and what stands for content nobody knows: pastes, undos, keys of an input method."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor
from tests.fakes.typing import Typist


def out(typist: Typist) -> list[str]:
    typist.leave()
    return [text for text, _before in typist.texts]


# ------------------------------------------------------------ the caret, as the field says


def in_field(before: int, text: str, after: int = 0) -> Typist:
    """Somebody who has typed ``text`` into a field that held other words before and after the caret."""
    typist = Typist()
    typist.told(before, before + after)
    typist.type(text)
    return typist


def test_a_click_into_what_was_typed_goes_on_there() -> None:
    typist = in_field(7, "Helo world", after=3)
    typist.click()
    typist.told(7 + 3, 20)
    typist.type("l")
    assert out(typist) == ["Hello world"]


def test_a_word_chosen_with_the_mouse_is_typed_over() -> None:
    typist = in_field(0, "call Jane now")
    typist.click()
    typist.told(9, 13, (5, 9))
    typist.type("Ada")
    assert out(typist) == ["call Ada now"]


def test_a_selection_drawn_backwards_has_its_caret_at_the_start() -> None:
    typist = in_field(0, "call Jane now")
    typist.click()
    typist.told(5, 13, (5, 9))
    typist.keys("Shift+Right Shift+Right BackSpace")
    assert out(typist) == ["call Ja now"]


@pytest.mark.parametrize("key", ["Up", "Down", "Prior", "Next", "Shift+Up", "KP_Up"])
def test_where_a_line_up_or_down_leads_the_field_says(key: str) -> None:
    typist = in_field(0, "one\ntwo")
    typist.keys(key)
    typist.told(3, 7)
    typist.type("!")
    assert out(typist) == ["one!\ntwo"]


@pytest.mark.parametrize(
    ("offset", "length", "selection"),
    [
        (2, 20, None),  # before what was typed
        (18, 20, None),  # behind it
        (10, 21, None),  # a field that is not as long as it should be
        (12, 20, (2, 12)),  # a selection that began outside
    ],
)
def test_a_caret_anywhere_else_ends_the_text(offset: int, length: int, selection: tuple[int, int] | None) -> None:
    typist = in_field(7, "Helo world", after=3)
    typist.click()
    typist.told(offset, length, selection)
    typist.type("x")
    typist.keys("Left Left")
    assert out(typist) == ["Helo world", "x"]


def test_a_key_before_the_answer_ends_the_text() -> None:
    typist = in_field(0, "one")
    typist.click()
    typist.type("x")
    typist.told(1, 4)
    assert out(typist) == ["one", "x"]


def test_a_field_that_never_said_where_it_began_is_not_believed_later() -> None:
    typist = Typist()
    typist.type("one")
    typist.click()
    typist.told(1, 3)
    typist.type("x")
    assert out(typist) == ["one", "x"]


def test_a_field_that_says_so_when_all_is_quiet_is_believed() -> None:
    typist = Typist()
    typist.type("one")
    typist.told(3, 3)
    typist.click()
    typist.told(1, 3)
    typist.type("x")
    assert out(typist) == ["oxne"]


def test_what_is_said_right_after_a_key_may_be_about_the_time_before_it() -> None:
    typist = Typist()
    typist.type("one")
    typist.now -= 0.2
    typist.told(2, 2)
    typist.type("!")
    assert out(typist) == ["one!"]


def test_a_caret_that_the_program_moved_ends_the_text() -> None:
    typist = in_field(0, "jan")
    typist.told(12, 12)  # completed by the program
    typist.type("!")
    assert out(typist) == ["jan", "!"]


def test_words_about_another_field_say_nothing() -> None:
    typist = in_field(0, "one")
    typist.click()
    typist.field = "b"
    typist.told(1, 3)
    typist.field = "a"
    typist.type("x")
    assert out(typist) == ["one", "x"]


def test_beyond_what_was_typed_is_other_text_if_the_field_says_so() -> None:
    for key in ("Right", "End", "Left*4", "Home"):
        typist = in_field(4, "one", after=4)
        typist.keys(key)
        typist.type("x")
        assert out(typist) == ["one", "x"]


def test_numbers_that_cannot_be_are_no_place() -> None:
    typist = in_field(0, "one")
    typist.told(1, 1)
    typist.click()
    typist.told(0, 3)
    typist.type("x")
    assert out(typist) == ["one", "x"]


def test_a_field_that_does_not_answer_soon_has_lost_its_caret() -> None:
    typist = in_field(0, "one")
    typist.click()
    typist.wait(0.5)
    assert [text for text, _ in typist.texts] == ["one"]
    typist.told(1, 3)
    typist.type("x")
    assert out(typist) == ["one", "x"]


def test_going_away_while_nobody_knows_the_caret_ends_the_text() -> None:
    typist = in_field(0, "one")
    typist.click()
    typist.leave()
    typist.type("two")
    assert out(typist) == ["one", "two"]


# ------------------------------------------------------------ what nobody knows


@pytest.mark.parametrize("key", ["Control+v", "Control+Shift+v", "Shift+Insert", "Shift+KP_Insert", "XF86Paste"])
def test_a_paste_is_a_word(key: str) -> None:
    typist = Typist()
    typist.type("see ")
    typist.keys(key)
    typist.type(" and call")
    assert out(typist) == ["see [pasted] and call"]
    record = Redactor(()).redact(typist.out[0])
    assert record.text == "see [pasted] and call"
    assert [(part.start, part.end, part.kind, part.by) for part in record.removed] == [(4, 12, "pasted", "machine")]


def test_a_paste_takes_the_place_of_a_selection() -> None:
    typist = Typist()
    typist.type("secret")
    typist.keys("Control+a Control+v")
    assert out(typist) == ["[pasted]"]


@pytest.mark.parametrize("key", ["Left", "BackSpace", "Control+Left", "Control+BackSpace", "Home", "Shift+Home"])
def test_nobody_counts_into_a_paste(key: str) -> None:
    typist = Typist()
    typist.type("a")
    typist.keys("Control+v " + key)
    typist.type("b")
    assert out(typist) == ["a[pasted]", "b"]


def test_nobody_counts_forward_into_a_paste() -> None:
    for key in ("Delete", "Right", "Control+Delete", "End"):
        typist = Typist()
        typist.keys("Control+v Return Control+Home " + key)
        typist.type("b")
        assert out(typist) == ["[pasted]\n", "b"]


def test_words_before_a_paste_are_deleted_up_to_it() -> None:
    typist = Typist()
    typist.keys("Control+v")
    typist.type("secret")
    typist.keys("Control+BackSpace")
    assert out(typist) == ["[pasted]"]


def test_a_click_cannot_be_placed_around_a_paste() -> None:
    typist = in_field(0, "a")
    typist.keys("Control+v")
    typist.click()
    typist.told(1, 30)
    typist.type("b")
    assert out(typist) == ["a[pasted]", "b"]


def test_the_middle_button_pastes_wherever_that_is() -> None:
    typist = Typist()
    typist.type("one")
    typist.click(2)
    typist.type(" two")
    assert out(typist) == ["one", "[pasted] two"]


def test_the_middle_button_elsewhere_pastes_nothing_here() -> None:
    typist = Typist()
    typist.click(2)
    typist.type("one")
    typist.window = 2
    typist.click(2)
    typist.window = 1
    typist.type("two")
    assert out(typist) == ["one", "two"]


@pytest.mark.parametrize("key", ["Control+z", "Control+Shift+z", "Control+y", "Undo", "Redo"])
def test_an_undo_ends_the_text_and_stands_before_what_follows(key: str) -> None:
    typist = Typist()
    typist.type("one")
    typist.keys(key + " " + key)
    typist.type("two")
    assert out(typist) == ["one", "[undo]two"]
    assert [(mark.start, mark.end, mark.kind) for mark in typist.out[1].marks] == [(0, 6, "undo")]


def test_an_undo_that_nothing_follows_is_nothing() -> None:
    typist = Typist()
    typist.type("one")
    typist.keys("Control+z")
    typist.type("x")
    typist.keys("BackSpace BackSpace")
    typist.leave()
    typist.type("later")
    assert out(typist) == ["one", "later"]


def test_what_an_input_method_says_takes_the_place_of_its_keys() -> None:
    typist = Typist()
    typist.type("to ")
    for key in "nihon":
        typist.compose(key)
    typist.commit("日本")
    typist.commit("語\ufdd0\x07")
    typist.compose("Shift_L")
    assert out(typist) == ["to 日本語"]


def test_keys_of_an_input_method_that_says_nothing_are_a_word() -> None:
    typist = Typist()
    for key in "nihon":
        typist.compose(key)
    typist.type("!")
    assert out(typist) == ["[input method]!"]
    assert Redactor(()).redact(typist.out[0]).removed[0].kind == "input-method"


def test_what_an_input_method_may_have_taken_out_is_not_said_to_stand_there() -> None:
    typist = Typist()
    typist.type("hunter2")
    typist.compose("BackSpace")
    typist.compose("n")
    typist.type("!")
    assert out(typist) == ["[input method]!"]


def test_a_key_that_may_have_moved_the_caret_ends_what_was_typed_before() -> None:
    typist = Typist()
    typist.type("one")
    typist.compose("n")
    typist.compose("Left")
    typist.type("two")
    assert out(typist) == ["one[input method]", "[input method]two"]


def test_an_input_method_that_gives_up_leaves_nothing() -> None:
    typist = Typist()
    typist.compose("n")
    typist.commit("")
    assert out(typist) == []


def test_values_beside_a_placeholder_are_found() -> None:
    typist = Typist()
    typist.keys("Control+v")
    typist.type(" jan.novak@example.org ")
    typist.keys("Control+v")
    typist.leave()
    assert Redactor(()).redact(typist.out[0]).text == "[pasted] [e-mail address] [pasted]"
