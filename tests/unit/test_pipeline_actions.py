"""Clicks, shortcuts, titles and pages on the way of a datum: what waits, what is thrown away, what comes out."""

from __future__ import annotations

import pytest

from agent.pipeline import Keep
from agent.records import (
    CATEGORIES,
    Program,
    RawControl,
    RawFocus,
    RawKey,
    RawPage,
    RawPointer,
    RawTitle,
    Reason,
    Redacted,
    Secure,
)
from agent.redaction import RedactionFailed, Redactor
from tests.fakes.desktop import EDITOR
from tests.fakes.pipelinehouse import PipelineHouse, effective

FIREFOX = Program("firefox-esr", "Firefox", frozenset({"Navigator"}))
ALL = effective("mousepad", "gedit", "firefox-esr", cells=CATEGORIES)


@pytest.fixture
def house() -> PipelineHouse:
    house = PipelineHouse()
    house.pipeline.allow(ALL, house.pipeline._guards)
    return house


def records(house: PipelineHouse, kind: str) -> list[Redacted]:
    return [effect.record for effect in house.effects if isinstance(effect, Keep) and effect.record.kind == kind]


def deeds(house: PipelineHouse) -> list[str]:
    return [
        f"{record.action.name} {record.text or ''}".strip() for record in records(house, "pointer") if record.action
    ]


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
    record = records(house, "pointer")[0]
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
    (record,) = records(house, "pointer")
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
    (record,) = records(house, "pointer")
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
    (record,) = records(house, "pointer")
    assert record.action is not None
    assert record.action.steps_y == 3


def test_what_was_not_agreed_to_is_no_news_at_every_click(house: PipelineHouse) -> None:
    house.pipeline.allow(effective("mousepad"), house.pipeline._guards)
    house.at(1)
    click(house)
    house.step(RawKey(1, "s", "", frozenset({"Control"}), False, house.seconds))
    house.later(2)
    assert [note for note in house.notes() if note[0] in ("pointer", "shortcut")] == []
    assert records(house, "pointer") == records(house, "shortcut") == []


def test_a_shortcut_is_kept_and_types_nothing(house: PipelineHouse) -> None:
    house.at(1)
    house.step(RawKey(1, "s", "", frozenset({"Control"}), False, house.seconds))
    house.later(1)
    house.close()
    (record,) = records(house, "shortcut")
    assert record.action is not None
    assert record.action.keys == "Ctrl+S"
    assert house.texts() == []


def test_a_shortcut_in_a_password_field_is_not_kept(house: PipelineHouse) -> None:
    house.at(1, Secure.YES, "secret")
    house.step(RawKey(1, "v", "", frozenset({"Control"}), False, house.seconds))
    house.later(1)
    assert records(house, "shortcut") == []
    assert ("shortcut", Reason.PASSWORD, 1) in house.notes()


def titled(house: PipelineHouse, title: str | None, window: int = 1, program: Program | None = EDITOR) -> None:
    house.window = window
    house.step(RawFocus(window, program, title, house.seconds))


def test_a_title_counts_once_it_has_stood_half_a_second(house: PipelineHouse) -> None:
    titled(house, "one")
    house.later(0.2)
    house.step(RawTitle(1, "two  of jan@harbor.example", house.seconds))
    house.step(RawTitle(2, "of another window", house.seconds))
    house.later(0.6)
    house.step(RawTitle(1, "two of jan@harbor.example", house.seconds))
    house.later(0.6)
    house.step(RawTitle(1, None, house.seconds))
    house.later(0.6)
    assert [record.text for record in records(house, "title")] == ["two of [e-mail address]"]


def test_a_title_of_a_program_that_is_excluded_meanwhile_is_not_kept(house: PipelineHouse) -> None:
    titled(house, "one")
    house.pipeline.forget_program("mousepad")
    house.later(0.6)
    assert records(house, "title") == []


def browse(house: PipelineHouse, host: str | None, private: Secure = Secure.NO) -> None:
    house.step(RawPage(9, host, private, house.seconds))


def in_browser(house: PipelineHouse) -> None:
    house.window = 9
    house.step(RawFocus(9, FIREFOX, "Journal — Mozilla Firefox", house.seconds))
    house.field()


def typed_in_browser(house: PipelineHouse, text: str) -> None:
    for character in text:
        house.step(RawKey(9, character, character, frozenset(), False, house.seconds))


def test_a_browser_is_kept_only_while_its_page_is_known(house: PipelineHouse) -> None:
    in_browser(house)
    typed_in_browser(house, "early ")  # the page becomes known while it waits
    browse(house, None, Secure.UNKNOWN)
    browse(house, "office.localhost")
    typed_in_browser(house, "note")
    house.later(0.6)
    browse(house, None, Secure.UNKNOWN)
    typed_in_browser(house, "lost")
    house.later(0.6)
    house.close()
    assert house.texts() == ["early note"]
    assert ("key", Reason.UNKNOWN_PAGE, 4) in house.notes()
    assert house.fronts() == ["firefox-esr"]
    assert [record.text for record in records(house, "title")] == ["Journal — Mozilla Firefox"]


@pytest.mark.parametrize(
    ("host", "private", "reason"),
    [("www.paypal.com", Secure.NO, Reason.PROTECTED_PAGE), ("office.localhost", Secure.YES, Reason.PRIVATE_WINDOW)],
)
def test_the_last_half_second_before_a_forbidden_page_is_thrown_away(
    house: PipelineHouse, host: str, private: Secure, reason: Reason
) -> None:
    in_browser(house)
    browse(house, "office.localhost")
    typed_in_browser(house, "kept")
    house.later(0.6)
    typed_in_browser(house, "secret")
    house.seconds += 0.3
    browse(house, host, private)
    typed_in_browser(house, "more")
    house.later(1)
    house.close()
    assert house.texts() == ["kept"]
    assert house.pipeline.front().reason is None
    assert sum(count for _kind, why, count in house.notes() if why is reason) == 10


def test_the_state_line_names_the_page_as_the_reason(house: PipelineHouse) -> None:
    in_browser(house)
    browse(house, "www.paypal.com")
    assert house.pipeline.front().reason is Reason.PROTECTED_PAGE
    browse(house, "office.localhost")
    assert set(house.pipeline.front().categories) == {"app", "title", "shortcut", "pointer", "text", "screen"}


def test_a_page_of_a_window_behind_changes_nothing(house: PipelineHouse) -> None:
    house.at(1)
    browse(house, "www.paypal.com")
    house.type("kept")
    house.later(1)
    house.close()
    assert house.texts() == ["kept"]


def test_what_cannot_be_redacted_is_dropped_by_name(house: PipelineHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Redacted:
        raise RedactionFailed

    monkeypatch.setattr(Redactor, "title", fail)
    monkeypatch.setattr(Redactor, "action", fail)
    titled(house, "one")
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
