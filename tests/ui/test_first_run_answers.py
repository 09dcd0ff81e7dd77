"""The question, answered: every command carries what was shown; a no is a no wherever it is said; back leads back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent.protocol import (
    Acknowledge,
    ChooseSending,
    Collect,
    Done,
    Exclude,
    GetNotice,
    GetPrograms,
    Give,
    Pause,
    ProgramRow,
    Programs,
    Refuse,
    Resume,
    Withdraw,
)
from tests.fakes import pages, samples
from tests.fakes.looks import settle
from tests.fakes.question import Asked
from ui import text
from ui.engine import Reply
from ui.first_run.charge import InCharge
from ui.first_run.choosing import shown_digest
from ui.first_run.programs import ChoosePrograms

SCREENS = range(1, 7)


@pytest.fixture
def asked() -> Asked:
    return Asked()


# ---------------------------------------------------------------- the commands


def test_the_yes_carries_what_was_shown_and_nothing_else(asked: Asked) -> None:
    asked.go_to(4)
    asked.tick(("evaluate", "app"), ("train", "text"))
    asked.window.next.click()
    notice = pages.notice()
    (give,) = asked.engine.of(Give)
    assert give.notice == notice.notice
    assert give.cells == (("train", "text"), ("evaluate", "app"))
    assert give.programs == ()
    assert give.language == "en"
    assert give.shown == shown_digest(notice)


def test_what_was_shown_differs_by_language_and_by_every_fact() -> None:
    english = shown_digest(pages.notice())
    text.use("de")
    german = shown_digest(pages.notice())
    changed = shown_digest(samples.notice())
    assert len({english, german, changed}) == 3


def test_having_read_is_told_and_is_not_a_yes(asked: Asked) -> None:
    asked.go_to(4)
    assert [command.notice for command in asked.engine.of(Acknowledge)] == [pages.notice().notice]
    assert asked.engine.of(Give) == []


def test_programs_are_switched_on_one_by_one_and_only_those_ticked(asked: Asked) -> None:
    asked.go_to(5)
    screen = asked.window.screen_shown
    assert isinstance(screen, ChoosePrograms)
    screen.box("mousepad").click()
    screen.search.setText("xt")
    screen.box("xterm").click()
    asked.window.next.click()
    assert [command.program for command in asked.engine.of(Collect)] == ["mousepad", "xterm"]
    assert asked.heading() == text.t("first.6.heading")


def test_what_nobody_can_switch_on_has_no_box_and_says_why(asked: Asked) -> None:
    asked.go_to(5)
    screen = asked.window.screen_shown
    assert isinstance(screen, ChoosePrograms)
    for program in ("keepassxc", "gimp"):
        with pytest.raises(StopIteration):
            screen.box(program)
    assert "Password manager. Nobody can switch it on" in asked.words()
    assert "Left out by the policy of Acme" in asked.words()


def test_coming_back_to_the_programs_shows_what_holds_and_a_tick_taken_away_takes_it_back(asked: Asked) -> None:
    rows = (ProgramRow("mousepad", "Mousepad", "collect"), ProgramRow("xterm", "XTerm", "dont-collect"))
    asked.go_to(6)
    asked.engine.answers[GetPrograms] = Programs(rows=rows)
    asked.window.back.click()
    screen = asked.window.screen_shown
    assert isinstance(screen, ChoosePrograms)
    assert screen.box("mousepad").isChecked()
    screen.box("mousepad").click()
    asked.window.next.click()
    assert [(command.program, command.delete_waiting) for command in asked.engine.of(Exclude)] == [("mousepad", False)]
    assert asked.engine.of(Collect) == []


def test_how_things_leave_is_chosen_by_the_person_alone(asked: Asked) -> None:
    asked.go_to(6)
    screen = asked.window.screen_shown
    assert isinstance(screen, InCharge)
    assert asked.engine.of(ChooseSending) == []
    assert set(screen.choice.cards) == {"ask", "hold"}
    screen.choice.cards["hold"].ring.click()
    assert [command.mode for command in asked.engine.of(ChooseSending)] == ["hold"]


def test_a_policy_that_wants_asking_leaves_one_answer_and_says_so() -> None:
    asked = Asked({GetNotice: samples.notice(require_asking=True)})
    asked.go_to(6)
    screen = asked.window.screen_shown
    assert isinstance(screen, InCharge)
    assert set(screen.choice.cards) == {"ask"}
    assert not screen.choice.cards["ask"].ring.isChecked()
    assert "Acme wants you to be asked each time." in asked.words()


def test_a_pause_can_be_tried(asked: Asked) -> None:
    asked.go_to(6)
    screen = asked.window.screen_shown
    assert isinstance(screen, InCharge)
    screen.pause.click()
    assert [command.until for command in asked.engine.of(Pause)] == ["resume"]
    asked.state.take(samples.snapshot(state="paused", paused_until=0))
    screen.pause.click()
    assert len(asked.engine.of(Resume)) == 1


# ---------------------------------------------------------------- saying no


def test_a_no_is_confirmed_in_words_and_the_window_closes_by_hand(asked: Asked) -> None:
    asked.window.no.click()
    assert [command.notice for command in asked.engine.of(Refuse)] == [pages.notice().notice]
    assert text.t("first.refused") in asked.words()
    assert asked.window.no.accessibleName() == text.t("action.close")
    assert not asked.window.next.isVisibleTo(asked.window)
    asked.window.no.click()
    assert asked.closed == [True]
    assert len(asked.engine.of(Refuse)) == 1


@pytest.mark.parametrize("screen", [5, 6])
def test_a_no_after_the_yes_takes_it_back(asked: Asked, screen: int) -> None:
    asked.go_to(screen)
    asked.window.no.click()
    assert len(asked.engine.of(Withdraw)) == 1
    assert asked.engine.of(Refuse) == []


def test_going_back_behind_the_yes_and_saying_no_takes_it_back_too(asked: Asked) -> None:
    asked.go_to(5)
    for _ in range(4):
        asked.window.back.click()
    assert asked.heading() == text.t("first.1.heading", organisation="Acme")
    asked.window.no.click()
    assert len(asked.engine.of(Withdraw)) == 1
    assert asked.engine.of(Refuse) == []


def test_a_no_that_failed_is_not_said_to_be_done(asked: Asked) -> None:
    asked.engine.answers[Refuse] = Done(problem="engine-stopped")
    asked.window.no.click()
    assert text.t("first.refused") not in asked.words()
    assert text.problem("engine-stopped").title in asked.words()


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("way", ["escape", "close"])
def test_closing_sends_no_answer(way: str, screen: int) -> None:
    asked = Asked()
    asked.go_to(screen)
    before = len(asked.engine.asked)
    if way == "escape":
        QTest.keyClick(asked.window, Qt.Key.Key_Escape)
    else:
        asked.window.close()
    assert asked.closed == [True]
    assert len(asked.engine.asked) == before


# ---------------------------------------------------------------- going back, failing


@pytest.mark.parametrize("screen", SCREENS)
def test_the_focus_starts_on_the_heading_and_enter_does_nothing(asked: Asked, screen: int) -> None:
    asked.go_to(screen)
    settle()
    shown = asked.window.screen_shown
    assert shown is not None
    assert asked.window.focusWidget() is shown.heading
    before, heading = len(asked.engine.asked), asked.heading()
    QTest.keyClick(shown.heading, Qt.Key.Key_Return)
    QTest.keyClick(asked.window, Qt.Key.Key_Enter)
    assert (len(asked.engine.asked), asked.heading()) == (before, heading)


def test_back_leads_through_every_screen_and_what_was_ticked_stays_ticked(asked: Asked) -> None:
    asked.go_to(6)
    seen = []
    while asked.window.back.isVisibleTo(asked.window):
        asked.window.back.click()
        seen.append(asked.heading())
    assert len(seen) == 5
    assert asked.window.choice.grid.cells() == (("train", "text"),)


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("code", ["keystore-unavailable", "store-failed", "notice-changed", "engine-stopped"])
def test_a_yes_that_failed_stays_on_its_screen_and_says_what_to_do(language: str, code: str) -> None:
    text.use(language)
    asked = Asked({Give: Done(problem=code, facts={"detail": ""})})
    asked.go_to(4)
    asked.tick()
    asked.window.next.click()
    words = text.problem(code, {"detail": ""})
    assert asked.heading() == text.t("first.4.heading")
    assert words.title in asked.words()
    assert words.remedy in asked.words()
    asked.state.take(samples.snapshot(state="off", consent="never-asked", decision=True, seq=2))
    assert words.title in asked.words()  # and it stays until the next press
    asked.engine.answers[Give] = Done()
    asked.window.next.click()
    assert asked.heading() == text.t("first.5.heading")
    assert words.title not in asked.words()


def test_an_answer_that_comes_late_does_not_move_somebody_who_went_back() -> None:
    asked = Asked()
    asked.go_to(4)
    asked.tick()
    then: list[Callable[[Reply], None]] = []
    asked.engine.ask = lambda command, answered=None: then.append(answered)  # type: ignore[method-assign,assignment]
    asked.window.next.click()
    asked.window.back.click()
    then[0](Done())
    assert asked.heading() == text.t("first.3.heading")
    del asked.engine.ask  # type: ignore[method-assign]  # the fake's own again
    asked.window.no.click()  # no snapshot said so yet, but the yes was given
    assert len(asked.engine.of(Withdraw)) == 1


def test_without_a_notice_there_is_only_a_no() -> None:
    asked = Asked({GetNotice: Done(problem="no-organisation")})
    assert not asked.window.next.isVisibleTo(asked.window)
    assert text.problem("no-organisation").title in asked.words()
    asked.window.no.click()
    assert asked.closed == [True]
