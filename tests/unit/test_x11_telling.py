"""What was typed into a field of which nothing was known is no other field's, however soon that one is known."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from agent.native.x11.accessibility import FieldWatch, Focus
from agent.native.x11.atspi import Place
from agent.native.x11.methods import Method
from agent.native.x11.telling import Telling
from agent.native.x11.terminals import Terminals
from agent.records import RawEvent, RawFocus, Secure
from tests.fakes.desktop import EDITOR
from tests.fakes.pipelinehouse import PipelineHouse

PID = 4711
WINDOW = 1
TEXT, PASSWORD = 61, 40


class Answers:
    """Implements ``FieldWatch``: says what the test says."""

    def __init__(self) -> None:
        self.now: tuple[str | None, Secure] = (None, Secure.UNKNOWN)

    def current(self, pid: int) -> tuple[str | None, Secure]:
        assert pid == PID
        return self.now

    def start(self, on_field: object) -> None: ...
    def also(self, on_control: object, on_page: object, on_caret: object) -> None: ...
    def caret(self, pid: int) -> None: ...
    def ask(self, pid: int) -> None: ...
    def hit(self, pid: int, serial: int, place: tuple[int, int]) -> None: ...
    def page(self, pid: int) -> None: ...
    def healthy(self) -> bool:
        return True

    def stop(self) -> None: ...


class Methods:
    """Implements ``MethodWatch``: says what the test says."""

    def __init__(self) -> None:
        self.now = Method.ABSENT
        self.asked = 0

    def start(self, on_change: object) -> None: ...
    def current(self) -> Method:
        return self.now

    def typed(self) -> None:
        self.asked += 1

    def stop(self) -> None: ...


class Desk:
    """Keys and news of one window, all the way to the texts that are kept."""

    def __init__(self, fields: Answers | FieldWatch) -> None:
        self.house = PipelineHouse()
        self.methods = Methods()
        self.telling = Telling(fields, self.methods, self.take)
        self.telling.focus(RawFocus(WINDOW, EDITOR, None, time.monotonic()), PID, Secure.UNKNOWN)

    def take(self, event: RawEvent) -> None:
        self.house.seconds = event.at
        self.house.step(event)

    def types(self, text: str) -> None:
        for character in text:
            self.key(character, character)

    def key(self, name: str, text: str = "", *held: str) -> None:
        self.telling.key(WINDOW, (name, text, frozenset(held)), False, time.monotonic())

    def composes(self, method: Method) -> None:
        """The watch finds out."""
        self.methods.now = method
        self.telling.method()

    def texts(self) -> list[str]:
        self.house.later(1)
        self.house.close()
        return self.house.texts()


@pytest.mark.parametrize("field", ["line-1", None])
def test_what_was_typed_into_a_line_that_could_not_be_seen_is_not_the_prompts(field: str | None) -> None:
    """A password for another computer, the connection ends, and the next key goes to a shell that hides nothing."""
    answers = Answers()
    answers.now = ("line-1", Secure.NO)
    desk = Desk(answers)
    answers.now = (field, Secure.UNKNOWN)
    desk.types("hunter2")
    answers.now = ("line-1", Secure.NO)
    desk.types("ls")
    assert desk.texts() == ["ls"]


def test_what_was_typed_before_the_first_answer_is_that_fields() -> None:
    answers = Answers()
    desk = Desk(answers)
    desk.types("early ")
    answers.now = ("field-1", Secure.NO)
    desk.telling.news(PID, *answers.now)
    desk.types("late")
    assert desk.texts() == ["early late"]


def watched(tmp_path: Path) -> tuple[FieldWatch, Desk]:
    """The real watch without a bus: the test says what its follower found out."""
    watch = FieldWatch(address="unix:path=/nowhere", terminals=Terminals(proc=tmp_path))
    desk = Desk(watch)
    watch._on_field = desk.telling.news
    return watch, desk


def test_a_password_field_that_did_not_answer_in_time_is_left_with_its_keys(tmp_path: Path) -> None:
    watch, desk = watched(tmp_path)
    hidden, plain = Place(":1.9", "/password"), Place(":1.9", "/name")
    watch.learn(PID, Focus(hidden, None))
    desk.types("hunter2")
    watch.learn(PID, Focus(plain, None))
    watch.learn(PID, Focus(plain, TEXT))
    desk.types("name")
    assert desk.texts() == ["name"]


def test_a_field_of_which_nothing_is_known_is_left_for_nowhere_with_its_keys(tmp_path: Path) -> None:
    watch, desk = watched(tmp_path)
    watch.learn(PID, Focus(Place(":1.9", "/password"), None))
    desk.types("hunter2")
    watch.learn(PID, None)
    watch.learn(PID, Focus(Place(":1.9", "/name"), None))
    watch.learn(PID, Focus(Place(":1.9", "/name"), TEXT))
    desk.types("name")
    assert desk.texts() == ["name"]


def test_a_field_that_is_asked_keeps_what_is_typed_until_it_answers(tmp_path: Path) -> None:
    watch, desk = watched(tmp_path)
    desk.types("ear")
    watch.learn(PID, Focus(Place(":1.9", "/name"), None))
    desk.types("ly")
    watch.learn(PID, Focus(Place(":1.9", "/name"), TEXT))
    assert desk.texts() == ["early"]


def test_a_field_that_says_it_hides_takes_its_keys_with_it(tmp_path: Path) -> None:
    watch, desk = watched(tmp_path)
    watch.learn(PID, Focus(Place(":1.9", "/password"), None))
    desk.types("hun")
    watch.learn(PID, Focus(Place(":1.9", "/password"), PASSWORD))
    desk.types("ter2")
    assert desk.texts() == []


def in_a_field() -> Desk:
    answers = Answers()
    answers.now = ("field-1", Secure.NO)
    return Desk(answers)


def test_keys_of_a_composing_input_method_are_no_letters() -> None:
    desk = in_a_field()
    desk.composes(Method.COMPOSING)
    desk.types("nihao")
    assert desk.texts() == ["[input method]"]


def test_a_layout_of_an_input_method_types_as_it_is() -> None:
    desk = in_a_field()
    desk.composes(Method.PLAIN)
    desk.types("hello")
    assert desk.texts() == ["hello"]
    assert desk.methods.asked == 5


def test_what_was_typed_just_before_an_input_method_turned_out_to_compose_is_taken_back() -> None:
    desk = in_a_field()
    desk.types("ni")
    desk.composes(Method.COMPOSING)
    desk.types("hao")
    assert desk.texts() == ["[input method]"]


def test_so_is_what_was_typed_before_anything_was_known_of_the_field() -> None:
    answers = Answers()
    desk = Desk(answers)
    desk.types("ni")
    desk.composes(Method.COMPOSING)
    answers.now = ("field-1", Secure.NO)
    desk.telling.news(PID, *answers.now)
    assert desk.texts() == []


def test_that_an_input_method_composes_is_noticed_at_the_key_before_the_watch_says_it() -> None:
    desk = in_a_field()
    desk.types("ni")
    desk.methods.now = Method.COMPOSING
    desk.types("hao")
    assert desk.texts() == ["[input method]"]


@pytest.mark.parametrize(
    ("method", "chord"),
    [
        (Method.ABSENT, ("u", "Control", "Shift")),
        (Method.PLAIN, ("U", "Control", "Shift")),
        (Method.PLAIN, ("period", "Control")),
        (Method.PLAIN, ("semicolon", "Super")),
    ],
)
def test_letters_after_a_chord_that_opens_something_of_the_input_method_are_none(
    method: Method, chord: tuple[str, ...]
) -> None:
    """Characters by number and by name: what is typed names them, what comes of it nobody says."""
    desk = in_a_field()
    desk.composes(method)
    desk.types("a")
    desk.key(chord[0], "", *chord[1:])
    desk.types("00e9")
    desk.key("Return")
    desk.types("b")
    assert "".join(desk.texts()).replace("[input method]", "") == "ab"


def test_without_an_input_method_such_a_chord_is_a_shortcut_like_others() -> None:
    desk = in_a_field()
    desk.key("period", "", "Control")
    desk.types("word")
    assert desk.texts() == ["word"]
