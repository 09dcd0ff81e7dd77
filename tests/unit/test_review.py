"""What may leave: the bytes that were seen, unchanged by today's rules, when their time has come."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import protocol
from agent.problems import Refused
from agent.records import Redacted, State, Stored
from agent.review import Due, approve, due, record, waiting
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import CONTEXT, LATER, a_record, an_app, keep, opened

HOUR = 3600


def stored(number: int = 1, state: State = State.HELD, stored_at: int = 0, expires: int = LATER) -> Stored:
    return Stored(number, a_record(number), state, stored_at, expires)


def same(record: Redacted) -> Redacted:
    return record


# ------------------------------------------------------------ approving


@pytest.mark.parametrize("state", [State.HELD, State.APPROVED])
def test_what_was_seen_and_stays_as_it_is_may_leave(state: State) -> None:
    approved = approve(stored(state=state), a_record(1).digest(), same)

    assert (approved.row, approved.record, approved.digest) == (1, a_record(1), a_record(1).digest())


@pytest.mark.parametrize("seen", ["", a_record(2).digest(), a_record(1).digest().upper()])
def test_other_bytes_than_were_seen_do_not_leave(seen: str) -> None:
    with pytest.raises(Refused) as raised:
        approve(stored(), seen, same)

    assert raised.value.code == "record-changed"


@pytest.mark.parametrize(
    "again",
    [
        lambda record: dataclasses.replace(record, text="[e-mail] [name]"),
        lambda record: dataclasses.replace(record, redactor="rules-2"),
        lambda record: dataclasses.replace(record, removed=()),
        lambda record: None,
    ],
)
def test_what_todays_rules_would_change_does_not_leave(again: Callable[[Redacted], Redacted]) -> None:
    with pytest.raises(Refused) as raised:
        approve(stored(), a_record(1).digest(), again)

    assert raised.value.code == "record-changed"


def test_what_is_sealed_is_gone() -> None:
    with pytest.raises(Refused) as raised:
        approve(stored(state=State.SEALED), a_record(1).digest(), same)

    assert raised.value.code == "record-gone"


# ------------------------------------------------------------ when


def test_under_hold_a_record_leaves_when_its_hold_ends() -> None:
    rows = [stored(1, stored_at=0), stored(2, stored_at=1)]

    assert due(rows, 24 * HOUR - 1, "hold", 24) == Due((), ())
    assert due(rows, 24 * HOUR, "hold", 24) == Due((1,), ())
    assert due(rows, 24 * HOUR + 1, "hold", 24) == Due((1, 2), ())


@pytest.mark.parametrize("mode", ["ask", ""])
def test_without_hold_nothing_ever_leaves_by_itself(mode: protocol.Sending) -> None:
    assert due([stored(1, expires=100)], 99, mode, 0) == Due((), ())
    assert due([stored(1, expires=100)], 100, mode, 0) == Due((), (1,))


def test_what_has_expired_is_deleted_also_when_its_hold_ended_meanwhile() -> None:
    assert due([stored(1, stored_at=0, expires=48 * HOUR)], 100 * HOUR, "hold", 24) == Due((), (1,))


def test_an_approved_record_expires_but_does_not_leave_twice_and_a_sealed_one_does_neither() -> None:
    rows = [stored(1, State.APPROVED, expires=10), stored(2, State.SEALED, expires=10), stored(3, State.APPROVED)]

    assert due(rows, LATER - 1, "hold", 0) == Due((), (1,))


@given(
    st.lists(st.tuples(st.sampled_from(State), st.integers(0, 9), st.integers(0, 9))),
    st.integers(0, 9),
    st.sampled_from(["ask", "hold", ""]),
)
def test_nothing_is_both_sent_and_deleted_nor_sent_too_early(
    facts: list[tuple[State, int, int]], now: int, mode: protocol.Sending
) -> None:
    rows = [stored(row, state, at * HOUR, expires * HOUR) for row, (state, at, expires) in enumerate(facts)]
    result = due(rows, now * HOUR, mode, 3)

    assert not set(result.leave) & set(result.expire)
    for row in result.leave:
        state, at, expires = facts[row]
        assert (mode, state) == ("hold", State.HELD)
        assert at + 3 <= now < expires


# ------------------------------------------------------------ seeing


def test_a_page_shows_what_has_not_left_newest_first(tmp_path: Path) -> None:
    with opened(tmp_path / "r.db", MemoryKeystore()) as buffer:
        rows = [keep(buffer, number, now=100) for number in range(5)]
        app = buffer.append(an_app(60), 100, LATER, CONTEXT)
        for row in rows[:2]:
            buffer.approve(row, a_record(row - rows[0]).digest())
        buffer.mark_sealed(rows[:1], "ab" * 16)
        page = waiting(buffer, re=7, offset=0, limit=2, mode="hold", hold_hours=24)
        rest = waiting(buffer, re=8, offset=2, limit=10**9, mode="ask", hold_hours=24)
        none = waiting(buffer, re=9, offset=-5, limit=-1, mode="ask", hold_hours=24)

    assert [row.row for row in (*page.rows, *rest.rows)] == [app, *rows[:0:-1]]
    assert none.rows == ()
    assert (page.re, page.total, rest.total) == (7, 5, 5)
    assert page.size == sum(len(a_record(number).canonical()) for number in range(1, 5)) + len(an_app(60).canonical())
    assert (page.rows[0].kind, page.rows[0].preview, page.rows[0].leaves) == ("app", "", 100 + 24 * HOUR)
    text = page.rows[1]
    assert (text.digest, text.removed, text.size) == (a_record(4).digest(), 1, len(a_record(4).canonical()))
    assert text.preview == a_record(4).text
    assert rest.rows[0].leaves is None


def test_the_longest_page_fits_into_a_line(tmp_path: Path) -> None:
    with opened(tmp_path / "r.db", MemoryKeystore()) as buffer:
        with buffer.batch():
            for number in range(300):
                long = dataclasses.replace(a_record(number), text="\x01🙂" * 3000, program_name="🙂" * 200, removed=())
                buffer.append(long, 0, LATER, CONTEXT)
        page = waiting(buffer, re=1, offset=0, limit=300, mode="hold", hold_hours=24)

    assert len(page.rows) == 200
    assert page.total == 300
    assert all(len(row.preview) == 80 for row in page.rows)
    assert len(protocol.encode(page)) < protocol.MAX_LINE


def test_a_record_is_shown_byte_for_byte() -> None:
    shown = record(stored(3), re=5)

    assert shown.exact.encode() == a_record(3).canonical()
    assert shown.digest == a_record(3).digest()
    assert shown.text == a_record(3).text
    assert shown.removed == (protocol.Part(0, 8, "e-mail", "machine"),)
    assert (shown.re, shown.row, shown.program, shown.purposes) == (5, 3, "Mousepad", ("train",))
    assert record(Stored(1, an_app(60), State.HELD, 0, 1), re=0).text == ""
