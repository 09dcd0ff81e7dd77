"""What stopped capture and is over: it goes on by itself, as narrow as it was left, and shows why it stood still."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent import protocol
from agent.protocol import Done
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House

HOUR = 3600


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.agree("mousepad", "xterm")
    return made


def loses_its_keystore(house: House) -> None:
    """At a start: what was agreed lies there and cannot be read."""
    house.engine.stop()
    house.keystore.gone = True
    house.engine = house.make()
    house.show_sign()


def codes(house: House) -> set[str]:
    return {problem.code for problem in house.snapshot.problems}


def test_a_keystore_that_comes_back_is_found_within_a_minute(house: House) -> None:
    loses_its_keystore(house)
    house.later(90)
    assert (house.snapshot.state, house.snapshot.reason) == ("stopped", "keystore-unavailable")
    house.keystore.gone = False
    house.later(31)
    assert codes(house) == set()
    house.types("here again")
    house.goes_to(TERMINAL)
    assert house.texts() == ["here again"]
    house.engine.stop()


def test_what_was_paused_and_excluded_meanwhile_stays_so(house: House) -> None:
    loses_its_keystore(house)
    house.ask(protocol.Exclude, program="xterm", delete_waiting=False)
    house.ask(protocol.Pause, until="1h")
    house.keystore.gone = False
    house.later(31)
    assert (house.snapshot.state, house.snapshot.hooks) == ("paused", False)
    assert house.engine.stores.choices.excluded == {"xterm"}
    house.later(HOUR, step=5)
    house.types("no", TERMINAL)
    house.types("yes")
    house.desk.click()
    house.later(1)
    assert [text.strip() for text in house.texts()] == ["yes"]
    house.engine.stop()


def test_a_short_pause_made_meanwhile_does_not_end_a_long_one_from_before(house: House) -> None:
    house.ask(protocol.Pause, until="resume")
    loses_its_keystore(house)
    house.ask(protocol.Pause, until="15m")
    house.keystore.gone = False
    house.later(31)
    assert house.engine.stores.choices.paused_until == 0
    house.engine.stop()


def test_nobody_is_asked_for_a_password_by_looking(house: House) -> None:
    """A keystore that is locked is only looked at; opening it, which may ask, is for when somebody resumes."""
    loses_its_keystore(house)
    house.keystore.gone, house.keystore.locked = False, True
    house.later(120)
    assert (house.snapshot.state, house.keystore.prompts) == ("stopped", 0)
    done = house.ask(protocol.Resume)
    assert isinstance(done, Done)
    assert (done.problem, house.keystore.prompts > 0) == ("", True)
    assert house.engine.stores.opened is not None
    house.engine.stop()


def test_an_answer_that_could_not_be_kept_can_be_given_again(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.keystore.gone = True
    refused = house.ask(protocol.Refuse, notice=house.notice().notice)
    assert isinstance(refused, Done)
    assert refused.problem == "keystore-unavailable"
    house.later(31)
    house.keystore.gone = False
    house.agree()
    assert codes(house) == set()
    house.engine.stop()


# ---------------------------------------------------------------- the clock


def test_a_clock_that_agrees_again_goes_on(house: House) -> None:
    house.goes_to()
    house.wall += 3600
    house.later(1)
    assert (house.snapshot.state, house.snapshot.reason) == ("stopped", "clock-moved")
    house.wall -= 3597
    house.goes_to()
    assert (house.snapshot.state, codes(house)) == ("collecting", set())
    house.engine.stop()


@pytest.mark.parametrize("seconds", [-3600, -6, 6, 3600])
def test_the_employee_says_that_the_clock_is_right_now(house: House, seconds: int) -> None:
    house.later(2 * HOUR, step=60)  # a clock before the yes is another story
    house.goes_to()
    house.wall += seconds
    house.later(60)
    assert (house.snapshot.state, house.snapshot.reason) == ("stopped", "clock-moved")
    house.types("unseen")
    house.ask(protocol.Resume)
    house.later(1)
    house.types("seen")
    assert house.snapshot.state == "collecting"
    house.goes_to(TERMINAL)
    assert [text.strip() for text in house.texts()] == ["seen"]
    house.wall += 3600  # it is held against how it stands now
    house.later(1)
    assert house.snapshot.state == "stopped"
    house.engine.stop()


@pytest.mark.parametrize("seconds", [-4, -1, 1, 4])
def test_a_few_seconds_are_nothing(house: House, seconds: int) -> None:
    house.later(2 * HOUR, step=60)  # a clock before the yes is another story
    house.goes_to()
    house.wall += seconds
    house.later(1)
    assert house.snapshot.state == "collecting"
    house.engine.stop()


def test_no_other_program_can_say_that_the_clock_is_right(house: House) -> None:
    """A pause made from outside ends nothing."""
    house.goes_to()
    house.wall += 3600
    house.later(1)
    house.ask(protocol.Pause, until="15m", at_least=True)
    house.later(1000, step=5)
    assert (house.snapshot.state, house.snapshot.reason) == ("stopped", "clock-moved")
    house.engine.stop()
