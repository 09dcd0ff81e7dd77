"""A notice that asks for more or less than was agreed: what goes on, what stops, what waits, what is written down."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import protocol
from agent.protocol import Done
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import SHOWN, House
from tests.fakes.organisation import make_keys, make_policy

BOTH = ["mousepad", "xterm"]
TEXT = ("train", "text")
OTHER_KEY = base64.b64encode(make_keys("other").steward_public).decode()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, **{"notice.purposes.0.categories": ["app", "text"]})
    yield made
    made.engine.stop()


def policy(house: House, **changes: object) -> None:
    """A new file lies there, and the engine has looked at it."""
    base = {"serial": 8, "delivery.collector": "http://127.0.0.1:9", "notice.purposes.0.programs": BOTH}
    house.write_policy(make_policy(**{**base, **changes})[0])
    house.later(6)


def answer(house: House, kind: type[protocol.Command], **facts: object) -> Done:
    done = house.ask(kind, **facts)
    assert isinstance(done, Done)
    return done


def say_yes(house: House, *cells: tuple[str, str]) -> Done:
    done = answer(
        house,
        protocol.Give,
        notice=house.notice().notice,
        cells=cells,
        programs=("mousepad",),
        language="en",
        shown=SHOWN,
    )
    house.show_sign()
    house.later(0.5)
    return done


def typed(house: House) -> None:
    """One text waits, from before whatever follows."""
    house.agree("mousepad", cells=("text",))
    house.types("typed before")
    house.goes_to(TERMINAL)
    assert house.texts() == ["typed before"]


def history(house: House) -> list[protocol.HistoryRow]:
    return list(house.page(protocol.History, protocol.GetHistory).rows)


FURTHER: tuple[dict[str, object], ...] = (
    {"notice.recipients.0.key": OTHER_KEY},
    {"notice.recipients.0.name": "Somebody else"},
    {"notice.retention_days": 365},
    {"notice.countries": ["DE", "US"]},
    {"delivery.collector": "http://[::1]:9"},
    {"notice.purposes.0.title": {"en": "Something else"}},
)


@pytest.mark.parametrize("change", FURTHER, ids=str)
def test_what_was_typed_before_somebody_new_was_agreed_to_never_goes_there(
    house: House, change: dict[str, object]
) -> None:
    typed(house)
    policy(house, **change)
    # Not answered: nothing is collected, nothing leaves, nothing is thrown away.
    assert house.snapshot.given == ()
    assert house.snapshot.decision
    assert house.texts() == ["typed before"]
    row = house.waiting()[0]
    assert answer(house, protocol.Send, items=((row.row, row.digest),)).problem == "nothing-agreed"
    notice = house.notice()
    assert (notice.new_cells, notice.again) == ((("train", "app"), TEXT), (TEXT,))
    assert {found.what for found in notice.changes if found.sort == "wider"}
    # Answered with yes: what was typed before is gone, what is typed now is kept.
    assert say_yes(house, TEXT).count == 1
    assert house.texts() == []
    house.types("typed after")
    house.goes_to(TERMINAL)
    assert house.texts() == ["typed after"]
    assert not house.snapshot.decision


def test_a_text_that_is_being_typed_while_the_yes_is_given_belongs_to_the_yes_before(house: House) -> None:
    house.agree("mousepad", cells=("text",))
    house.types("half a sente")
    policy(house, **{"notice.retention_days": 365})
    say_yes(house, TEXT)
    house.types("nce")
    house.goes_to(TERMINAL)
    assert "half" not in "".join(house.texts())


def test_what_was_sealed_for_another_key_is_destroyed_before_it_could_leave(house: House) -> None:
    typed(house)
    house.send_all()
    house.engine.uploads.stop()
    assert len(house.engine.stores.open().outbox.pending()) == 1
    policy(house, **{"notice.recipients.0.key": OTHER_KEY})
    say_yes(house, TEXT)
    opened = house.engine.stores.open()
    assert opened.outbox.pending() == ()
    assert opened.records.count() == 0


def test_a_yes_to_the_same_again_destroys_nothing(house: House) -> None:
    typed(house)
    assert say_yes(house, TEXT, ("train", "app")).count == 0
    assert house.texts() == ["typed before"]


def test_more_programs_wait_while_the_agreed_ones_go_on(house: House) -> None:
    typed(house)
    policy(house, **{"notice.purposes.0.programs": [*BOTH, "gedit"]})
    assert house.snapshot.given == (TEXT,)
    assert house.snapshot.decision
    effective = house.engine.effective
    assert effective is not None
    assert effective.programs["train"] == frozenset(BOTH)
    house.types("typed after")
    house.goes_to(TERMINAL)
    assert house.texts() == ["typed before", "typed after"]


def test_a_limit_taken_back_stays_until_it_is_answered(tmp_path: Path) -> None:
    house = House(tmp_path, **{"limits.hold_hours": 48, "limits.require_asking": True, "limits.unreviewed_days": 3})
    house.agree("mousepad", cells=("text",))
    policy(house)
    effective = house.engine.effective
    assert effective is not None
    assert (effective.hold_hours, effective.require_asking, effective.unreviewed_days) == (48, True, 3)
    assert effective.cells == {TEXT}
    say_yes(house, TEXT)
    effective = house.engine.effective
    assert effective is not None
    assert (effective.hold_hours, effective.require_asking, effective.unreviewed_days) == (24, False, 7)
    house.engine.stop()


def test_a_no_to_what_is_new_leaves_the_rest_and_is_not_asked_again(house: House) -> None:
    typed(house)
    policy(house, **{"notice.purposes.0.programs": [*BOTH, "gedit"]})
    ledger = len(house.engine.stores.open().ledger.entries())
    assert answer(house, protocol.Decline, notice=house.notice().notice).problem == ""
    assert not house.snapshot.decision
    assert house.snapshot.given == (TEXT,)
    assert house.texts() == ["typed before"]
    # The ledger's size travels; a no must not be countable in it.
    assert len(house.engine.stores.open().ledger.entries()) == ledger
    assert history(house)[0].kind == "declined"
    house.restart()
    assert not house.snapshot.decision
    # Something else between, then the same again: it was answered.
    policy(house, serial=9)
    policy(house, serial=10, **{"notice.purposes.0.programs": [*BOTH, "gedit"]})
    assert not house.snapshot.decision


def test_a_no_to_what_is_new_needs_a_yes_that_can_go_on(house: House) -> None:
    notice = house.notice().notice
    assert answer(house, protocol.Decline, notice=notice).problem == "nothing-agreed"
    assert not house.engine.stores.exists()
    house.agree()
    assert answer(house, protocol.Decline, notice="0" * 64).problem == "notice-changed"


@pytest.mark.parametrize(
    "change",
    [
        {"notice.purposes.0.programs": ["xterm"]},
        {"notice.purposes.0.categories": ["app"], "limits.categories": ["app"]},
        {"limits.programs_denied": ["mousepad"]},
        {"limits.categories": ["app"]},
    ],
    ids=str,
)
def test_what_is_not_asked_for_any_more_is_deleted_at_once_and_said(house: House, change: dict[str, object]) -> None:
    typed(house)
    policy(house, **change)
    assert house.texts() == []
    assert "collects-less" in [problem.code for problem in house.snapshot.problems]
    assert not house.snapshot.decision
    newest = history(house)[0]
    assert newest.kind == "policy"
    assert newest.changes
    assert {found.sort for found in newest.changes} <= {"gone", "narrower"}
    # Whoever has looked has been told.
    assert "collects-less" not in [problem.code for problem in house.snapshot.problems]


def test_less_than_was_agreed_keeps_what_waits(house: House) -> None:
    typed(house)
    policy(house, **{"notice.retention_days": 30})
    assert house.texts() == ["typed before"]
    assert house.snapshot.given == (TEXT,)
    (found,) = {(change.what, change.sort, change.before, change.after) for change in history(house)[0].changes}
    assert found == ("retention_days", "narrower", "180", "30")


def test_a_notice_is_written_down_once_also_over_a_restart(house: House) -> None:
    typed(house)
    for _ in range(2):
        house.restart()
        house.later(6)
    assert [row.kind for row in history(house) if row.kind == "policy"] == ["policy"]
    assert history(house)[-1].changes == ()


def test_nothing_is_written_down_for_somebody_who_never_answered(house: House) -> None:
    policy(house, **{"notice.retention_days": 365})
    assert house.engine.journal.events() == []
    assert not house.engine.stores.exists()


def test_an_agreement_that_ran_out_is_written_down_once(house: House) -> None:
    house.agree("mousepad", cells=("text",))
    policy(house, not_after="2029-01-01T00:00:00Z")
    until = house.snapshot.consent_until
    assert until is not None
    house.wall = float(until + 1)
    house.session.boot_clock = lambda: house.seconds + until  # type: ignore[method-assign]  # nobody set a clock
    for _ in range(2):
        house.restart()
        house.later(31)
    assert house.snapshot.consent == "expired"
    assert [(row.kind, row.at) for row in history(house) if row.kind == "expired"] == [("expired", until)]


def test_a_category_this_version_cannot_collect_is_shown_and_cannot_be_ticked(tmp_path: Path) -> None:
    everything = ["app", "title", "shortcut", "pointer", "text", "screen"]
    house = House(tmp_path, **{"notice.purposes.0.categories": everything, "limits.categories": everything})
    (purpose,) = house.notice().purposes
    assert purpose.categories == ("app", "title", "shortcut", "pointer", "text")
    assert purpose.later == ("screen",)
    assert say_yes(house, ("train", "screen")).problem == "choice-invalid"
    house.engine.stop()


def test_the_journal_goes_on_without_an_event_that_cannot_be_read(house: House) -> None:
    house.agree("mousepad")
    house.engine.stores.open().profile.put("journal/00000009", {"at": "never"})
    policy(house, **{"notice.retention_days": 30})
    assert [row.kind for row in history(house) if row.kind == "policy"] == ["policy", "policy"]


def test_a_yes_before_the_notice_is_in_effect_collects_nothing_until_it_is(tmp_path: Path) -> None:
    house = House(tmp_path, **{"notice.effective_from": "2026-11-23T10:00:00Z"})
    assert "policy-not-yet" in [problem.code for problem in house.snapshot.problems]
    house.agree("mousepad", cells=("text",))
    house.types("typed before")
    house.goes_to(TERMINAL)
    assert not house.snapshot.hooks
    assert house.texts() == []
    house.later(3600, step=60)
    assert house.snapshot.hooks
    house.types("typed after")
    house.goes_to(TERMINAL)
    assert house.texts() == ["typed after"]
    house.engine.stop()


def test_reading_the_notice_agrees_to_nothing_and_leaves_no_trace(house: House) -> None:
    notice = house.notice().notice
    assert answer(house, protocol.Acknowledge, notice=notice).problem == ""
    house.types("typed after reading")
    house.goes_to(TERMINAL)
    assert house.snapshot.consent == "never-asked"
    assert not house.snapshot.hooks
    assert not house.engine.stores.exists()
    # With the answer it is written down beside it, as a moment of its own.
    house.later(5)
    house.agree("mousepad")
    given = house.engine.stores.open().ledger.entries()[0].facts
    assert given["acknowledged"] < given["decided"]
