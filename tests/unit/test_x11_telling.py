"""What was typed into a field of which nothing was known is no other field's, however soon that one is known."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from agent.native.x11.accessibility import FieldWatch, Focus
from agent.native.x11.atspi import Place
from agent.native.x11.telling import Telling
from agent.native.x11.terminals import Terminals
from agent.records import RawEvent, RawFocus, RawKey, Secure
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


class Desk:
    """Keys and news of one window, all the way to the texts that are kept."""

    def __init__(self, fields: Answers | FieldWatch) -> None:
        self.house = PipelineHouse()
        self.telling = Telling(fields, self.take)
        self.telling.focus(RawFocus(WINDOW, EDITOR, None, time.monotonic()), PID, Secure.UNKNOWN)

    def take(self, event: RawEvent) -> None:
        self.house.seconds = event.at
        self.house.step(event)

    def types(self, text: str) -> None:
        for character in text:
            self.telling.key(RawKey(WINDOW, character, character, frozenset(), False, time.monotonic()))

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
