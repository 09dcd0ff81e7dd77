"""Stopping is short: what the tray menu, the strip and the small window do when somebody uses them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from agent.protocol import (
    ActiveProblem,
    Done,
    Exclude,
    Forget,
    GetNotice,
    GetWaiting,
    Pause,
    Resume,
    ShowIndicator,
    Snapshot,
    Withdraw,
    WithdrawQuestion,
)
from tests.fakes import samples
from tests.fakes.asked_engine import AskedEngine
from tests.fakes.waiting import until
from ui.app import make_window
from ui.components import Label
from ui.flows import Flows
from ui.indicator import SMALLEST, Indicators, Sign, inside
from ui.small_window import SmallWindow
from ui.state import State
from ui.strip import Strip
from ui.tray import TrayMenu


class Desk:
    """State, flows and an engine that remembers."""

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.now = 0.0
        self.engine = AskedEngine({GetWaiting: samples.waiting(), GetNotice: samples.notice()})
        self.state = State(clock=lambda: self.now)
        self.flows = Flows(self.engine, self.state)
        if snapshot is not None:
            self.state.take(snapshot)


@pytest.fixture
def desk() -> Desk:
    return Desk(samples.snapshot())


def shown_words(menu: TrayMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()]


def names(widget: QWidget) -> list[str]:
    return [button.accessibleName() for button in widget.findChildren(QPushButton) if button.isVisibleTo(widget)]


def test_the_menu_has_its_fixed_order(desk: Desk) -> None:
    assert shown_words(TrayMenu(desk.state, desk.flows)) == [
        "Collecting text and program names in Mousepad.",
        "Pause",
        "Forget the last",
        "Don't collect in Mousepad",
        "Open Aboveboard",
        "Waiting to leave (12)",
        "Consent and notice",
        "Stop and withdraw",
        "Help",
        "Quit (collection stops)",
    ]


def test_the_first_line_of_the_menu_is_the_sentence_of_the_strip(desk: Desk) -> None:
    menu, strip, small = (
        TrayMenu(desk.state, desk.flows),
        Strip(desk.state, desk.flows),
        SmallWindow(desk.state, desk.flows),
    )
    for state in ("paused", "quiet", "elsewhere", "stopped", "off", "collecting"):
        desk.state.take(samples.snapshot(state=state))
        sentence = desk.state.presented().sentence
        assert menu.line.text() == strip.sentence.text() == small.sentence.text() == sentence
        assert strip.glyph.accessibleName() == sentence


def test_withdrawing_takes_two_clicks_and_pauses_at_the_first(desk: Desk) -> None:
    menu = TrayMenu(desk.state, desk.flows)
    menu.withdraw.trigger()
    assert desk.engine.asked == [WithdrawQuestion(id=0, open=True)]
    assert desk.flows.question is not None
    desk.flows.question.yes.click()
    assert desk.engine.of(Withdraw) == [Withdraw(id=0)]
    assert desk.flows.question.heading.text() == "Stopped. Nothing is collected."


@pytest.mark.parametrize("wished", [False, True])
def test_the_deletion_of_what_was_sent_is_asked_for_only_by_a_tick(wished: bool) -> None:
    desk = Desk(samples.snapshot(sent_batches=2))
    desk.flows.withdraw()
    asked = desk.flows.question
    assert asked is not None
    assert asked.tick is not None
    assert not asked.tick.isChecked()
    assert asked.tick.accessibleName() == "Also ask for the deletion of everything that was sent"
    if wished:
        asked.tick.click()
    assert desk.engine.of(Withdraw) == []
    asked.yes.click()
    assert desk.engine.of(Withdraw) == [Withdraw(id=0, delete_sent=wished)]
    said = [label.text() for label in desk.flows.question.findChildren(Label)] if desk.flows.question else []
    assert any("The page Sent shows" in words for words in said) == wished
    assert any("Nothing was sent about this" in words for words in said) != wished


def test_a_tick_without_a_yes_does_nothing() -> None:
    desk = Desk(samples.snapshot(sent_batches=2))
    desk.flows.withdraw()
    asked = desk.flows.question
    assert asked is not None
    assert asked.tick is not None
    asked.tick.click()
    asked.no.click()
    assert desk.engine.of(Withdraw) == []


def test_where_nothing_was_sent_no_deletion_is_offered(desk: Desk) -> None:
    desk.flows.withdraw()
    assert desk.flows.question is not None
    assert desk.flows.question.tick is None


@pytest.mark.parametrize("way", ["no", "escape", "close"])
def test_not_withdrawing_closes_the_question_and_says_so(desk: Desk, way: str) -> None:
    desk.flows.withdraw()
    asked = desk.flows.question
    assert asked is not None
    {"no": asked.no.click, "escape": lambda: QTest.keyClick(asked, Qt.Key.Key_Escape), "close": asked.close}[way]()
    assert desk.engine.asked == [WithdrawQuestion(id=0, open=True), WithdrawQuestion(id=0, open=False)]
    assert desk.flows.question is None


def test_asking_twice_leaves_one_question_and_no_yes(desk: Desk) -> None:
    desk.flows.withdraw()
    desk.flows.withdraw()
    assert desk.engine.of(Withdraw) == []
    assert desk.flows.question is not None
    assert desk.engine.asked[-1] == WithdrawQuestion(id=0, open=True)


def test_a_withdrawal_that_failed_is_said(desk: Desk) -> None:
    desk.engine.answers[Withdraw] = Done(problem="engine-stopped")
    desk.flows.withdraw()
    assert desk.flows.question is not None
    desk.flows.question.yes.click()
    assert desk.flows.question.heading.text() == "That was not done"


def test_excluding_works_at_once_and_then_asks_about_what_waits(desk: Desk) -> None:
    desk.flows.exclude_current()
    assert desk.engine.of(Exclude) == [Exclude(id=0, program="mousepad", delete_waiting=False)]
    assert desk.flows.question is not None
    assert desk.flows.question.heading.text() == "From now on nothing is collected in Mousepad."
    desk.flows.question.yes.click()
    assert desk.engine.of(Exclude)[1:] == [Exclude(id=0, program="mousepad", delete_waiting=True)]


def test_excluding_a_program_from_which_nothing_waits_asks_nothing(desk: Desk) -> None:
    desk.flows.exclude("gedit", "gedit")
    assert desk.flows.question is None
    assert len(desk.engine.of(Exclude)) == 1


@pytest.mark.parametrize("length", ["15m", "1h", "tomorrow", "resume"])
def test_every_length_of_pause_can_be_chosen(desk: Desk, length: str) -> None:
    menu = TrayMenu(desk.state, desk.flows)
    words = {"15m": "15 minutes", "1h": "1 hour", "tomorrow": "Until tomorrow", "resume": "Until I resume"}[length]
    next(action for action in menu.pause.actions() if action.text() == words).trigger()
    assert desk.engine.asked == [Pause(id=0, until=length)]  # type: ignore[arg-type]


def test_resume_is_there_while_paused_only(desk: Desk) -> None:
    strip = Strip(desk.state, desk.flows)
    assert "Resume" not in names(strip)
    desk.state.take(samples.snapshot(state="paused", paused_until=0))
    assert names(strip) == ["Resume", "Pause"]
    strip.resume.click()
    assert desk.engine.of(Resume)
    desk.state.take(samples.snapshot(state="paused", trying=True))
    assert "Resume" not in names(strip)


def test_forgetting_says_how_much(desk: Desk) -> None:
    desk.engine.answers[Forget] = Done(count=2)
    desk.flows.forget(30)
    assert desk.engine.of(Forget) == [Forget(id=0, minutes=30)]
    assert desk.flows.question is not None


def test_the_small_window_forgets_as_the_tray_does(desk: Desk) -> None:
    desk.engine.answers[Forget] = Done(count=2)
    small, menu = SmallWindow(desk.state, desk.flows), TrayMenu(desk.state, desk.flows)
    offered = small.forget.menu().actions()
    assert [action.text() for action in offered] == [action.text() for action in menu.forget.actions()]
    assert small.forget.isVisibleTo(small)
    for action in offered:
        action.trigger()
    assert [command.minutes for command in desk.engine.of(Forget)] == [5, 30, 0]
    desk.state.take(samples.snapshot(state="off", consent="refused", program="", program_id=""))
    assert not small.forget.isVisibleTo(small)


def test_without_a_yes_there_is_nothing_to_pause_or_withdraw(desk: Desk) -> None:
    desk.state.take(samples.snapshot(state="off", consent="refused", program="", program_id=""))
    menu = TrayMenu(desk.state, desk.flows)
    assert not {"Pause", "Forget the last", "Stop and withdraw"} & set(shown_words(menu))
    assert names(Strip(desk.state, desk.flows)) == []


def test_a_gone_engine_can_be_started_again_three_times(desk: Desk) -> None:
    strip = Strip(desk.state, desk.flows)
    desk.state.engine_gone()
    assert names(strip) == ["Start again"]
    assert strip.property("state") == "stopped"
    for _ in range(4):
        strip.start_again.click()
    assert desk.engine.restarts == 4
    assert desk.flows.question is not None
    assert desk.flows.question.heading.text() == "That was not done"


def test_a_silent_engine_takes_the_buttons_that_need_it_away(desk: Desk) -> None:
    strip = Strip(desk.state, desk.flows)
    desk.now = 3
    desk.state.look()
    assert "Pause" not in names(strip)
    assert strip.sentence.text().startswith("Stopped.")


def test_closing_the_small_window_ends_everything(desk: Desk) -> None:
    small = SmallWindow(desk.state, desk.flows)
    closed: list[bool] = []
    small.closed.connect(lambda: closed.append(True))
    small.show()
    small.close()
    assert closed == [True]
    assert "Closing this window stops collection." in [label.text() for label in small.findChildren(type(small.facts))]


def test_the_window_has_no_dead_navigation_and_the_way_out_on_every_page(desk: Desk) -> None:
    window, _ = make_window(desk.engine, desk.state, desk.flows)
    window.show()
    for key in window.navigation.pages():
        window.open_page(key)
        page = window.page()
        assert page is not None
        assert page.key == key
        assert page.heading.text()
        assert window.withdraw.isVisibleTo(window)
    window.close()
    assert not window.isVisible()


def test_every_control_of_the_window_has_a_name(desk: Desk) -> None:
    window, _ = make_window(desk.engine, desk.state, desk.flows)
    for key in window.navigation.pages():
        window.open_page(key)
    nameless = [button.text() for button in window.findChildren(QPushButton) if not button.accessibleName()]
    # buttons that are shown only in some state get their words then
    assert [words for words in nameless if words] == []


def test_while_our_window_is_in_front_the_program_behind_it_can_be_excluded_everywhere(desk: Desk) -> None:
    places = (Strip(desk.state, desk.flows), SmallWindow(desk.state, desk.flows))
    desk.state.take(samples.snapshot(state="elsewhere", reason="own-window"))
    for place in places:
        assert "Don't collect in Mousepad" in names(place)
    places[1].exclude.click()
    assert desk.engine.of(Exclude)[0].program == "mousepad"
    desk.state.take(samples.snapshot(state="elsewhere", reason="program-excluded"))
    for place in places:
        assert "Don't collect in Mousepad" not in names(place)


class TestIndicators:
    """The sign on the screen."""

    def test_there_is_one_per_screen_while_there_is_a_yes(self) -> None:
        desk = Desk()
        indicators = Indicators(desk.engine, desk.state, lambda: True)
        assert indicators.signs() == []
        for state in ("collecting", "paused", "quiet", "elsewhere", "stopped", "off"):
            desk.state.take(samples.snapshot(state=state))
            assert len(indicators.signs()) == 1
            assert indicators.signs()[0].isVisible()
        desk.state.engine_gone()
        assert indicators.signs()[0].isVisible()
        desk.state.take(samples.snapshot(state="off", consent="withdrawn"))
        assert indicators.signs() == []

    def test_the_engine_is_told_the_native_ids_whenever_they_change(self) -> None:
        desk = Desk(samples.snapshot())
        indicators = Indicators(desk.engine, desk.state, lambda: True)
        told = desk.engine.of(ShowIndicator)
        assert told[-1].windows == (int(indicators.signs()[0].winId()),)
        desk.state.take(samples.snapshot(seq=2))
        assert len(desk.engine.of(ShowIndicator)) == len(told)
        indicators.tell_again()
        assert len(desk.engine.of(ShowIndicator)) == len(told) + 1
        desk.state.take(samples.snapshot(consent="withdrawn", state="off"))
        assert desk.engine.of(ShowIndicator)[-1].windows == ()

    def test_one_that_the_engine_does_not_see_is_made_anew_now_and_then(self) -> None:
        desk = Desk(samples.snapshot())
        indicators = Indicators(desk.engine, desk.state, lambda: True)
        (first,) = indicators.signs()
        desk.state.take(samples.snapshot(state="stopped", problems=(ActiveProblem("no-indicator"),)))

        def anew() -> bool:
            QTest.qWait(20)
            return indicators.signs() != [first]

        until(anew, "a new sign")
        (second,) = indicators.signs()
        assert second.isVisible()
        assert desk.engine.of(ShowIndicator)[-1].windows == (int(second.winId()),)
        desk.state.take(samples.snapshot(seq=2))
        assert indicators.signs() == [second]

    def test_it_cannot_be_closed(self) -> None:
        desk = Desk(samples.snapshot())
        sign = Indicators(desk.engine, desk.state, lambda: True).signs()[0]
        sign.close()
        assert sign.isVisible()

    def test_a_click_shrinks_it_and_it_is_never_too_small_to_count(self) -> None:
        desk = Desk(samples.snapshot())
        sign = Indicators(desk.engine, desk.state, lambda: True).signs()[0]
        wide = sign.width()
        QTest.mouseClick(sign, Qt.MouseButton.LeftButton)
        assert SMALLEST <= sign.width() < wide
        assert sign.height() >= SMALLEST
        QTest.mouseClick(sign, Qt.MouseButton.LeftButton)
        assert sign.width() == wide

    def test_a_drag_moves_it_inside_its_screen_and_it_stays_there(self) -> None:
        desk = Desk(samples.snapshot())
        sign = Indicators(desk.engine, desk.state, lambda: True).signs()[0]
        sign.moved.emit(QPoint(100, 120))
        assert sign.pos() == QPoint(100, 120)
        desk.state.take(samples.snapshot(state="paused", seq=2))
        assert sign.geometry().top() == 120
        sign.moved.emit(QPoint(-500, -500))
        assert sign.screen().geometry().contains(sign.geometry())

    def test_its_name_is_the_sentence(self) -> None:
        desk = Desk(samples.snapshot())
        sign = Indicators(desk.engine, desk.state, lambda: True).signs()[0]
        assert sign.accessibleName() == desk.state.presented().sentence

    def test_every_pixel_of_it_is_opaque(self) -> None:
        sign = Sign()
        sign.follow(Desk(samples.snapshot()).state.presented())
        image = sign.grab().toImage()
        assert {image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())} == {255}

    def test_inside_moves_as_little_as_possible(self) -> None:
        sign = Sign()
        room = sign.screen().geometry()
        rect = room.adjusted(10, 10, -10, -10)
        assert inside(rect, room) == rect
