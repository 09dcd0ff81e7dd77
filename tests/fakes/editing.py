"""Random editing of one line whose outcome the assembler is sure of, for real text fields to be compared with."""

from __future__ import annotations

import random

from agent.assembly import Assembler
from tests.fakes.typing import NAMED, admitted, key_event

STEPS = 60
_MOVES = ("Left", "Right", "Home", "End", "BackSpace", "Delete")
_CHOICES = (
    *("abcdefghij" * 2),
    *("klm  -@.,_" * 2),
    *(f"{held}{key}" for held in ("", "", "Shift+") for key in _MOVES[:4]),
    *_MOVES[4:] * 3,
    *("Control+Left", "Control+BackSpace", "Control+Right", "Control+Delete", "Control+Shift+Left") * 2,
    *("Control+a", "Control+Home", "Control+End", "Control+Shift+Home", "Control+Shift+End"),
)


def feed(assembler: Assembler, name: str, now: float) -> bool:
    """Does the text go on after this key?"""
    *held, key = name.split("+")
    text = key if len(key) == 1 and not held else ""
    ended = assembler.feed(admitted(key_event(NAMED.get(key, key), text, *held, at=now)), now, 0)
    field = assembler._current()
    return not ended and field is not None and field.whole  # a text that is empty ends without a word


def session(seed: int) -> tuple[list[str], str]:
    """Steps, and the text that the assembler then holds."""
    chosen: list[str] = ["x"]
    dice = random.Random(seed)  # a test that can be repeated
    while len(chosen) < STEPS:
        step = dice.choice(_CHOICES)
        if all(replay([*chosen, step])[0]):
            chosen.append(step)
    return chosen, replay(chosen)[1]


def replay(steps: list[str]) -> tuple[list[bool], str]:
    """Did the text go on after each step, and what is it in the end?"""
    assembler = Assembler(lambda _text: 0)
    goes_on = [feed(assembler, step, float(place)) for place, step in enumerate(steps)]
    goes_on += [feed(assembler, "x", 1e3)]
    assembler.feed(admitted(key_event("BackSpace", at=1e3)), 1e3, 0)
    return goes_on, "".join(raw.expose()[0] for raw in assembler.leave(1e3, 0))
