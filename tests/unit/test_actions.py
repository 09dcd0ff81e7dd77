"""What a hand did becomes whole actions: places and counts, no paths, no rhythm."""

from __future__ import annotations

import pytest

from agent.actions import DOUBLE_CLICK, SCROLL, Actions, chord, is_wheel
from agent.records import Admitted, Program, RawAction, RawControl, RawKey, RawPointer, Secure

PROGRAM = Program("editor", "Editor", frozenset({"Editor"}))
WALL = 1_700_000_000


class Hand:
    """A hand whose events were all let through. ``done``: what it did, as plain facts."""

    def __init__(self) -> None:
        self.actions = Actions()
        self.at = 100.0
        self.serial = 0
        self.done: list[RawAction] = []

    def event(
        self, button: int, *, pressed: bool = True, x: int = 10, y: int = 10, window: int = 1, held: str = "",
        known: bool = True,
    ) -> None:  # fmt: skip
        self.serial += 1
        place = (x, y, 300, 200) if known else None
        modifiers = frozenset(held.split())
        pointer = RawPointer(window, self.serial, button, pressed, place, modifiers, self.at)
        self.done += self.actions.pointer(Admitted(pointer, window, PROGRAM, "", ("p",)), WALL)

    def click(self, button: int = 1, x: int = 10, y: int = 10, window: int = 1) -> None:
        self.event(button, x=x, y=y, window=window)
        self.at += 0.05
        self.event(button, pressed=False, x=x, y=y, window=window)

    def later(self, seconds: float) -> None:
        self.at += seconds
        self.done += self.actions.tick(self.at, WALL)

    def facts(self) -> list[dict[str, object]]:
        return [raw.action.content() for raw in self.done]


@pytest.fixture
def hand() -> Hand:
    return Hand()


def test_a_click_is_over_when_it_can_no_longer_become_two(hand: Hand) -> None:
    hand.click()
    deadline = hand.actions.deadline()
    assert deadline == pytest.approx(hand.at + DOUBLE_CLICK)
    assert not hand.done
    hand.later(DOUBLE_CLICK)
    assert hand.facts() == [{"name": "click", "button": "left", "x": 10, "y": 10, "width": 300, "height": 200}]
    assert (hand.done[0].kind, hand.done[0].program, hand.done[0].purposes, hand.done[0].time) == (
        "pointer", PROGRAM, ("p",), WALL,
    )  # fmt: skip
    assert hand.actions.deadline() is None


def test_two_clicks_at_one_place_are_a_double_click(hand: Hand) -> None:
    hand.click()
    hand.at += 0.2
    hand.click(x=13)
    hand.later(1)
    assert [fact["name"] for fact in hand.facts()] == ["double-click"]


@pytest.mark.parametrize(
    "second", [{"x": 40}, {"button": 3}, {"window": 2}], ids=["another place", "another button", "another window"]
)
def test_two_clicks_that_do_not_belong_together_are_two(hand: Hand, second: dict[str, int]) -> None:
    hand.click()
    hand.at += 0.2
    hand.click(**second)
    hand.later(1)
    assert [fact["name"] for fact in hand.facts()] == ["click", "click"]


def test_three_quick_clicks_are_a_double_click_and_a_click(hand: Hand) -> None:
    for _ in range(3):
        hand.click()
        hand.at += 0.1
    hand.later(1)
    assert [fact["name"] for fact in hand.facts()] == ["double-click", "click"]


def test_a_button_held_and_moved_is_a_drag_from_here_to_there(hand: Hand) -> None:
    hand.event(1, held="Shift")
    hand.at += 3
    hand.event(1, pressed=False, x=90, y=50)
    hand.later(1)
    assert hand.facts() == [
        {"name": "drag", "keys": "Shift", "button": "left", "x": 10, "y": 10, "to_x": 90, "to_y": 50,
         "width": 300, "height": 200}
    ]  # fmt: skip


def test_turns_of_the_wheel_are_one_scroll_until_it_turns_back(hand: Hand) -> None:
    for button in (5, 5, 5, 4, 7):
        hand.event(button)
        hand.at += 0.1
    hand.later(SCROLL)
    assert [(fact["steps_x"], fact["steps_y"]) for fact in hand.facts()] == [(0, 3), (0, -1), (1, 0)]
    assert all("button" not in fact for fact in hand.facts())


def test_a_wheel_turned_while_a_button_is_held_is_no_scroll(hand: Hand) -> None:
    hand.event(1)
    hand.event(5)
    hand.event(1, pressed=False)
    hand.later(1)
    assert [fact["name"] for fact in hand.facts()] == ["click"]


def test_a_place_that_is_not_known_is_left_out(hand: Hand) -> None:
    hand.event(1, known=False)
    hand.event(1, pressed=False, known=False)
    hand.later(1)
    assert hand.facts() == [{"name": "click", "button": "left"}]


def test_a_release_without_its_press_is_nothing(hand: Hand) -> None:
    hand.event(1, pressed=False)
    hand.event(1, window=1)
    hand.event(3, pressed=False)
    hand.event(1, window=2, pressed=False)
    hand.later(120)
    assert hand.facts() == []
    assert hand.actions.deadline() is None


def test_a_button_without_a_name_ends_what_was_before(hand: Hand) -> None:
    hand.click()
    hand.event(12)
    assert [fact["name"] for fact in hand.facts()] == ["click"]


def test_the_control_that_was_hit_is_named(hand: Hand) -> None:
    hand.event(1)
    hand.actions.control(RawControl(1, hand.serial, "push button", "Save", Secure.NO, 0.0))
    hand.actions.control(RawControl(1, 999, "link", "Another", Secure.NO, 0.0))
    hand.event(1, pressed=False)
    hand.later(1)
    assert hand.done[0].action.role == "push button"
    assert hand.done[0].expose() == "Save"


@pytest.mark.parametrize("secure", [Secure.YES, Secure.UNKNOWN])
def test_a_press_on_something_that_hides_its_content_is_forgotten(hand: Hand, secure: Secure) -> None:
    hand.event(1)
    hand.actions.control(RawControl(1, hand.serial, "password text", "", secure, 0.0))
    hand.event(1, pressed=False)
    hand.later(1)
    assert hand.facts() == []


def test_what_is_forgotten_or_wiped_comes_never(hand: Hand) -> None:
    hand.click()
    hand.actions.forget("another")
    assert hand.actions.deadline() is not None
    hand.actions.forget("editor")
    hand.click()
    hand.actions.discard()
    hand.later(5)
    assert hand.facts() == []


def key(name: str, *modifiers: str, repeat: bool = False) -> RawKey:
    return RawKey(1, name, "", frozenset(modifiers), repeat, 0.0)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (key("s", "Control"), "Ctrl+S"),
        (key("S", "Control", "Shift"), "Ctrl+Shift+S"),
        (key("Tab", "Alt"), "Alt+Tab"),
        (key("Delete", "Control", "Alt"), "Ctrl+Alt+Delete"),
        (key("F5"), "F5"),
        (key("F4", "Alt"), "Alt+F4"),
        (key("plus", "Control"), "Ctrl++"),
        (key("space", "Super"), "Super+Space"),
        (key("Left", "Alt"), "Alt+Left"),
        (key("a"), ""),
        (key("A", "Shift"), ""),
        (key("at", "AltGr"), ""),
        (key("at", "AltGr", "Control"), ""),
        (key("Left", "Control"), ""),
        (key("BackSpace"), ""),
        (key("Left", "Shift"), ""),
        (key("Escape"), ""),
        (key("dead_acute", "Control"), ""),
        (key("Cyrillic_es", "Control"), ""),
        (key("s", "Control", repeat=True), ""),
    ],
)
def test_a_shortcut_is_a_command_and_never_a_letter(event: RawKey, said: str) -> None:
    assert chord(event) == said


def test_a_shortcut_ends_what_the_hand_did_before(hand: Hand) -> None:
    hand.click()
    done = hand.actions.shortcut(Admitted(key("s", "Control"), 1, PROGRAM, "f", ("p",)), WALL)
    assert [(raw.kind, raw.action.content()) for raw in done] == [
        ("pointer", {"name": "click", "button": "left", "x": 10, "y": 10, "width": 300, "height": 200}),
        ("shortcut", {"name": "chord", "keys": "Ctrl+S"}),
    ]
    assert hand.actions.shortcut(Admitted(key("s"), 1, PROGRAM, "f", ("p",)), WALL) == []


def test_only_pointer_events_are_pointer_events(hand: Hand) -> None:
    with pytest.raises(TypeError):
        hand.actions.pointer(Admitted(key("s"), 1, PROGRAM, "f", ("p",)), WALL)
    assert is_wheel(4)
    assert not is_wheel(1)
