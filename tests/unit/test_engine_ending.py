"""A no and a withdrawal are carried through, whatever step the power fails at."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from agent import protocol
from agent.problems import Unavailable
from agent.protocol import Command, Done
from agent.records import State
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.power import Power, PowerCut

MOST = 100


def a_house(folder: Path) -> House:
    """One record on its way, one approved, one waiting."""
    house = House(folder)
    house.agree("mousepad", "xterm", cells=("text",))
    for number in range(3):
        house.types(f"words number {number}")
        house.desk.click()
        house.later(1)
        if number == 0:
            house.send_all()
    records = house.engine.stores.open().records
    row = records.rows(State.HELD)[0]
    records.approve(row.row, row.record.digest())
    assert records.count() == 2
    assert len(house.engine.stores.open().outbox.pending()) == 1
    return house


def comes_back(house: House) -> None:
    """The process was killed and is started again."""
    house.engine.uploads.stop()
    house.engine.capture.close()
    house.engine.stores.close()
    house.engine = house.make()


def everything_is_there(house: House) -> bool:
    opened = house.engine.stores.open()
    return opened.records.count() == 2 and len(opened.outbox.pending()) == 1 and len(house.engine.delivery.sent()) == 1


def nothing_is_there(house: House) -> bool:
    """But for the line and the erasure secret of what was on its way: that may have arrived, and is not denied."""
    stores = house.engine.stores
    opened = stores.open()
    sent = house.engine.delivery.sent()
    slots = [name for name in opened.profile.sections() if name.startswith("slot/")]
    return (
        not any((opened.records.count(), opened.outbox.pending()))
        and [row.state for row in sent] == ["unknown"]
        and slots == [f"slot/{row.batch}" for row in sent]
        and stores.choices.collect_in == frozenset()
        and not opened.ledger.entries()
    )


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("no", [protocol.Withdraw, protocol.Refuse])
def test_a_power_cut_at_any_step_of_a_no(tmp_path: Path, no: type[Command], after: bool) -> None:
    for step in range(MOST):
        house = a_house(tmp_path / str(step))
        facts = {} if no is protocol.Withdraw else {"notice": house.notice().notice}
        power = Power(step, after=after)
        power.over(house.engine.stores)
        with contextlib.suppress(PowerCut):
            house.ask(no, **facts)
        comes_back(house)

        if house.snapshot.consent == "given":
            assert everything_is_there(house), f"step {step}"
        else:
            assert house.snapshot.consent == "withdrawn"
            assert nothing_is_there(house), f"step {step}"
            assert not house.engine.uploads.running
            assert house.engine.stores.choices.generation == 1
            kinds = [row.kind for row in house.page(protocol.History, protocol.GetHistory).rows]
            assert kinds[0] == "consent-withdrawn"  # after a yes a no is just that
            assert kinds.count("consent-withdrawn") == 1
        house.engine.stop()
        if not power.failed:
            assert step > 5
            return
    pytest.fail("it takes more steps than expected")


@pytest.mark.parametrize("no", [protocol.Withdraw, protocol.Refuse])
def test_after_a_no_only_what_is_ticked_anew_is_collected_in(tmp_path: Path, no: type[Command]) -> None:
    house = a_house(tmp_path)
    house.ask(no, **({} if no is protocol.Withdraw else {"notice": house.notice().notice}))
    assert nothing_is_there(house)
    house.agree("mousepad")
    house.types("not ticked", TERMINAL)
    house.types("ticked")
    house.goes_to(TERMINAL)
    assert [text.strip() for text in house.texts()] == ["ticked"]
    house.engine.stop()


def test_what_was_given_or_never_asked_is_not_taken_for_a_no(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    comes_back(house)
    assert everything_is_there(house)
    house.engine.stop()


def test_a_withdrawal_that_cannot_be_written_is_not_said_to_be_done(tmp_path: Path) -> None:
    """The keystore is away at start: what was agreed lies there unread, and would be in force again tomorrow."""
    house = a_house(tmp_path)
    house.engine.stop()
    house.keystore.gone = True
    house.engine = house.make()
    answer = house.ask(protocol.Withdraw)
    assert isinstance(answer, Done)
    assert answer.problem == Unavailable("keystore-unavailable").code

    house.keystore.gone = False
    assert house.ask(protocol.Withdraw) == Done(re=house._ids, count=2)
    assert nothing_is_there(house)
    house.engine.stop()


def test_withdrawing_where_nobody_ever_answered_leaves_no_trace(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert house.ask(protocol.Withdraw) == Done(re=house._ids, count=0)
    assert not house.engine.stores.exists()
    house.engine.stop()
