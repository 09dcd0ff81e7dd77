"""The question: nothing is preselected, no answer is easier than the other, and only pressing Yes is a yes."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPushButton, QRadioButton

from agent.protocol import (
    Acknowledge,
    ChooseSending,
    Collect,
    Command,
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
from tests.fakes.looks import fonts_times, inside, settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import Button, Label
from ui.engine import Reply
from ui.first_run.charge import InCharge
from ui.first_run.choosing import shown_digest
from ui.first_run.programs import ChoosePrograms
from ui.first_run.telling import FullNotice
from ui.first_run.window import FirstRun
from ui.state import State

OFF = samples.snapshot(state="off", consent="never-asked", decision=True, waiting=0, given=(), sending_mode="")
SCREENS = range(1, 7)
#: Keys that people and their cats press. Tab reaches every control, Space and Enter press what has the focus.
KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_A,
    Qt.Key.Key_Y, Qt.Key.Key_J, Qt.Key.Key_F4,
)  # fmt: skip


class Asked:
    """The window of the question with an engine that remembers."""

    def __init__(self, answers: dict[type[Command], Reply] | None = None) -> None:
        self.engine = PagesEngine(answers)
        self.state = State(clock=lambda: 0.0)
        self.state.take(OFF)
        self.window = FirstRun(self.engine, self.state)
        self.closed: list[bool] = []
        self.window.closed.connect(lambda: self.closed.append(True))
        self.window.show()

    def tick(self, *cells: tuple[str, str]) -> None:
        for cell in cells or (("train", "text"),):
            self.window.choice.grid.box(*cell).click()

    def go_to(self, screen: int) -> None:
        """By the right button, ticking one cell on the way."""
        for place in range(1, screen):
            if place == 4:
                self.tick()
            self.window.next.click()
            if place == 4:
                self.state.take(samples.snapshot(state="elsewhere", waiting=0, sending_mode="", decision=False))

    def heading(self) -> str:
        shown = self.window.screen_shown
        return shown.heading.text() if shown is not None else ""

    def words(self) -> str:
        """Everything that is shown."""
        labels = [label.text() for label in self.window.findChildren(Label) if label.isVisibleTo(self.window)]
        return " ".join(labels)


@pytest.fixture
def asked() -> Asked:
    return Asked()


# ---------------------------------------------------------------- nothing is preselected


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_ticked_and_no_button_is_a_default(asked: Asked, screen: int) -> None:
    asked.go_to(screen)
    boxes = [*asked.window.findChildren(QCheckBox), *asked.window.findChildren(QRadioButton)]
    ticked_by_hand = 1 if screen > 4 else 0
    assert sum(box.isChecked() for box in boxes) == ticked_by_hand
    assert not any(b.isDefault() or b.autoDefault() for b in asked.window.findChildren(QPushButton))


def test_there_is_no_yes_without_a_tick(asked: Asked) -> None:
    asked.go_to(4)
    assert not asked.window.next.isEnabled()
    asked.window.next.click()
    asked.tick()
    assert asked.window.next.isEnabled()
    asked.tick()
    assert not asked.window.next.isEnabled()
    assert asked.engine.of(Give) == []


def test_tick_none_is_as_large_as_tick_all(asked: Asked) -> None:
    asked.go_to(4)
    settle()
    found = {b.accessibleName(): b for b in asked.window.findChildren(Button) if "ick" in b.accessibleName()}
    assert found["Tick none"].size() == found["Tick all"].size()
    found["Tick all"].click()
    assert len(asked.window.choice.grid.cells()) == asked.window.choice.grid.total() == 16
    found["Tick none"].click()
    assert asked.window.choice.grid.cells() == ()


def test_opening_the_question_asks_the_engine_for_nothing_but_the_notice(asked: Asked) -> None:
    assert [type(command) for command in asked.engine.asked] == [GetNotice]


# ---------------------------------------------------------------- both answers are equal


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_no_stands_left_of_the_other_answer_in_the_same_size_font_and_colour(language: str, screen: int) -> None:
    text.use(language)
    asked = Asked()
    asked.go_to(screen)
    settle()
    no, other = asked.window.no, asked.window.next
    assert no.accessibleName() == text.t("first.no")
    assert no.size() == other.size()
    assert no.width() >= 236
    assert no.height() >= 40
    assert no.font() == other.font()
    assert no.palette() == other.palette()
    assert no.geometry().right() < other.geometry().left()
    assert no.isEnabled()


def test_a_no_takes_one_click_on_every_screen_and_a_yes_takes_more() -> None:
    yes = Asked()
    clicks = 0
    while not yes.engine.of(Give):
        if yes.window.next.isEnabled():
            yes.window.next.click()
        else:
            yes.tick()
        clicks += 1
    for screen in SCREENS:
        asked = Asked()
        asked.go_to(screen)
        asked.window.no.click()
        assert len(asked.engine.of(Withdraw) if screen > 4 else asked.engine.of(Refuse)) == 1
    assert clicks >= 1


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_scrolls_at_the_size_of_the_platform(language: str, screen: int) -> None:
    text.use(language)
    asked = Asked()
    asked.go_to(screen)
    settle()
    assert (asked.window.width(), asked.window.height()) == (900, 660)
    assert asked.window.scrolls() == 0


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_at_twice_the_size(screen: int) -> None:
    with fonts_times(2):
        asked = Asked()
        asked.go_to(screen)
        settle()
        for button in asked.window.findChildren(Button):
            if button.isVisibleTo(asked.window):
                assert button.width() >= button.sizeHint().width(), button.accessibleName()
        for box in asked.window.findChildren(QCheckBox):
            if box.isVisibleTo(asked.window):
                assert box.height() >= box.heightForWidth(box.width())
        for label in asked.window.findChildren(Label):
            if label.isVisibleTo(asked.window) and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()


@pytest.mark.parametrize("factor", [1, 2])
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_full_notice_names_every_key_and_is_not_cut_off(language: str, factor: int) -> None:
    text.use(language)
    with fonts_times(factor):
        shown = FullNotice(pages.notice())
        shown.show()
        settle()
        labels = shown.findChildren(Label)
        assert {label.text() for label in labels} >= {text.in_fours(pages.notice().policy_hash), "1 anchor", "8 winter"}
        assert [label.text() for label in labels if not inside(label, shown)] == []


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
    asked.window.choice.grid.box("train", "text")
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


# ---------------------------------------------------------------- any keys, any events


@pytest.mark.parametrize("screen", SCREENS)
def test_no_row_of_keys_and_window_events_is_a_yes(screen: int) -> None:
    """300 events a screen, the same every time: keys at whatever has the focus, clicks beside the buttons, states,
    activation. Space is left out: on a button it has the focus of, it presses, as it should.
    """
    random_ = random.Random(screen)  # no secret: the same events every time
    asked = Asked()
    asked.go_to(screen)
    given = len(asked.engine.of(Give))
    if screen == 4:
        asked.tick()
    for _ in range(300):
        if not asked.window.isVisible():
            asked.window.show()
        target = asked.window.focusWidget() or asked.window
        match random_.randrange(6):
            case 0:
                QApplication.sendEvent(asked.window, QEvent(random_.choice([
                    QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate, QEvent.Type.ActivationChange,
                    QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Enter, QEvent.Type.Leave,
                ])))  # fmt: skip
            case 1:
                QTest.mouseDClick(asked.window, Qt.MouseButton.LeftButton, pos=QPoint(4, random_.randrange(60, 500)))
            case 2:
                asked.state.take(samples.snapshot(seq=random_.randrange(1, 99), state="elsewhere", decision=True))
            case _:
                key = random_.choice(KEYS)
                if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and target is asked.window.next:
                    continue  # a person who moved to the button and pressed Enter there meant it
                QTest.keyClick(target, key)
    settle()
    assert len(asked.engine.of(Give)) == given


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_control_has_a_name_in_its_language(language: str, screen: int) -> None:
    text.use(language)
    asked = Asked()
    asked.go_to(screen)
    controls = [c for c in asked.window.findChildren(QAbstractButton) if c.isVisibleTo(asked.window)]
    assert controls
    nameless = [control for control in controls if not control.accessibleName() and isinstance(control, Button)]
    assert nameless == []
    boxes = [c for c in controls if isinstance(c, QCheckBox | QRadioButton)]
    assert all(box.accessibleName() for box in boxes)


def test_a_cell_says_what_it_is_for_whom_and_whether(asked: Asked) -> None:
    asked.go_to(4)
    box = asked.window.choice.grid.box("train", "text")
    assert box.accessibleName() == "Text you type, Train models that operate software: Not collected"
    box.click()
    assert box.accessibleName() == "Text you type, Train models that operate software: Collected"
