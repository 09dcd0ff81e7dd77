"""What is sealed waits for a network that costs nothing by volume and for mains, unless the employee says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent import protocol
from agent.native.base import Means
from agent.protocol import Done
from tests.fakes.enginehouse import House

METERED = Means(metered=True)
LOW = Means(on_battery=True, percent=9.0)


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.agree()
    made.types("some words")
    made.desk.click()
    made.later(1)
    return made


def held(house: House) -> set[str]:
    return {problem.code for problem in house.snapshot.problems if problem.code.startswith("upload-held")}


@pytest.mark.parametrize(("means", "code"), [(METERED, "upload-held-metered"), (LOW, "upload-held-battery")])
def test_it_waits_sealed_and_says_so_then_leaves_by_itself(house: House, means: Means, code: str) -> None:
    house.session.at_hand = means
    house.send_all()
    house.later(60)
    assert not house.engine.uploads.running
    assert held(house) == {code}
    assert house.snapshot.sending == 1
    assert [row.state for row in house.page(protocol.Sent, protocol.GetSent, offset=0, limit=9).rows] == ["sealed"]
    assert house.snapshot.state == "collecting", "it stops nothing else"

    house.session.at_hand = Means()
    house.later(60)
    assert house.engine.uploads.running
    assert held(house) == set()
    house.engine.stop()


def test_a_link_that_becomes_metered_stops_what_is_on_its_way(house: House) -> None:
    house.send_all()
    house.later(1)
    assert house.engine.uploads.running
    house.session.at_hand = METERED
    house.later(40)
    assert not house.engine.uploads.running
    assert held(house) == {"upload-held-metered"}
    house.engine.stop()


def test_the_employee_may_send_anyway_and_the_next_time_is_asked_again(house: House) -> None:
    house.session.at_hand = METERED
    house.send_all()
    house.later(1)
    assert house.ask(protocol.SendAnyway) == Done(re=house._ids)
    house.later(1)
    assert house.engine.uploads.running
    assert held(house) == set()
    house.ask(protocol.EraseAll)  # all that waited is gone: so is the permission
    house.later(60)
    house.types("other words")
    house.desk.click()
    house.later(1)
    house.send_all()
    house.later(60)
    assert not house.engine.uploads.running
    assert held(house) == {"upload-held-metered"}
    house.engine.stop()


def test_nothing_is_asked_of_the_system_while_nothing_waits(house: House) -> None:
    house.later(120)
    assert house.session.asked == 0
    house.send_all()
    house.later(1)
    assert house.session.asked == 1
    house.engine.stop()


def test_what_was_held_back_and_is_erased_is_no_longer_said_to_wait(house: House) -> None:
    house.session.at_hand = METERED
    house.send_all()
    house.later(1)
    assert held(house) == {"upload-held-metered"}
    house.ask(protocol.Withdraw)
    assert held(house) == set()
    house.engine.stop()
