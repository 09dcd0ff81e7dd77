"""What every Input promises: asked of the scripted desktop and of the real X server alike."""

from __future__ import annotations

import shutil
import string
from collections.abc import Iterator
from typing import Protocol

import pytest

from agent.native.base import Input
from agent.problems import Unavailable
from agent.records import RawEvent, RawField, RawFocus, RawKey, RawPointer
from tests.fakes.desktop import EDITOR, TERMINAL, ScriptedDesktop
from tests.fakes.real_desktop import RealDesktop
from tests.fakes.waiting import until
from tests.fakes.xclient import screen

SENTENCE = "Hello, World! It's 5 o'clock: 100% (or ~3?) <a@b.c> {x|y} \\ \"q\" #1 $2 ^4 &5 *6 _7 +8 =9 `0 [z]; -/."


class Desk(Protocol):
    """A desktop with two programs, ``notes`` in front."""

    input: Input

    def to_notes(self) -> None: ...
    def to_vault(self) -> None: ...
    def type(self, text: str) -> None: ...
    def key(self, name: str) -> None: ...
    def click(self) -> None: ...
    def wheel(self) -> None: ...
    def die(self) -> None: ...


class ScriptedDesk:
    def __init__(self) -> None:
        self.input: ScriptedDesktop = ScriptedDesktop()
        self.type, self.key, self.click, self.die = (
            *(self.input.type, self.input.key),
            *(self.input.click, self.input.die),
        )
        self.to_notes()

    def wheel(self) -> None:
        self.input.wheel(5)

    def to_notes(self) -> None:
        self.input.focus(EDITOR, "notes")

    def to_vault(self) -> None:
        self.input.focus(TERMINAL, "vault")


class RealDesk:
    def __init__(self, real: RealDesktop) -> None:
        self.real = real
        self.input = real.input
        self.type, self.key = real.hands.type, real.hands.key
        self.to_notes()

    def to_notes(self) -> None:
        self.real.focus(self.real.notes)

    def to_vault(self) -> None:
        self.real.focus(self.real.vault)

    def wheel(self) -> None:
        self.real.hands.click(150, 160, 5)

    def click(self) -> None:
        self.real.hands.click(150, 160)

    def die(self) -> None:
        self.real.end_server()


class Seen:
    """A sink that remembers."""

    def __init__(self) -> None:
        self.events: list[RawEvent] = []

    def __call__(self, event: RawEvent) -> None:
        self.events.append(event)

    @property
    def keys(self) -> list[RawKey]:
        return [event for event in self.events if isinstance(event, RawKey)]

    @property
    def pointers(self) -> list[RawPointer]:
        return [event for event in self.events if isinstance(event, RawPointer)]

    @property
    def focuses(self) -> list[RawFocus]:
        return [event for event in self.events if isinstance(event, RawFocus)]

    def typed(self) -> str:
        return "".join(key.expose()[1] for key in self.keys)

    def names(self) -> list[str]:
        return [key.expose()[0] for key in self.keys]

    def wait_for(self, text: str) -> None:
        until(lambda: text in self.typed(), "what was typed")


@pytest.fixture(
    params=[
        "scripted",
        pytest.param(
            "x11",
            marks=[
                pytest.mark.desktop,
                pytest.mark.skipif(not shutil.which("Xvfb") or not shutil.which("openbox"), reason="no xvfb, openbox"),
            ],
        ),
    ]
)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    if request.param == "scripted":
        yield ScriptedDesk()
        return
    with screen() as environ:
        real = RealDesktop(environ)
        try:
            yield RealDesk(real)
        finally:
            real.close()


class TestInput:
    def test_the_way_of_a_session(self, desk: Desk) -> None:
        """One long walk, because a desktop takes a second to start: first event, text, names, focus, stop, start."""
        seen = Seen()
        desk.input.start(seen)
        desk.input.check()
        desk.type(SENTENCE)
        seen.wait_for(SENTENCE)
        assert isinstance(seen.events[0], RawFocus), "the first event is the focus as it is"
        assert seen.events[0].window is not None
        assert seen.events[0].program is not None
        assert seen.typed() == SENTENCE
        assert {key.window for key in seen.keys} == {seen.events[0].window}
        assert not any(key.repeat for key in seen.keys)

        with pytest.raises(RuntimeError):
            desk.input.start(seen)

        editing = ["BackSpace", "Left", "Right", "Home", "End", "Return", "Delete", "Up", "Down"]
        for name in editing:
            desk.key(name)
        until(lambda: len(seen.keys) == len(SENTENCE) + len(editing), "the editing keys")
        assert seen.names()[-len(editing) :] == editing
        assert seen.typed() == SENTENCE, "editing keys type nothing"

        desk.click()
        until(lambda: len(seen.pointers) == 2, "the click")
        down, up = seen.pointers
        assert (down.window, down.button, down.pressed) == (seen.events[0].window, 1, True)
        assert (up.window, up.button, up.pressed) == (seen.events[0].window, 1, False)
        assert down.expose() == up.expose()
        assert down.serial < up.serial
        desk.wheel()
        until(lambda: len(seen.pointers) == 3, "the wheel")
        assert (seen.pointers[2].window, seen.pointers[2].button) == (seen.events[0].window, 5)

        desk.to_vault()
        desk.type("abc")
        seen.wait_for("abc")
        front = seen.focuses[-1]
        assert front.window not in (None, seen.events[0].window)
        assert front.program is not None
        assert front.program != seen.events[0].program
        assert [key.window for key in seen.keys[-3:]] == [front.window] * 3

        times = [event.at for event in seen.events]
        assert times == sorted(times)

        desk.input.stop()
        desk.input.stop()
        count = len(seen.events)
        desk.type("nobody hears this")
        again = Seen()
        desk.input.start(again)
        desk.type("heard")
        again.wait_for("heard")
        assert again.typed() == "heard"
        assert isinstance(again.events[0], RawFocus)
        assert again.events[0].window == front.window
        assert len(seen.events) == count, "nothing after stop"
        desk.input.stop()
        desk.input.check()

    def test_says_so_when_it_dies(self, desk: Desk) -> None:
        seen = Seen()
        desk.input.start(seen)
        desk.type("a")
        seen.wait_for("a")
        desk.die()

        def dead() -> bool:
            try:
                desk.input.check()
            except Unavailable as problem:
                return problem.code == "capture-failed"
            return False

        until(dead, "the death to be noticed")
        desk.input.stop()
        with pytest.raises(Unavailable) as refusal:
            desk.input.start(seen)
        assert refusal.value.code == "capture-failed"


def test_raw_events_of_the_script_never_show_their_content() -> None:
    desktop, seen = ScriptedDesktop(), Seen()
    desktop.start(seen)
    desktop.focus(EDITOR, "a secret title")
    desktop.field()
    desktop.type(string.ascii_letters)
    assert isinstance(seen.events[2], RawField)
    assert not any("secret" in repr(event) or "abc" in str(event) for event in seen.events)
