"""The question: nothing is preselected, no answer is easier than the other, and only pressing Yes is a yes."""

import random

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPushButton, QRadioButton

from agent.protocol import (
    GetNotice,
    Give,
    Refuse,
    Withdraw,
)
from tests.fakes import pages, samples
from tests.fakes.looks import fonts_times, inside, settle
from tests.fakes.question import Asked
from ui import text
from ui.components import Button, Label
from ui.first_run.telling import FullNotice

SCREENS = range(1, 7)
#: Keys that people and their cats press. Tab reaches every control, Space and Enter press what has the focus.
KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_A,
    Qt.Key.Key_Y, Qt.Key.Key_J, Qt.Key.Key_F4,
)  # fmt: skip


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
    assert clicks > 1


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
