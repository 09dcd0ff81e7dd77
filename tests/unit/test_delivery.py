"""Sealing under power cuts: at whatever step it happens, a record waits or is in exactly one batch, never in two."""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.engine.delivery import Delivery
from agent.engine.stores import Stores
from agent.problems import Refused
from agent.records import Redacted, State
from agent.seal import open_batch
from agent.upload import Accepted, RefusedByCollector, RetryAfter
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.organisation import NOW
from tests.fakes.power import Power, PowerCut
from tests.fakes.sealing_desk import KEYS, POLICY, Desk
from tests.fakes.stored import CONTEXT, LATER, a_record

#: More calls than any of the tested ways makes.
MOST = 200


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "profile")
    yield made
    made.close()


def test_each_set_of_purposes_goes_into_a_batch_of_its_own(desk: Desk) -> None:
    desk.approve(1, 2)
    desk.approve(3, purposes=("measure", "train"))
    assert desk.seal() == 2

    assert sorted(len(records) for records in desk.outbox().values()) == [1, 2]
    assert [row.count for row in desk.delivery.sent()] == [2, 1]
    assert {row.batch for row in desk.delivery.sent()} == set(desk.outbox())
    assert desk.stores.open().records.count() == 0


def test_a_record_that_todays_rules_change_goes_back_to_waiting(desk: Desk) -> None:
    desk.approve(1, 2)
    smaller = a_record(3)

    def again(record: Redacted) -> Redacted:
        return smaller if record.time == 1 else record

    assert desk.delivery.seal_approved(POLICY, "c" * 64, again, "rules-1", NOW, lambda _record: True) == 1
    assert desk.records(State.HELD) == [smaller.canonical().decode()]
    assert [len(records) for records in desk.outbox().values()] == [1]


def test_nothing_is_sealed_when_nothing_was_approved(desk: Desk) -> None:
    desk.stores.open().records.append(a_record(1), now=1, expires=LATER, context=CONTEXT)
    assert desk.seal() == 0
    assert desk.outbox() == {}
    assert len(desk.records(State.HELD)) == 1


def test_batches_of_one_pseudonym_are_chained_and_those_of_two_are_not(desk: Desk) -> None:
    for number in (1, 2):
        desk.approve(number)
        desk.seal()
    desk.stores.next_generation()
    desk.approve(3)
    desk.seal()

    outbox, first, second, third = desk.stores.open().outbox, *desk.delivery.sent()
    previous = []
    for row in (first, second, third):
        sealed = outbox.read(row.batch)
        assert sealed is not None
        previous.append(open_batch(sealed.data, [KEYS.steward_seed]).facts.previous)
    assert previous == [None, first.digest, None]


def _same_everywhere(desk: Desk) -> None:
    """The index, the slots and the outbox know the same batches."""
    index = [row.batch for row in desk.delivery.sent()]
    slots = {name.removeprefix("slot/") for name in desk.stores.open().profile.sections() if name.startswith("slot/")}
    assert len(index) == len(set(index))
    assert set(index) == slots == set(desk.outbox())


@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_at_any_step_of_sealing(tmp_path: Path, after: bool) -> None:
    for step in range(MOST):
        desk = Desk(tmp_path / str(step))
        desk.approve(1, 2)
        desk.approve(3, purposes=("measure", "train"))
        desk.stores.open().records.append(a_record(4), now=4, expires=LATER, context=CONTEXT)
        everything, held = sorted(desk.records(State.APPROVED)), desk.records(State.HELD)
        power = Power(step, after=after)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            desk.seal()
        desk.back()

        sealed = list(itertools.chain(*desk.outbox().values()))
        assert sorted(sealed + desk.records(State.APPROVED)) == everything, f"step {step}"
        assert desk.records(State.HELD) == held
        assert desk.records(State.SEALED) == []
        _same_everywhere(desk)

        desk.seal()
        assert sorted(itertools.chain(*desk.outbox().values())) == everything, f"step {step}"
        assert desk.stores.open().records.count() == 1
        _same_everywhere(desk)
        assert desk.stores.open().ledger.verify() == []
        desk.close()
        if not power.failed:
            assert step > 15
            return
    pytest.fail("it takes more steps than expected")


@pytest.mark.parametrize("sealing", [3, 6, 8, 10, 12])
def test_a_power_cut_while_the_one_before_is_repaired(tmp_path: Path, sealing: int) -> None:
    for step in range(MOST):
        desk = Desk(tmp_path / str(step))
        desk.approve(1)
        desk.seal()
        desk.approve(2, 3)
        Power(sealing).over(desk.stores)
        with contextlib.suppress(PowerCut):
            desk.seal()
        desk.open_again()
        power = Power(step)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            desk.delivery.recover()
        desk.back()

        assert len([*itertools.chain(*desk.outbox().values()), *desk.records(State.APPROVED)]) == 3, f"step {step}"
        _same_everywhere(desk)
        desk.close()
        if not power.failed:
            return
    pytest.fail("it takes more steps than expected")


@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_after_the_batch_has_left_and_while_the_receipt_is_noted(tmp_path: Path, after: bool) -> None:
    """The uploader may be faster than the rest of sealing: it takes the batch as soon as it lies in the outbox."""
    for step in range(MOST):
        desk = Desk(tmp_path / str(step))
        desk.approve(1)
        desk.seal()
        (batch,) = desk.outbox()
        outcome = desk.accepted(batch)
        power = Power(step, after=after)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            desk.delivery.outcome(outcome, NOW + 1)
        desk.back()
        if desk.outbox():  # the uploader says it again
            desk.delivery.outcome(outcome, NOW + 2)

        (row,) = desk.delivery.sent()
        assert (row.batch, row.state, row.confirmed_digest) == (batch, "acknowledged", row.digest)
        assert desk.outbox() == {}
        assert desk.stores.open().records.count() == 0
        assert desk.seal() == 0
        desk.close()
        if not power.failed:
            return
    pytest.fail("it takes more steps than expected")


@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_while_a_withdrawal_destroys_what_was_not_sent(tmp_path: Path, after: bool) -> None:
    for step in range(MOST):
        desk = Desk(tmp_path / str(step))
        for number in (1, 2):
            desk.approve(number)
            desk.seal()
        first, second = (row.batch for row in desk.delivery.sent())
        desk.delivery.outcome(desk.accepted(first), NOW)
        power = Power(step, after=after)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            desk.delivery.destroy_unsent(NOW)
        desk.back()
        assert set(desk.outbox()) <= {second}
        desk.delivery.destroy_unsent(NOW)

        assert [row.batch for row in desk.delivery.sent()] == [first]
        assert desk.outbox() == {}
        assert [name for name in desk.stores.open().profile.sections() if name.startswith("slot/")] == [f"slot/{first}"]
        desk.close()
        if not power.failed:
            return
    pytest.fail("it takes more steps than expected")


def test_what_left_before_the_crash_is_not_sealed_again(desk: Desk) -> None:
    """Power fails between the batch in the outbox and the rows: it is sent meanwhile, and confirmed."""
    desk.approve(1)
    (row,) = desk.stores.open().records.rows(State.APPROVED)
    outcomes: list[Accepted] = []
    delete = desk.stores.open().records.delete
    desk.stores.open().records.delete = lambda rows: 0  # type: ignore[method-assign]  # the power is gone by then
    desk.seal()
    desk.stores.open().records.delete = delete  # type: ignore[method-assign]
    (batch,) = desk.outbox()
    outcomes.append(desk.accepted(batch))
    desk.delivery.outcome(outcomes[0], NOW)
    assert desk.stores.open().records.get(row.row) is not None
    desk.back()
    assert desk.stores.open().records.count() == 0
    assert desk.seal() == 0


def test_a_batch_refused_by_the_collector_stays_and_is_said_so_once(desk: Desk) -> None:
    desk.approve(1)
    desk.seal()
    (batch,) = desk.outbox()
    desk.stores.open().outbox.set_aside(batch, "upload-refused", {})
    for _ in range(2):
        desk.delivery.outcome(RefusedByCollector(batch, "upload-refused"), NOW)
    desk.back()
    assert [row.state for row in desk.delivery.sent()] == ["refused"]
    assert list(desk.stores.open().outbox.refused()) == [batch]


def test_an_outcome_of_an_unknown_batch_or_of_none_changes_nothing(desk: Desk) -> None:
    desk.approve(1)
    desk.seal()
    before = desk.delivery.sent()
    desk.delivery.outcome(RetryAfter(before[0].batch, None, "upload-unreachable"), NOW)
    desk.delivery.outcome(RefusedByCollector("f" * 32, "upload-refused"), NOW)
    assert desk.delivery.sent() == before


def test_an_index_that_cannot_be_read_counts_as_empty_and_destroys_nothing(desk: Desk) -> None:
    desk.approve(1)
    desk.seal()
    (batch,) = desk.outbox()
    desk.stores.open().profile.put("sent", {"not": "a list"})
    desk.stores.open().outbox.remove(batch)  # confirmed long ago, say
    desk.back()
    assert desk.delivery.sent() == []
    assert f"slot/{batch}" in desk.stores.open().profile.sections()


def test_before_the_first_answer_there_is_nothing_to_repair(tmp_path: Path) -> None:
    stores = Stores(tmp_path / "profile", MemoryKeystore())
    delivery = Delivery(stores)
    delivery.recover()
    assert delivery.sent() == []
    assert not stores.folder.exists()


def test_bytes_that_were_not_approved_are_not_sealed(desk: Desk) -> None:
    desk.approve(1)
    records = desk.stores.open().records
    (stored,) = records.rows(State.APPROVED)
    digests = Counter([stored.record.digest()])
    assert stored.approved_digest in digests
    forged = a_record(9)
    get = records.get
    records.get = lambda row: type(stored)(row, forged, State.APPROVED, 1, LATER, stored.approved_digest)  # type: ignore[method-assign]
    with pytest.raises(Refused, match=r"changed|different|not"):
        desk.seal()
    records.get = get  # type: ignore[method-assign]
    assert desk.outbox() == {}
