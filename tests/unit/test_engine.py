"""The engine as a whole over a scripted desktop: what is kept, what is not, and that every stop is a stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import protocol
from agent.engine.inbox import EndOfInput
from agent.records import Program, Reason, Secure
from tests.fakes.desktop import EDITOR, TERMINAL
from tests.fakes.enginehouse import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.engine.stop()


def test_typed_text_is_kept_redacted(house: House) -> None:
    house.agree()
    house.types("write to mira@harbor.example now")
    house.goes_to(Program("other", "Other"))

    assert house.texts() == ["write to [e-mail address] now"]
    kept = [line for line in house.lines() if line.kept and line.kind == "text"]
    assert [line.text for line in kept] == ["write to [e-mail address] now"]
    assert kept[0].why == protocol.Why(consent="yes", policy="yes", settings="yes", guards="yes")


def test_what_is_shown_is_byte_for_byte_what_is_stored(house: House) -> None:
    house.agree()
    house.types("plain words")
    house.desk.click()
    house.later(1)
    row = next(row for row in house.waiting() if row.kind == "text")
    record = house.page(protocol.Record, protocol.GetRecord, row=row.row)

    assert record.digest == row.digest
    assert record.exact.encode() == house.engine.stores.open().records.get(row.row).record.canonical()


def test_a_program_in_front_is_one_record_to_the_minute(house: House) -> None:
    house.agree()
    house.goes_to()
    house.goes_to(TERMINAL)
    house.goes_to()

    rows = [row for row in house.waiting() if row.kind == "app"]
    assert [row.program for row in rows] == ["Mousepad", "Mousepad"]
    assert all(row.time % 60 == 0 for row in rows)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (TERMINAL, Reason.NOT_CHOSEN),
        (Program("gimp", "GIMP"), Reason.POLICY),
        (None, Reason.UNKNOWN_PROGRAM),
    ],
)
def test_another_program_is_not_kept_and_says_why(house: House, program: Program | None, reason: Reason) -> None:
    house.agree()
    house.desk.focus(program) if program is not None else house.desk.unknown_program()
    house.desk.field()
    house.later(0.6)
    house.desk.type("secret things")
    house.later(3)

    assert house.texts() == []
    line = next(line for line in house.lines() if line.kind == "key")
    assert (line.reason, line.count) == (reason, 13)


@pytest.mark.parametrize(("secure", "reason"), [(Secure.YES, Reason.PASSWORD), (Secure.UNKNOWN, Reason.UNKNOWN_FIELD)])
def test_a_field_that_hides_or_may_hide_is_never_kept(house: House, secure: Secure, reason: Reason) -> None:
    house.agree()
    house.goes_to(EDITOR, secure)
    house.desk.type("hunter2")
    house.later(3)

    assert house.texts() == []
    assert {line.reason for line in house.lines() if line.kind == "key"} == {reason}


def test_a_field_that_turns_out_to_hide_takes_back_what_was_typed_before_it_was_known(house: House) -> None:
    house.agree()
    house.goes_to()
    house.desk.type("hunter2")
    house.later(0.2)
    house.desk.field(Secure.YES, "field-2")
    house.later(3)

    assert house.texts() == []


def test_keys_before_the_field_is_known_count_once_it_is(house: House) -> None:
    house.agree()
    house.desk.focus(EDITOR)
    house.desk.type("quick start")
    house.later(0.2)
    house.desk.field()
    house.later(1)
    house.goes_to(TERMINAL)

    assert house.texts() == ["quick start"]


def test_keys_less_than_half_a_second_before_an_excluded_program_are_thrown_away(house: House) -> None:
    house.agree()
    house.types("kept ")
    house.desk.type("thrown")
    house.later(0.2)
    house.desk.focus(TERMINAL)
    house.later(3)

    assert [text.strip() for text in house.texts()] == ["kept"]
    assert Reason.QUARANTINE in {line.reason for line in house.lines()}


def test_a_pause_takes_the_hooks_out_at_once_and_survives_a_restart(house: House) -> None:
    house.agree()
    house.types("before ")
    house.ask(protocol.Pause, until="resume")

    assert not house.desk.started
    house.desk.type("while paused")
    house.later(2)
    assert house.snapshot.state == "paused"
    house.restart()
    house.later(60)
    assert house.snapshot.state == "paused"
    assert not house.desk.started

    house.ask(protocol.Resume)
    house.later(1)
    house.types("after ")
    house.goes_to(TERMINAL)
    assert [text.strip() for text in house.texts()] == ["before", "after"]


def test_a_pause_with_an_end_ends(house: House) -> None:
    house.agree()
    house.ask(protocol.Pause, until="15m")
    house.later(890, step=5)
    assert not house.desk.started
    house.later(30, step=1)
    assert house.desk.started


def test_a_hidden_indicator_stops_capture_within_a_second_and_nothing_of_that_time_is_kept(house: House) -> None:
    house.agree()
    house.types("seen ")
    house.indicator.hide()
    house.desk.type("unseen")
    house.later(0.7)

    assert not house.desk.started
    house.later(2)
    snapshot = house.snapshot
    assert snapshot.state == "stopped"
    assert [problem.code for problem in snapshot.problems] == ["no-indicator"]
    house.indicator.show()
    house.later(2)
    house.types("again ")
    house.goes_to(TERMINAL)
    assert [text.strip() for text in house.texts()] == ["seen", "again"]


def test_the_snapshot_says_collecting_only_while_it_is(house: House) -> None:
    house.agree()
    house.goes_to()
    assert house.snapshot.state == "collecting"
    assert house.snapshot.categories == ("app", "text")
    house.goes_to(TERMINAL)
    assert house.snapshot.state == "elsewhere"
    assert house.snapshot.reason == Reason.NOT_CHOSEN
    house.session.is_locked = True
    house.goes_to()
    house.later(1)
    assert house.snapshot.state != "collecting"
    assert not house.desk.started


def test_reading_the_keyboard_dies_visibly(house: House) -> None:
    house.agree()
    house.goes_to()
    house.desk.die()
    house.later(2)

    assert house.snapshot.state == "stopped"
    assert house.snapshot.problems[0].code == "capture-failed"


def test_the_clock_set_by_hand_stops_capture(house: House) -> None:
    house.agree()
    house.goes_to()
    house.wall += 3600
    house.later(1)
    assert not house.desk.started
    assert "clock-moved" in {problem.code for problem in house.snapshot.problems}


def test_end_of_input_ends_the_engine(house: House) -> None:
    house.agree()
    house.engine.turn(EndOfInput())
    assert house.engine.ended


def test_more_input_than_can_be_checked_is_dropped_whole(house: House) -> None:
    house.agree()
    house.goes_to()
    for _ in range(5000):
        house.desk.type("x")
    house.later(3)
    house.goes_to(TERMINAL)
    assert house.texts() == []
    assert "capture-overloaded" in {problem.code for problem in house.snapshot.problems}
