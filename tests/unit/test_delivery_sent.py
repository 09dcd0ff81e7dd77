"""What was sent stays readable for its sender until the day it ends, and a power cut at any step changes none of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.engine.asking import ask_deletion, confirm_deletion
from agent.engine.slots import read_slot, sealed_bytes
from agent.problems import Unavailable
from agent.seal import LocalSlot, issue_erasure, open_own
from agent.upload import Erased
from tests.fakes.organisation import NOW
from tests.fakes.power import Power, PowerCut
from tests.fakes.sealing_desk import KEYS, Desk

#: More calls than any of the tested ways makes.
MOST = 200
DAY = datetime.fromtimestamp(NOW, UTC).date()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "profile")
    yield made
    made.close()


def delivered(desk: Desk) -> str:
    """A batch that has arrived."""
    desk.approve(1, 2)
    desk.seal()
    (row,) = desk.delivery.sent()
    desk.delivery.leaving()
    desk.delivery.outcome(desk.accepted(row.batch), NOW)
    return row.batch


def readable(desk: Desk, batch: str) -> int:
    """How many of its records its sender can read."""
    opened = desk.stores.open()
    row = next(row for row in desk.delivery.sent() if row.batch == batch)
    data, key = sealed_bytes(opened, row), read_slot(opened.profile, batch).data_key
    return len(open_own(data, LocalSlot(batch, key, b"")).records) if data is not None and key is not None else 0


def word(batch: str) -> Erased:
    return Erased(batch, "collect.acme.example", issue_erasure(batch, DAY, "collect.acme.example", KEYS.collector))


def kinds(desk: Desk) -> list[str]:
    return [entry.kind for entry in desk.stores.history()][::-1]


def test_a_delivered_batch_waits_no_more_and_opens_for_its_sender(desk: Desk) -> None:
    batch = delivered(desk)
    assert desk.stores.open().outbox.pending() == ()
    assert desk.stores.open().outbox.receipt(batch) is None
    assert readable(desk, batch) == 2
    desk.back()
    assert readable(desk, batch) == 2


@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_while_a_receipt_is_taken_loses_nothing_and_sends_nothing_again(
    tmp_path: Path, after: bool
) -> None:
    for step in range(MOST):
        desk = Desk(tmp_path / f"{after}-{step}")
        desk.approve(1, 2)
        desk.seal()
        (row,) = desk.delivery.sent()
        news = desk.accepted(row.batch)
        power = Power(step, after=after)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            desk.delivery.outcome(news, NOW)
        desk.back()
        outbox = desk.stores.open().outbox
        if outbox.pending():
            assert outbox.receipt(row.batch) is not None, "it would be sent again"
            desk.delivery.outcome(news, NOW)
        assert desk.stores.open().outbox.pending() == ()
        assert [found.state for found in desk.delivery.sent()] == ["acknowledged"]
        assert readable(desk, row.batch) == 2
        desk.close()
        if not power.failed:
            return
    pytest.fail("it takes more steps than expected")


@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_while_a_deletion_is_confirmed_ends_in_the_same_place(tmp_path: Path, after: bool) -> None:
    for step in range(MOST):
        desk = Desk(tmp_path / f"{after}-{step}")
        batch = delivered(desk)
        assert ask_deletion(desk.stores, desk.delivery, batch, NOW)
        power = Power(step, after=after)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            confirm_deletion(desk.stores, desk.delivery, word(batch), NOW)
        desk.back()
        if desk.delivery.sent()[0].deletion == "asked":
            assert read_slot(desk.stores.open().profile, batch).erasure_secret is not None, "it cannot be asked again"
            confirm_deletion(desk.stores, desk.delivery, word(batch), NOW)
        slot = read_slot(desk.stores.open().profile, batch)
        assert (slot.data_key, slot.erasure_secret, slot.generation) == (None, None, 0)
        assert desk.stores.open().outbox.keeps() == frozenset()
        assert kinds(desk) == ["sealed", "acknowledged", "deletion-asked", "deletion-confirmed"]
        assert [row.deletion for row in desk.delivery.sent()] == ["confirmed"]
        desk.close()
        if not power.failed:
            return
    pytest.fail("it takes more steps than expected")


@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_while_a_deletion_is_asked_for_leaves_one_wish_or_none(tmp_path: Path, after: bool) -> None:
    for step in range(MOST):
        desk = Desk(tmp_path / f"{after}-{step}")
        batch = delivered(desk)
        power = Power(step, after=after)
        power.over(desk.stores)
        with contextlib.suppress(PowerCut):
            ask_deletion(desk.stores, desk.delivery, batch, NOW)
        desk.back()
        ask_deletion(desk.stores, desk.delivery, batch, NOW)
        assert kinds(desk) == ["sealed", "acknowledged", "deletion-asked"]
        assert [row.deletion for row in desk.delivery.sent()] == ["asked"]
        desk.close()
        if not power.failed:
            return
    pytest.fail("it takes more steps than expected")


def test_a_withdrawal_leaves_what_arrived_readable(desk: Desk) -> None:
    batch = delivered(desk)
    desk.delivery.destroy_unsent(NOW)
    desk.back()
    assert readable(desk, batch) == 2


def test_nothing_opens_or_erases_it_after_its_last_day(desk: Desk) -> None:
    batch = delivered(desk)
    until = desk.delivery.sent()[0].delete_by
    desk.delivery.forget_keys(until - 1)
    assert readable(desk, batch) == 2
    desk.delivery.forget_keys(until)
    slot = read_slot(desk.stores.open().profile, batch)
    assert (slot.data_key, slot.erasure_secret, slot.generation) == (None, None, 0)
    assert desk.stores.open().outbox.keeps() == frozenset()


def test_erasing_everything_here_keeps_what_erases_it_there(desk: Desk) -> None:
    batch = delivered(desk)
    desk.delivery.forget_content()
    assert readable(desk, batch) == 0
    assert desk.stores.open().outbox.keeps() == frozenset()
    assert read_slot(desk.stores.open().profile, batch).erasure_secret is not None


def test_bytes_that_no_line_names_go_at_the_next_start(desk: Desk) -> None:
    batch = delivered(desk)
    desk.stores.open().profile.put("sent", [])
    desk.back()
    assert desk.stores.open().outbox.keeps() == frozenset()
    assert batch


def test_a_word_of_another_collector_changes_nothing(desk: Desk) -> None:
    batch = delivered(desk)
    ask_deletion(desk.stores, desk.delivery, batch, NOW)
    foreign = Erased(batch, "elsewhere.example", word(batch).document)
    with pytest.raises(Unavailable, match="elsewhere"):
        confirm_deletion(desk.stores, desk.delivery, foreign, NOW)
    assert desk.delivery.sent()[0].deletion == "asked"
    assert readable(desk, batch) == 2


def test_a_wish_for_what_is_not_there_is_none(desk: Desk) -> None:
    desk.approve(1)
    desk.seal()
    (row,) = desk.delivery.sent()
    assert not ask_deletion(desk.stores, desk.delivery, row.batch, NOW), "it has not left"
    assert not ask_deletion(desk.stores, desk.delivery, "f" * 32, NOW)
    confirm_deletion(desk.stores, desk.delivery, word("f" * 32), NOW)
    assert kinds(desk) == ["sealed"]
