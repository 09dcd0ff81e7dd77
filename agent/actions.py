"""Pointer events and chords to whole actions: click, double click, drag, scroll, shortcut. Pure: time is an argument.

Kept are places and counts, never a path between two places and never how fast anything was done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from agent.records import Action, Admitted, Program, Raw, RawAction, RawControl, RawKey, RawPointer, Secure

#: Seconds and pixels within which a second click makes a double click; what desktops start with.
DOUBLE_CLICK: Final = 0.4
_NEAR: Final = 5
#: Pixels a pressed button must move to be a drag; toolkits start with 8.
_DRAG: Final = 8
#: Seconds over which turns of the wheel in one window are one scroll.
SCROLL: Final = 1.0
#: Seconds after which a press whose release never came is forgotten.
_LOST: Final = 60.0

_BUTTONS: Final[dict[int, str]] = {1: "left", 2: "middle", 3: "right", 8: "back", 9: "forward"}
_WHEEL: Final[dict[int, tuple[int, int]]] = {4: (0, -1), 5: (0, 1), 6: (-1, 0), 7: (1, 0)}
_HELD: Final[dict[str, str]] = {"Control": "Ctrl", "Alt": "Alt", "Shift": "Shift", "Super": "Super"}
#: Keys that are no shortcut without Ctrl, Alt or Super, and none with Shift alone.
_FUNCTION: Final = frozenset(f"F{number}" for number in range(1, 36))
_MOVING: Final = frozenset(
    {"Left", "Right", "Up", "Down", "Home", "End", "Prior", "Next", "BackSpace", "Delete", "Insert", "Return", "Tab"}
)
_NAMES: Final[dict[str, str]] = {
    "Prior": "PageUp", "Next": "PageDown", "Return": "Enter", "Escape": "Esc", "space": "Space", "plus": "+",
    "minus": "-", "equal": "=", "comma": ",", "period": ".", "slash": "/", "backslash": "\\", "bracketleft": "[",
    "bracketright": "]", "semicolon": ";", "apostrophe": "'", "grave": "`",
}  # fmt: skip


def is_wheel(button: int) -> bool:
    """Is this a step of a wheel?"""
    return button in _WHEEL


def chord(event: RawKey) -> str:
    """``Ctrl+Shift+S`` for a shortcut, empty for a key that types, moves or edits, and for a held key that repeats.

    AltGr types characters, so what is pressed with it is no shortcut. Ctrl with a letter is, whatever it does there.
    """
    key, _text, modifiers = event.expose()
    commanding = modifiers & {"Control", "Alt", "Super"}
    if event.repeat or "AltGr" in modifiers or key.startswith(("dead_", "ISO_", "KP_", "XF86")):
        return ""
    plain = key in _FUNCTION
    if not plain and (not commanding or (key in _MOVING and commanding == {"Control"})):
        return ""
    if len(key) > 1 and key not in _NAMES and key not in _MOVING and not plain:
        return ""
    name = _NAMES.get(key, key.upper() if len(key) == 1 else key)
    return "+".join([*(word for held, word in _HELD.items() if held in modifiers), name])


@dataclass(frozen=True, slots=True)
class _Who:
    """Where something was done, and what it may be kept for."""

    window: int
    program: Program
    purposes: tuple[str, ...]


class _Doing(Raw):
    """A press, a click or a scroll that is not over yet. at: monotonic seconds of its last event."""

    __slots__ = ("action", "at", "button", "name", "serial", "stage", "wall", "who")

    def __init__(
        self, who: _Who, action: Action, button: int, serial: int, stage: Literal["down", "up", "scroll"], at: float
    ) -> None:
        self.who = who
        self.action = action
        self.button = button
        self.serial = serial
        self.stage = stage
        self.at = at
        self.wall = 0
        self.name: str | None = None


class Actions:
    """Owns what a hand has begun and not finished. Fed in order; gives out each action once, when it is over."""

    def __init__(self) -> None:
        self._doing: _Doing | None = None

    def pointer(self, event: Admitted, wall: int) -> list[RawAction]:
        """A press, a release or a step of the wheel that was let through."""
        pointer = event.event
        if not isinstance(pointer, RawPointer):
            raise TypeError("not a pointer event")
        who = _Who(event.window, event.program, event.purposes)
        if pointer.button in _WHEEL:
            return self._scrolled(pointer, who, wall)
        if pointer.button not in _BUTTONS:
            return self.finish(wall)
        return self._pressed(pointer, who, wall) if pointer.pressed else self._released(pointer, who, wall)

    def shortcut(self, event: Admitted, wall: int) -> list[RawAction]:
        """A chord that was let through; nothing for a key that is none."""
        key = event.event
        keys = chord(key) if isinstance(key, RawKey) else ""
        if not keys:
            return []
        done = self.finish(wall)
        return [*done, RawAction("shortcut", Action("chord", keys=keys), None, event.program, event.purposes, wall)]

    def control(self, event: RawControl) -> None:
        """What a press hit became known. What hides its content hides that it was hit, too."""
        doing = self._doing
        if doing is None or doing.serial != event.serial:
            return
        if event.secure is not Secure.NO:
            self._doing = None
            return
        doing.action = replace(doing.action, role=event.role)
        doing.name = event.expose()

    def tick(self, now: float, wall: int) -> list[RawAction]:
        """Time passes: what nothing can be added to any more is over."""
        due = self._due()
        return self.finish(wall) if due is not None and now >= due else []

    def deadline(self) -> float | None:
        """When ``tick`` has something to do (monotonic seconds), None if nothing is under way."""
        return self._due()

    def finish(self, wall: int) -> list[RawAction]:
        """Something else begins: a click or scroll is over; a button that is still down is no action yet."""
        doing, self._doing = self._doing, None
        if doing is None or doing.stage == "down":
            return []
        who = doing.who
        return [RawAction("pointer", doing.action, doing.name, who.program, who.purposes, doing.wall or wall)]

    def discard(self) -> None:
        """Wipe everything."""
        self._doing = None

    def forget(self, program_id: str) -> None:
        """Wipe what was done in this program, whichever of its names this is."""
        if self._doing is not None and program_id in self._doing.who.program.known_as():
            self._doing = None

    def _due(self) -> float | None:
        if self._doing is None:
            return None
        return self._doing.at + {"down": _LOST, "up": DOUBLE_CLICK, "scroll": SCROLL}[self._doing.stage]

    def _pressed(self, event: RawPointer, who: _Who, wall: int) -> list[RawAction]:
        doing = self._doing
        action = _placed(Action("click", keys=_keys(event), button=_BUTTONS[event.button]), event)
        again = (
            doing is not None
            and doing.stage == "up"
            and doing.action.name == "click"
            and (doing.who.window, doing.button) == (who.window, event.button)
            and event.at - doing.at <= DOUBLE_CLICK
            and _apart(doing.action, action) <= _NEAR
        )
        if again and doing is not None:
            # The first click's control is the second one's: nothing moved.
            twice = _Doing(
                who, replace(doing.action, name="double-click"), event.button, event.serial, "down", event.at
            )
            twice.name = doing.name
            self._doing = twice
            return []
        done = self.finish(wall)
        self._doing = _Doing(who, action, event.button, event.serial, "down", event.at)
        return done

    def _released(self, event: RawPointer, who: _Who, wall: int) -> list[RawAction]:
        doing = self._doing
        if doing is None or doing.stage != "down" or doing.button != event.button or doing.who.window != who.window:
            return []
        doing.stage, doing.at, doing.wall = "up", event.at, wall
        end = _placed(Action("click"), event)
        if _apart(doing.action, end) > _DRAG:
            doing.action = replace(doing.action, name="drag", to_x=end.x, to_y=end.y)
        return []

    def _scrolled(self, event: RawPointer, who: _Who, wall: int) -> list[RawAction]:
        right, down = _WHEEL[event.button]
        doing = self._doing
        if doing is not None and doing.stage == "down":
            return []  # turned while a button is held: part of what the button does
        if (
            doing is not None
            and doing.stage == "scroll"
            and doing.who.window == who.window
            and event.at - doing.at <= SCROLL
            and doing.action.steps_x * right >= 0
            and doing.action.steps_y * down >= 0
            and (doing.action.steps_x == 0) == (right == 0)
        ):
            action = doing.action
            doing.action = replace(action, steps_x=action.steps_x + right, steps_y=action.steps_y + down)
            doing.at = event.at
            return []
        done = self.finish(wall)
        action = _placed(Action("scroll", keys=_keys(event), steps_x=right, steps_y=down), event)
        self._doing = _Doing(who, action, event.button, event.serial, "scroll", event.at)
        self._doing.wall = wall
        return done


def _keys(event: RawPointer) -> str:
    return "+".join(word for held, word in _HELD.items() if held in event.modifiers)


def _placed(action: Action, event: RawPointer) -> Action:
    place = event.expose()
    if place is None:
        return action
    x, y, width, height = place
    return replace(action, x=x, y=y, width=width, height=height)


def _apart(one: Action, other: Action) -> int:
    """Pixels between two places; 0 if one of them is not known."""
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return 0
    return max(abs(one.x - other.x), abs(one.y - other.y))
