"""Keys into the text of a field: editing, what loses the caret, when a stretch is final, context, wiping."""

from __future__ import annotations

import pytest

from agent.assembly import Assembler
from agent.records import Program
from agent.redaction import RedactionFailed, Redactor
from tests.fakes.typing import Typist, admitted, key_event


def typed(*steps: str) -> list[str]:
    """Texts that come out: a step in braces is key names, any other is typed."""
    typist = Typist()
    for step in steps:
        if step.startswith("{"):
            typist.keys(step[1:-1])
        else:
            typist.type(step)
    typist.leave()
    return [text for text, _before in typist.texts]


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (("Hello, world",), "Hello, world"),
        (("Helo", "{Left}", "l"), "Hello"),
        (("Hellp", "{BackSpace}", "o"), "Hello"),
        (("xHello", "{Left*6 Delete End}", "!"), "Hello!"),
        (("world", "{Home}", "Hello ", "{End}", "!"), "Hello world!"),
        (("one\ntwo", "{Home}", "2: ", "{End}", "."), "one\n2: two."),
        (("ab", "{BackSpace*5}", "c"), "c"),
        (("ab", "{Left*9}", "c"), "cab"),
        (("ab", "{Right*9}", "c"), "abc"),
        (("ab", "{Delete*3}", "c"), "abc"),
        (("one wrong", "{Control+BackSpace}", "two"), "one two"),
        (("one two", "{Control+Left}", "x ", "{Control+Right}", "!"), "one x two!"),
        (
            (
                "one two",
                "{Home Control+Delete}",
            ),
            "two",
        ),
        (("one two", "{Shift+Left*3}", "six"), "one six"),
        (
            (
                "one two",
                "{Shift+Left*3 BackSpace}",
            ),
            "one ",
        ),
        (("one two", "{Shift+Home}", "new"), "new"),
        (("one two", "{Home Shift+End Delete}", "new"), "new"),
        (("draft", "{Control+a}", "final"), "final"),
        (("draft", "{Control+a BackSpace}", "final"), "final"),
        (("one two", "{Shift+Left*3 Control+x}", "2"), "one 2"),
        (("one two", "{Shift+Left*3 Control+c Shift+End End}", "!"), "one two!"),
        (("save", "{Control+s}", "d"), "saved"),
        (("a", "{Shift_L Caps_Lock dead_acute XF86AudioMute}", "é"), "aé"),
        (("a", "{KP_Home}", "b", "{KP_End KP_Enter}", "c"), "ba\nc"),
        (("one\ntwo", "{Control+Home}", ">", "{Control+End}", "<"), ">one\ntwo<"),
    ],
)
def test_one_stretch(steps: tuple[str, ...], text: str) -> None:
    assert typed(*steps) == [text]


@pytest.mark.parametrize(
    "keys",
    [
        "Up", "Down", "Prior", "Next", "Escape", "Tab", "ISO_Left_Tab", "F5", "Insert", "Menu",
        "Control+k", "Alt+f", "Super+l", "Control+Alt+t", "Control+Return", "Control+x",
        "Control+c",
        "Control+a Left", "Alt+Left", "Shift+Up", "XF86Back",
    ],
)  # fmt: skip
def test_what_loses_the_caret_ends_the_stretch(keys: str) -> None:
    assert typed("one", "{" + keys + "}", "two") == ["one", "two"]


def test_a_chord_never_types_its_letter() -> None:
    typist = Typist()
    typist.key("k", "\x0b", "Control")
    typist.key("k", "k", "Control")
    typist.key("f", "f", "Alt")
    typist.key("l", "l", "Super")
    typist.leave()
    assert typist.texts == []


def test_the_text_of_a_key_counts_but_never_control_characters() -> None:
    typist = Typist()
    typist.key("at", "@", "AltGr")
    typist.key("KP_5", "5")
    typist.key("KP_Delete", ".")
    typist.key("Cyrillic_zhe", "ж")
    typist.key("Escape", "\x1b")
    typist.key("nobreakspace", "\u00a0")
    typist.key("x", "\x07x\ud800")
    typist.leave()
    assert [text for text, _ in typist.texts] == ["@5.ж", "\u00a0x"]


def test_repeats_are_presses() -> None:
    typist = Typist()
    for repeat in (False, True, True):
        typist.assembler.feed(admitted(key_event("a", "a", repeat=repeat)), 1.0, 1)
    typist.leave()
    assert typist.texts == [("aaa", "")]


def test_a_click_ends_the_stretch_and_scrolling_does_not() -> None:
    typist = Typist()
    typist.type("one")
    typist.click(4)
    typist.type(" more")
    typist.click()
    typist.type("two")
    typist.leave()
    assert typist.texts == [("one more", ""), ("two", "one more")]


def test_after_a_lost_caret_the_start_is_nobody_knows_where() -> None:
    typist = Typist()
    typist.type("one")
    typist.click()
    typist.type("two")
    typist.keys("Home")
    typist.type("three")
    typist.leave()
    assert [text for text, _ in typist.texts] == ["one", "two", "three"]


def test_cut_makes_what_follows_unrelated() -> None:
    typist = Typist()
    typist.type("one")
    typist.cut()
    typist.keys("BackSpace*2")
    typist.type("two")
    typist.leave()
    assert typist.texts == [("one", ""), ("two", "one")]


def test_leaving_and_coming_back_continues_with_context() -> None:
    typist = Typist()
    typist.type("pass")
    typist.window = 2
    typist.type("ok, one sec")
    typist.window = 1
    typist.type("word")
    typist.leave()
    assert typist.texts == [("pass", ""), ("ok, one sec", ""), ("word", "pass")]


def test_fields_of_one_window_are_apart() -> None:
    typist = Typist()
    typist.type("jan")
    typist.field = "b"
    typist.type("hello")
    typist.leave()
    assert typist.texts == [("jan", ""), ("hello", "")]


def test_the_context_is_what_stands_before_the_caret_and_at_most_300_characters() -> None:
    typist = Typist()
    typist.type("x" * 400 + "left|right")
    typist.keys("Left*5")
    typist.leave()
    typist.type("new")
    typist.leave()
    text, before = typist.texts[-1]
    assert text == "new"
    assert before == ("x" * 400 + "left|")[-300:]


def test_the_context_of_a_long_text_is_its_last_300_characters() -> None:
    typist = Typist()
    typist.type("x" * 400 + "end")
    typist.leave()
    typist.type("new")
    typist.leave()
    assert typist.texts[-1] == ("new", "x" * 297 + "end")


def test_backspace_into_what_was_committed_takes_it_from_the_context_only() -> None:
    typist = Typist()
    typist.type("abc")
    typist.leave()
    typist.keys("BackSpace")
    typist.type("d")
    typist.leave()
    assert typist.texts == [("abc", ""), ("d", "ab")]


def test_other_purposes_start_a_new_stretch_and_another_program_a_new_field() -> None:
    typist = Typist()
    typist.type("one")
    typist.purposes = ("p", "q")
    typist.type("two")
    typist.program = Program("xterm", "XTerm")
    typist.type("three")
    typist.leave()
    assert typist.texts == [("one", ""), ("two", "one"), ("three", "")]
    assert [raw.purposes for raw in typist.out] == [("p",), ("p", "q"), ("p", "q")]
    assert typist.out[2].program.id == "xterm"


def test_blank_stretches_are_not_worth_a_record() -> None:
    assert typed(" \n ") == []


def test_thirty_seconds_without_a_key_commit_all_but_the_open_tail() -> None:
    typist = Typist(tail=5)
    typist.type("hello world")
    typist.wait(29.9)
    assert typist.texts == []
    typist.wait(0.2)
    assert typist.texts == [("hello ", "")]
    assert typist.out[0].time == int(typist.now)
    typist.type("!")
    typist.leave()
    assert typist.texts[1:] == [("world!", "hello ")]


def test_the_open_tail_waits_no_longer_than_ten_minutes_after_its_first_key() -> None:
    typist = Typist(tail=5)
    typist.type("hello world")
    start = typist.now
    typist.wait(700)
    assert typist.texts == [("hello ", ""), ("world", "hello ")]
    assert typist.out[1].time - start <= 601


def test_with_the_caret_inside_nothing_is_committed_until_it_must() -> None:
    typist = Typist()
    typist.type("4111 1111")
    typist.keys("Left*4")
    typist.wait(40)
    assert typist.texts == []
    typist.type("1")
    typist.wait(700)
    assert [text for text, _ in typist.texts] == ["4111 11111"]


def test_typing_on_for_ten_minutes_commits_at_the_end_of_a_sentence() -> None:
    typist = Typist(tail=3)
    first = typist.now
    sentence = "This goes on. "
    while typist.now - first < 1300:
        typist.type(sentence)
        typist.wait(5)
    assert len(typist.texts) >= 2
    for (text, _), raw in zip(typist.texts, typist.out, strict=True):
        assert text.endswith(". ")
        assert raw.time - first < 1300


def test_nothing_is_held_longer_than_ten_minutes_even_without_a_sentence_end() -> None:
    typist = Typist(tail=10_000)
    count = 0
    while count < 150:
        typist.type("x")
        count += 1
        typist.wait(10)
    held = count - sum(len(text) for text, _ in typist.texts)
    assert held <= 600 / 10 + 1


def test_context_is_forgotten_after_ten_minutes() -> None:
    typist = Typist()
    typist.type("one")
    typist.leave()
    typist.wait(601)
    typist.type("two")
    typist.leave()
    assert typist.texts == [("one", ""), ("two", "")]
    typist.wait(601)
    assert typist.assembler.deadline(typist.now) is None


def test_nothing_waits_at_the_start() -> None:
    assert Assembler(len).deadline(0.0) is None
    assert Assembler(len).tick(5.0, 5) == []
    assert Assembler(len).leave(5.0, 5) == []
    assert Assembler(len).cut(5.0, 5) == []


def test_discard_wipes_text_context_and_focus() -> None:
    typist = Typist()
    typist.type("one")
    typist.leave()
    typist.type("two")
    typist.assembler.discard()
    assert typist.assembler.deadline(typist.now) is None
    typist.leave()
    typist.type("three")
    typist.leave()
    assert typist.texts == [("one", ""), ("three", "")]


def test_when_the_tail_cannot_be_told_nothing_is_committed_early() -> None:
    def broken(_text: str) -> int:
        raise RedactionFailed

    typist = Typist()
    typist.assembler.open_tail = broken
    typist.type("hello")
    typist.wait(100)
    assert typist.texts == []
    typist.leave()
    assert typist.texts == [("hello", "")]


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("my card is 4111 1111 ", "1111 1111 ok", "4111111111111111"),
        ("mail jan.novak@exam", "ple.org ok", "jannovakexampleorg"),
        ("password: hun", "ter2 ok", "hunter2"),
        ("write to jan dot novak at example", " dot org ok", "jandotnovakatexampledotorg"),
        ("for Projekt ", "Falke ok", "projektfalke"),
        ('password: "correct horse ', 'battery staple" ok', "correcthorsebatterystaple"),
    ],
)
def test_a_pause_inside_a_value_leaks_no_part_of_it(first: str, second: str, value: str) -> None:
    redactor = Redactor(("Projekt Falke",))
    typist = Typist()
    typist.assembler.open_tail = redactor.open_tail
    typist.type(first)
    typist.wait(45)
    typist.type(second)
    typist.leave()
    stored = "".join(redactor.redact(raw).text or "" for raw in typist.out)
    plain = "".join(char for char in stored.lower() if char.isalnum())
    for size in range(5, len(value)):
        assert value[:size] not in plain
        assert value[-size:] not in plain
    assert stored.endswith("ok")
