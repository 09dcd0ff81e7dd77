"""While nothing may be collected the engine asks nobody anything, and what was typed does not stay in its memory."""

from __future__ import annotations

from pathlib import Path

from agent import protocol
from agent.engine.engine import HOUSEKEEPING_EVERY
from tests.fakes.enginehouse import House


def test_the_session_is_asked_about_its_lock_only_while_something_may_be_collected(tmp_path: Path) -> None:
    house = House(tmp_path)
    asked: list[float] = []

    def locked() -> bool:
        asked.append(house.seconds)
        return False

    house.session.locked = locked  # type: ignore[method-assign]  # the same session, counting
    house.later(5)
    assert not asked
    house.agree()
    house.later(2)
    assert asked
    house.ask(protocol.Pause, until="resume")
    asked.clear()
    house.later(5)
    assert not asked
    house.ask(protocol.Resume)
    house.goes_to()
    assert asked
    assert house.snapshot.state == "collecting"
    house.engine.stop()


def test_words_that_were_typed_are_forgotten_with_the_next_housekeeping(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.agree()
    names = house.engine.redactor._names._decoder
    house.engine.redactor.find("Margaret wrote to the committee yesterday.")
    assert names.remembered()
    house.later(HOUSEKEEPING_EVERY + 1)
    assert not names.remembered()
    house.engine.stop()
