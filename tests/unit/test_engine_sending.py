"""The engine as a whole over a scripted desktop: what is looked at, let go and sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import protocol
from tests.fakes.desktop import EDITOR, TERMINAL
from tests.fakes.enginehouse import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.engine.stop()


def test_removing_more_changes_the_bytes_and_the_digest(house: House) -> None:
    house.agree()
    house.types("keep this drop this")
    house.goes_to(TERMINAL)
    row = next(row for row in house.waiting() if row.kind == "text")
    changed = house.page(
        protocol.Record, protocol.RemoveMore, row=row.row, digest=row.digest, start=10, end=len("keep this drop this")
    )
    assert changed.text == "keep this [removed by you]"
    assert changed.digest != row.digest
    stale = house.ask(protocol.RemoveMore, row=row.row, digest=row.digest, start=0, end=4)
    assert isinstance(stale, protocol.Done)
    assert stale.problem == "record-changed"


def test_only_what_was_seen_is_sealed(house: House) -> None:
    house.agree()
    house.types("to be sent")
    house.goes_to(TERMINAL)
    rows = house.waiting()
    wrong = house.ask(protocol.Send, items=tuple((row.row, "0" * 64) for row in rows))
    assert isinstance(wrong, protocol.Done)
    assert wrong.problem == "record-changed"
    assert len(house.waiting()) == len(rows)

    done = house.send_all()
    assert isinstance(done, protocol.Done)
    assert done.problem == ""
    assert house.waiting() == ()
    sent = house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10)
    assert sent.total == 1
    assert sorted(sent.rows[0].records) == sorted(row.digest for row in rows)


def test_a_no_or_a_withdrawal_leaves_no_trace_in_what_is_sent_later(tmp_path: Path) -> None:
    """The size of the ledger travels inside the seal: it must not count what nobody is to know."""
    straight, detour = House(tmp_path / "one"), House(tmp_path / "two")
    straight.agree()
    detour.ask(protocol.Refuse, notice=detour.notice().notice)
    detour.agree()
    detour.ask(protocol.Withdraw)
    detour.agree()

    detour.agree(cells=("text",))
    detour.agree()

    sizes = [house.engine.stores.open().ledger.checkpoint().size for house in (straight, detour)]
    assert sizes[0] == sizes[1]
    rows = detour.page(protocol.History, protocol.GetHistory).rows
    kinds = [row.kind for row in rows if row.hash]  # of the ledger; the journal stays here
    assert kinds == [*["consent-given"] * 3, "consent-withdrawn", "consent-given", "consent-refused"]
    for house in (straight, detour):
        house.engine.stop()


def test_after_the_hold_what_was_not_taken_out_leaves_in_the_bytes_that_were_shown(house: House) -> None:
    house.agree()
    house.ask(protocol.ChooseSending, mode="hold")
    house.types("may leave by itself")
    house.goes_to(TERMINAL)
    shown = {row.digest for row in house.waiting()}
    assert all(row.leaves == row_stored + 24 * 3600 for row, row_stored in _stored(house))
    house.later(23 * 3600, step=300)
    assert {row.digest for row in house.waiting()} == shown
    house.later(3 * 3600, step=300)

    assert house.waiting() == ()
    sent = house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10)
    assert {digest for row in sent.rows for digest in row.records} == shown


def test_asked_each_time_nothing_leaves_by_itself_and_is_deleted_in_the_end(house: House) -> None:
    house.agree()
    house.ask(protocol.ChooseSending, mode="ask")
    house.types("stays here")
    house.goes_to(TERMINAL)
    house.later(6 * 24 * 3600, step=3600)
    assert len(house.texts()) == 1
    house.later(2 * 24 * 3600, step=3600)

    assert house.waiting() == ()
    assert house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10).total == 0


def _stored(house: House) -> list[tuple[protocol.WaitingRow, int]]:
    records = house.engine.stores.open().records
    found = [(row, records.get(row.row)) for row in house.waiting()]
    return [(row, stored.stored_at) for row, stored in found if stored is not None]


def test_a_batch_that_was_on_its_way_is_not_denied_after_a_withdrawal(house: House) -> None:
    """The answer may have been lost, not the batch: its line stays, and what can ask for its deletion."""
    house.agree()
    house.types("on its way")
    house.goes_to(TERMINAL)
    house.send_all()
    batch = house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10).rows[0].batch
    house.ask(protocol.Withdraw)
    house.restart()

    rows = house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10).rows
    assert [(row.batch, row.state) for row in rows] == [(batch, "unknown")]
    opened = house.engine.stores.open()
    assert opened.outbox.pending() == ()
    slot = opened.profile.get(f"slot/{batch}")
    assert isinstance(slot, dict)
    assert slot["erasure_secret"]
    assert house.snapshot.sending == 0


# ---------------------------------------------------------------- until it has left


def approved(house: House) -> list[int]:
    return [row.row for row in house.waiting() if row.approved]


def let_go(house: House) -> None:
    house.agree()
    house.types("one")
    house.goes_to(TERMINAL)
    done = house.ask(protocol.Send, items=tuple((row.row, row.digest) for row in house.waiting()))
    assert isinstance(done, protocol.Done)
    assert done.count == 2


def test_what_was_let_go_leaves_at_a_whole_minute_within_the_hour(house: House) -> None:
    let_go(house)
    snapshot = house.snapshot
    assert (snapshot.leaving, snapshot.sending) == (2, 0)
    assert snapshot.leaving_at is not None
    assert 60 - 5 <= snapshot.leaving_at - house.wall <= 3600
    house.later(snapshot.leaving_at - house.wall - 40, step=30)
    assert len(approved(house)) == 2
    house.later(80, step=10)
    assert house.waiting() == ()
    after = house.snapshot
    assert (after.leaving, after.leaving_at, after.sending) == (0, None, 1)


def test_until_then_it_can_be_taken_back_and_nothing_was_sealed(house: House) -> None:
    let_go(house)
    first, *_ = approved(house)
    done = house.ask(protocol.TakeBack, rows=(first, 999))
    assert done == protocol.Done(re=done.re, count=1)
    assert first not in approved(house)
    assert house.snapshot.leaving == 1
    done = house.ask(protocol.TakeBack, rows=())
    assert done == protocol.Done(re=done.re, count=1)
    assert house.snapshot.leaving_at is None
    house.later(2 * 3600, step=300)
    assert len(house.waiting()) == 2
    assert house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10).total == 0
    assert house.engine.stores.open().outbox.pending() == ()


def test_the_moment_outlives_a_restart_and_a_crash_that_forgot_it(house: House) -> None:
    let_go(house)
    at = house.snapshot.leaving_at
    house.restart()
    assert house.snapshot.leaving_at == at
    house.engine.stores.choices.leaving_at = None
    house.engine.stores.save_choices()
    house.restart()
    house.later(31)
    assert house.snapshot.leaving_at is not None
    house.later(3700, step=60)
    assert house.waiting() == ()


def test_nothing_leaves_while_the_question_of_withdrawal_is_open(house: House) -> None:
    let_go(house)
    house.ask(protocol.WithdrawQuestion, open=True)
    house.later(2 * 3600, step=300)
    assert len(approved(house)) == 2
    house.ask(protocol.Withdraw)
    assert house.waiting() == ()
    assert house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10).total == 0


def test_what_the_rules_of_the_day_change_goes_back_instead_of_leaving(house: House) -> None:
    house.agree()
    house.types("the Nightfall plan")
    house.goes_to(TERMINAL)
    house.ask(protocol.Send, items=tuple((row.row, row.digest) for row in house.waiting()))
    house.ask(protocol.SetOwnWords, words=("Nightfall",))
    house.ask(protocol.SendNow)
    (left,) = house.waiting()
    assert not left.approved
    assert "Nightfall" not in left.preview


# ---------------------------------------------------------------- deleted by program, by time


def test_what_waits_is_deleted_by_program_and_by_time(house: House) -> None:
    house.agree("mousepad", "xterm")
    house.types("in the editor")
    house.types("in the terminal", TERMINAL)
    house.goes_to(EDITOR)
    noon = int(house.wall)
    house.later(120, step=10)
    house.types("later in the editor")
    house.goes_to(TERMINAL)

    def left() -> list[tuple[str, str]]:
        return sorted((row.program_id, row.preview) for row in house.waiting() if row.kind == "text")

    assert len(left()) == 3
    done = house.ask(protocol.DeleteWaiting, program="xterm")
    assert isinstance(done, protocol.Done)
    assert done.count >= 1
    assert left() == [("mousepad", "in the editor"), ("mousepad", "later in the editor")]
    house.ask(protocol.DeleteWaiting, until=noon)
    assert left() == [("mousepad", "later in the editor")]
    house.ask(protocol.DeleteWaiting, since=noon, until=noon + 1)
    assert left() == [("mousepad", "later in the editor")]
    house.ask(protocol.DeleteWaiting)
    assert house.waiting() == ()
