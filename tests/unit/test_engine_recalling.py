"""Forgetting reaches what is sealed and has not left; of the rest nothing is lost, and nothing leaves twice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import protocol
from agent.engine.recalling import content, put_back
from agent.native.base import Means
from agent.protocol import Done
from agent.records import State
from tests.fakes.desktop import EDITOR, TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.organisation import NOW
from tests.fakes.power import Power, PowerCut
from tests.fakes.sealing_desk import Desk
from tests.fakes.stored import CONTEXT, LATER

MOST = 200


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """On a metered network: what is sealed waits."""
    made = House(tmp_path)
    made.session.at_hand = Means(metered=True)
    made.agree("mousepad", "xterm")
    yield made
    made.engine.stop()


def sealed_texts(house: House) -> list[str]:
    stores = house.engine.stores
    return [record.text or "" for row in house.engine.delivery.sent() for record in content(stores, row)]


def test_what_is_meant_goes_and_the_rest_is_approved_again(house: House) -> None:
    house.types("in the editor", EDITOR)
    house.types("in the terminal", TERMINAL)
    house.goes_to(EDITOR)
    house.send_all()
    assert {"in the editor", "in the terminal"} <= set(sealed_texts(house))
    generation = house.engine.stores.choices.generation

    answer = house.ask(protocol.DeleteWaiting, program=EDITOR.id)

    assert isinstance(answer, Done)
    assert answer.count > 0
    assert answer.facts == {}
    opened = house.engine.stores.open()
    assert opened.outbox.pending() == ()
    assert house.engine.delivery.sent() == []
    texts = [stored.record.text for stored in opened.records.rows(State.APPROVED)]
    assert "in the terminal" in texts
    assert not any(stored.record.program_id == EDITOR.id for stored in opened.records.rows())
    assert house.engine.stores.choices.generation == generation + 1, "the next batch would name one that never came"


def test_forgetting_the_last_minutes_reaches_it_too(house: House) -> None:
    house.types("a moment ago")
    house.goes_to(TERMINAL)
    house.send_all()
    house.ask(protocol.Forget, minutes=15)
    opened = house.engine.stores.open()
    assert opened.outbox.pending() == ()
    assert opened.records.count() == 0


def test_what_is_not_meant_is_left_alone(house: House) -> None:
    house.types("stays sealed")
    house.goes_to(TERMINAL)
    house.send_all()
    pending = house.engine.stores.open().outbox.pending()
    assert house.ask(protocol.DeleteWaiting, until=1) == Done(re=house._ids)
    assert house.engine.stores.open().outbox.pending() == pending


def test_what_may_be_on_its_way_is_said_so(house: House) -> None:
    house.types("on its way")
    house.goes_to(TERMINAL)
    house.send_all()
    house.ask(protocol.SendAnyway)
    answer = house.ask(protocol.Forget, minutes=15)
    assert isinstance(answer, Done)
    assert answer.facts == {"on_its_way": "1"}
    assert len(house.engine.stores.open().outbox.pending()) == 1


@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_at_any_step_leaves_each_record_in_one_place(tmp_path: Path, after: bool) -> None:
    for step in range(MOST):
        desk = Desk(tmp_path / f"{after}-{step}")
        desk.approve(1, 2, 3)
        desk.seal()
        (row,) = desk.delivery.sent()
        records = content(desk.stores, row)
        rest = [record for record in records if record.time != 2]
        power = Power(step, after=after)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            put_back(desk.stores, desk.delivery, row.batch, rest, NOW, LATER, CONTEXT)
        desk.back()
        sealed = [line for lines in desk.outbox().values() for line in lines]
        approved = desk.records(State.APPROVED)
        everything = [record.canonical().decode() for record in records]
        left = [record.canonical().decode() for record in rest]
        assert (sealed, approved) in ((everything, []), ([], left))
        assert desk.records(State.SEALED) == []
        assert len(desk.delivery.sent()) == len(desk.outbox())
        desk.close()
        if not power.failed:
            assert approved == left
            return
    pytest.fail("it takes more steps than expected")
