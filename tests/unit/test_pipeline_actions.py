"""Clicks and shortcuts on the way of a datum: what waits, what is thrown away, what comes out."""

from __future__ import annotations

import pytest

from agent.records import (
    CATEGORIES,
    Program,
    RawControl,
    RawKey,
    RawPointer,
    Reason,
    Redacted,
    Secure,
)
from agent.redaction import RedactionFailed, Redactor
from tests.fakes.pipelinehouse import PipelineHouse, effective

FIREFOX = Program("firefox-esr", "Firefox", frozenset({"Navigator"}))
ALL = effective("mousepad", "gedit", "firefox-esr", cells=CATEGORIES)


@pytest.fixture
def house() -> PipelineHouse:
    house = PipelineHouse()
    house.pipeline.allow(ALL, house.pipeline._guards)
    return house


def deeds(house: PipelineHouse) -> list[str]:
    return [f"{record.action.name} {record.text or ''}".strip() for record in house.records("pointer") if record.action]


def press(house: PipelineHouse, button: int = 1, *, pressed: bool = True, window: int | None = 1, x: int = 5) -> int:
    house.seconds += 0.05
    serial = int(house.seconds * 100)
    place = (x, 5, 100, 100)
    house.step(RawPointer(window, serial, button, pressed, place, frozenset(), house.seconds))
    return serial


def click(house: PipelineHouse, button: int = 1, window: int | None = 1) -> int:
    serial = press(house, button, window=window)
    press(house, button, pressed=False, window=window)
    return serial


def test_a_click_is_kept_after_the_quarantine_and_the_time_of_a_second_one(house: PipelineHouse) -> None:
    house.at(1)
    click(house)
    house.later(0.4)
    assert deeds(house) == []
    house.later(1)
    assert deeds(house) == ["click"]
    record = house.records("pointer")[0]
    assert (record.program_id, record.purposes, record.text) == ("mousepad", ("train",), None)


def test_two_quick_clicks_become_one_although_each_waits(house: PipelineHouse) -> None:
    house.at(1)
    click(house)
    click(house)
    for _ in range(20):
        house.later(0.1)
    assert deeds(house) == ["double-click"]


def test_a_click_ends_a_stretch_of_text(house: PipelineHouse) -> None:
    house.at(1)
    house.type("abc")
    click(house)
    house.type("def")
    house.later(0.6)
    house.close()
    assert house.texts() == ["abc", "def"]


@pytest.mark.parametrize("late", [False, True])
def test_the_control_is_named_whenever_it_becomes_known(house: PipelineHouse, late: bool) -> None:
    house.at(1)
    serial = click(house)
    if late:
        house.later(0.52)
    house.step(RawControl(1, serial, "push button", "Write to jan@harbor.example", Secure.NO, house.seconds))
    house.later(2)
    (record,) = house.records("pointer")
    assert record.text == "Write to [e-mail address]"
    assert record.action is not None
    assert record.action.role == "push button"


@pytest.mark.parametrize(("secure", "reason"), [(Secure.YES, Reason.PASSWORD), (Secure.UNKNOWN, Reason.UNKNOWN_FIELD)])
def test_a_press_on_a_hidden_control_is_not_kept(house: PipelineHouse, secure: Secure, reason: Reason) -> None:
    house.at(1)
    serial = click(house)
    house.step(RawControl(1, serial, "password text", "", secure, house.seconds))
    house.later(2)
    assert deeds(house) == []
    assert ("pointer", reason, 1) in house.notes()


def test_a_click_that_moves_the_focus_into_a_password_field_is_not_kept(house: PipelineHouse) -> None:
    house.at(1)
    click(house)
    house.field(Secure.YES, "secret")
    house.later(2)
    assert deeds(house) == []
    assert ("pointer", Reason.PASSWORD, 2) in house.notes()


def test_a_click_while_nothing_is_known_of_the_field_is_not_kept(house: PipelineHouse) -> None:
    house.at(1, Secure.UNKNOWN, None)
    click(house)
    house.later(2)
    house.later(2)
    assert deeds(house) == []
    assert {note[1] for note in house.notes()} == {Reason.UNKNOWN_FIELD}


def test_a_click_that_brings_a_window_to_the_front_is_that_windows(house: PipelineHouse) -> None:
    house.at(1)
    press(house, window=3)
    house.focus(3)
    house.field()
    press(house, pressed=False, window=3)
    house.later(2)
    (record,) = house.records("pointer")
    assert record.program_id == "gedit"


def test_a_click_into_an_excluded_program_is_not_kept(house: PipelineHouse) -> None:
    house.at(1)
    press(house, window=4)
    house.focus(4)
    house.field()
    press(house, pressed=False, window=4)
    house.later(2)
    assert deeds(house) == []


def test_a_click_in_a_window_that_never_comes_to_the_front_is_nobodys(house: PipelineHouse) -> None:
    house.at(1)
    click(house, window=3)
    click(house, window=None)
    house.later(2)
    assert deeds(house) == []


def test_the_wheel_cuts_no_text_and_is_one_scroll(house: PipelineHouse) -> None:
    house.at(1)
    house.type("ab")
    for _ in range(3):
        press(house, 5)
    house.type("c")
    house.later(2)
    house.close()
    assert house.texts() == ["abc"]
    (record,) = house.records("pointer")
    assert record.action is not None
    assert record.action.steps_y == 3


def test_what_was_not_agreed_to_is_no_news_at_every_click(house: PipelineHouse) -> None:
    house.pipeline.allow(effective("mousepad"), house.pipeline._guards)
    house.at(1)
    click(house)
    house.step(RawKey(1, "s", "", frozenset({"Control"}), False, house.seconds))
    house.later(2)
    assert [note for note in house.notes() if note[0] in ("pointer", "shortcut")] == []
    assert house.records("pointer") == house.records("shortcut") == []


def test_a_shortcut_is_kept_and_types_nothing(house: PipelineHouse) -> None:
    house.at(1)
    house.step(RawKey(1, "s", "", frozenset({"Control"}), False, house.seconds))
    house.later(1)
    house.close()
    (record,) = house.records("shortcut")
    assert record.action is not None
    assert record.action.keys == "Ctrl+S"
    assert house.texts() == []


def test_a_shortcut_in_a_password_field_is_not_kept(house: PipelineHouse) -> None:
    house.at(1, Secure.YES, "secret")
    house.step(RawKey(1, "v", "", frozenset({"Control"}), False, house.seconds))
    house.later(1)
    assert house.records("shortcut") == []
    assert ("shortcut", Reason.PASSWORD, 1) in house.notes()


def test_without_an_agreement_to_text_a_shortcut_survives_a_change_of_window(house: PipelineHouse) -> None:
    house.pipeline.allow(effective(cells=("app", "shortcut")), house.pipeline._guards)
    house.at(1)
    house.step(RawKey(1, "s", "s", frozenset({"Control"}), False, house.seconds))
    house.focus(3)
    house.later(1)
    assert [record.action.keys for record in house.records("shortcut") if record.action] == ["Ctrl+S"]
    house.at(1)
    house.step(RawKey(1, "q", "q", frozenset({"Control"}), False, house.seconds))
    house.focus(4)
    house.later(1)
    assert len(house.records("shortcut")) == 1


def test_what_cannot_be_redacted_is_dropped_by_name(house: PipelineHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Redacted:
        raise RedactionFailed

    monkeypatch.setattr(Redactor, "title", fail)
    monkeypatch.setattr(Redactor, "action", fail)
    house.titled("one")
    house.field()
    house.later(0.6)
    click(house)
    house.later(2)
    assert ("title", Reason.REDACTION, 1) in house.notes()
    assert ("pointer", Reason.REDACTION, 1) in house.notes()


def test_wiped_is_wiped(house: PipelineHouse) -> None:
    house.at(1)
    click(house)
    house.later(0.52)
    house.pipeline.wipe()
    house.later(2)
    assert deeds(house) == []
    click(house)
    house.effects += house.pipeline.blind(Reason.OVERLOADED)
    house.later(2)
    assert deeds(house) == []
