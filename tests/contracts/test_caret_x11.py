"""The caret moved by the mouse in a real GTK editor: what is typed there lands where it was typed, or is cut."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator

import pytest

from agent.native.x11.accessibility import FieldWatch
from agent.native.x11.input import X11Input
from agent.pipeline import Keep, Pipeline
from agent.records import RawCaret, RawEvent, Reason
from agent.redaction import Redactor
from tests.demo.desktop import VirtualDesktop, missing
from tests.demo.person import Person
from tests.demo.report import DemoReport
from tests.fakes.pipelinehouse import FREE, WALL, effective
from tests.fakes.waiting import until

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


class Desk:
    """A GTK editor in front, its input through the real pipeline."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        self.person = Person(desktop, DemoReport(), desktop.home)
        self.editor, self.page = self.person.open_editor()
        self.events: queue.SimpleQueue[RawEvent] = queue.SimpleQueue()
        self.carets = 0
        self.pipeline = Pipeline(Redactor(()))
        self.pipeline.allow(effective("mousepad"), FREE)
        self.texts: list[str] = []
        self.input = X11Input(FieldWatch(desktop.environ["DBUS_SESSION_BUS_ADDRESS"]), environ=desktop.environ)
        self.input.start(self.events.put)

    def turn(self) -> None:
        """Everything that came in, as the engine's loop does it."""
        now = time.monotonic()
        self.pipeline.sighted(now)
        effects = []
        while not self.events.empty():
            event = self.events.get()
            self.carets += isinstance(event, RawCaret)
            effects += self.pipeline.step(event, time.monotonic(), WALL)
        effects += self.pipeline.tick(time.monotonic(), WALL)
        self.texts += [e.record.text or "" for e in effects if isinstance(e, Keep) and e.record.kind == "text"]

    def told(self) -> None:
        """Wait until the field has said where its caret is."""
        before = self.carets

        def said() -> bool:
            self.turn()
            return self.carets > before

        until(said, "the caret to be told")

    def close(self) -> list[str]:
        """The editor is left; what was kept of it."""
        settled = time.monotonic() + 1.2
        until(lambda: (self.turn(), time.monotonic() > settled)[1], "the quarantine to be over")
        effects = self.pipeline.close(Reason.PAUSED, time.monotonic(), WALL)
        self.texts += [e.record.text or "" for e in effects if isinstance(e, Keep) and e.record.kind == "text"]
        self.input.stop()
        self.person.close()
        return self.texts


@pytest.fixture
def desk() -> Iterator[Desk]:
    with VirtualDesktop() as desktop:
        yield Desk(desktop)


def test_a_click_into_what_was_typed_goes_on_there(desk: Desk) -> None:
    desk.person.goes_to(desk.editor)
    desk.told()
    desk.person.hands.type("hello world")
    x, y, _, _ = desk.page.box()
    desk.turn()
    desk.person.takes_a_breath()
    desk.person.hands.click_at(x + 2, y + 8)
    desk.told()
    desk.person.hands.type("Oh, ")
    until(lambda: desk.page.text() == "Oh, hello world", "the editor's text")
    assert desk.close() == ["Oh, hello world"]


def test_a_word_chosen_by_a_double_click_is_replaced(desk: Desk) -> None:
    desk.person.goes_to(desk.editor)
    desk.told()
    desk.person.hands.type("hello world")
    x, y, _, _ = desk.page.box()
    desk.turn()
    desk.person.takes_a_breath()
    desk.person.hands.double_click_at(x + 20, y + 8)
    desk.told()
    desk.person.hands.type("Goodbye")
    until(lambda: desk.page.text() == "Goodbye world", "the editor's text")
    assert desk.close() == ["Goodbye world"]
