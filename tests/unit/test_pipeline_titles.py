"""Titles and pages of browsers on the way of a datum: what waits, what is thrown away, what comes out."""

from __future__ import annotations

import pytest

from agent.records import (
    CATEGORIES,
    Program,
    RawFocus,
    RawKey,
    RawPage,
    RawTitle,
    Reason,
    Secure,
)
from tests.fakes.pipelinehouse import PipelineHouse, effective

FIREFOX = Program("firefox-esr", "Firefox", frozenset({"Navigator"}))
ALL = effective("mousepad", "gedit", "firefox-esr", cells=CATEGORIES)


@pytest.fixture
def house() -> PipelineHouse:
    house = PipelineHouse()
    house.pipeline.allow(ALL, house.pipeline._guards)
    return house


def test_a_title_counts_once_it_has_stood_half_a_second(house: PipelineHouse) -> None:
    house.titled("one")
    house.later(0.2)
    house.step(RawTitle(1, "two  of jan@harbor.example", house.seconds))
    house.step(RawTitle(2, "of another window", house.seconds))
    house.later(0.6)
    house.step(RawTitle(1, "two of jan@harbor.example", house.seconds))
    house.later(0.6)
    house.step(RawTitle(1, None, house.seconds))
    house.later(0.6)
    assert [record.text for record in house.records("title")] == ["two of [e-mail address]"]


def test_the_same_title_of_the_same_window_is_told_once(house: PipelineHouse) -> None:
    for window, title in ((1, "one"), (2, "two"), (1, "one"), (2, "two"), (1, "three"), (2, "two"), (1, "one")):
        house.titled(title, window)
        house.later(1.2)
    assert house.titles() == ["one", "two", "three", "one"]


def test_a_title_that_comes_too_soon_after_another_waits_for_its_second(house: PipelineHouse) -> None:
    house.titled("one")
    house.later(0.6)
    house.step(RawTitle(1, "two", house.seconds))
    house.later(0.85)
    assert house.titles() == ["one"]
    due = house.pipeline.deadline(house.seconds)
    assert due is not None
    assert due <= house.seconds + 0.1
    house.later(0.1)
    assert house.titles() == ["one", "two"]


def test_a_title_that_came_too_soon_and_went_is_not_told(house: PipelineHouse) -> None:
    house.titled("one")
    house.later(0.6)
    house.step(RawTitle(1, "two", house.seconds))
    house.later(0.6)
    house.step(RawTitle(1, "three", house.seconds))
    house.later(2)
    assert house.titles() == ["one", "three"]


def test_a_title_that_came_too_soon_is_told_before_what_happened_later(house: PipelineHouse) -> None:
    house.titled("one")
    house.later(0.6)
    house.step(RawTitle(1, "two", house.seconds))
    house.later(0.55)
    house.seconds += 1
    house.titled("three", 2)
    house.later(2)
    assert house.titles() == ["one", "two", "three"]


def test_a_title_of_many_windows_ago_is_news_again(house: PipelineHouse) -> None:
    for window in (*range(100, 165), 100):
        house.titled("same", window)
        house.later(1.2)
    assert house.titles() == ["same"] * 66


def test_a_title_of_a_program_that_is_excluded_meanwhile_is_not_kept(house: PipelineHouse) -> None:
    house.titled("one")
    house.pipeline.forget_program("mousepad")
    house.later(0.6)
    assert house.records("title") == []


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
    assert [record.text for record in house.records("title")] == ["Journal — Mozilla Firefox"]


def test_a_page_that_is_told_late_brings_program_and_title_after_it(house: PipelineHouse) -> None:
    in_browser(house)
    house.later(1)
    browse(house, None)
    assert (house.fronts(), house.titles()) == ([], [])
    house.later(1)
    browse(house, "office.localhost")
    house.later(1)
    assert (house.fronts(), house.titles()) == (["firefox-esr"], ["Journal — Mozilla Firefox"])


def test_a_title_of_a_forbidden_page_is_not_told_on_the_next_one(house: PipelineHouse) -> None:
    in_browser(house)
    browse(house, "www.paypal.com")
    house.later(1)
    browse(house, "office.localhost")
    house.later(1)
    assert house.titles() == []


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
