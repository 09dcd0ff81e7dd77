"""What was let go and has not left: said until when, taken back, or sent now."""

from __future__ import annotations

import msgspec
import pytest

from agent.protocol import Send, SendNow, TakeBack
from tests.fakes import samples
from tests.fakes.waiting_desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def let_go(desk: Desk, *rows: int) -> None:
    """These were let go: the engine says so with its next snapshot."""
    desk.engine.records = tuple(
        msgspec.structs.replace(record, approved=record.row in rows) for record in desk.engine.records
    )
    desk.page.render_state(samples.snapshot(waiting=7, leaving=len(rows), leaving_at=samples.NOW + 1200))


def test_what_was_let_go_can_be_taken_back_or_sent_now_until_it_has_left(desk: Desk) -> None:
    assert not desk.page.leaving.isVisibleTo(desk.page)
    let_go(desk, 1, 2)
    assert desk.page.leaving.isVisibleTo(desk.page)
    assert "2 items you let go leave by" in desk.words()
    desk.page.leaving.take_back.click()
    desk.page.leaving.send_now.click()
    assert [command.rows for command in desk.engine.of(TakeBack)] == [()]
    assert len(desk.engine.of(SendNow)) == 1
    let_go(desk)
    assert not desk.page.leaving.isVisibleTo(desk.page)


def test_one_that_was_let_go_is_taken_back_where_it_was_sent(desk: Desk) -> None:
    desk.select(2)
    let_go(desk, 2)
    assert desk.page.card.buttons[2].text() == "Take it back"
    assert "leaves with what you let go" in desk.words()
    desk.page.card.buttons[2].click()
    assert [command.rows for command in desk.engine.of(TakeBack)] == [(2,)]
    assert desk.engine.of(Send) == []
    let_go(desk)
    assert desk.page.card.buttons[2].text() == "Send this item"


def test_what_was_let_go_is_not_let_go_again(desk: Desk) -> None:
    let_go(desk, 1, 2, 3)
    assert desk.page.send_all.accessibleName() == "Send all 4"
    desk.page.send_all.click()
    (send,) = desk.engine.of(Send)
    assert {row for row, _ in send.items} == {4, 5, 6, 7}
    let_go(desk, *range(1, 8))
    assert not desk.page.send_all.isVisibleTo(desk.page)
