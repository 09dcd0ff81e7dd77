"""The engine as a whole over a scripted desktop: what was given up does not leave, what fails ends nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from agent import protocol
from agent.engine.inbox import Inbox, Item
from agent.problems import Unavailable
from agent.protocol import Done
from agent.seal import Delivered, issue, verify_receipt
from agent.upload import Accepted
from tests.fakes.desktop import EDITOR, TERMINAL
from tests.fakes.enginehouse import SHOWN, House
from tests.fakes.organisation import make_policy, public

BOTH = ["mousepad", "xterm"]
HOUR = 3600


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.engine.stop()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[House]:
    """A policy with two purposes."""
    purposes = [
        {
            "id": name,
            "title": {"en": name, "de": name},
            "where": {"en": "here", "de": "hier"},
            "categories": ["app", "text"],
            "programs": BOTH,
        }
        for name in ("train", "judge")
    ]
    made = House(tmp_path, **{"notice.purposes": purposes})
    yield made
    made.engine.stop()


def give(house: House, *cells: tuple[str, str], programs: tuple[str, ...] = ("mousepad",)) -> None:
    answer = house.ask(
        protocol.Give, notice=house.notice().notice, cells=cells, programs=programs, language="en", shown=SHOWN
    )
    assert isinstance(answer, Done)
    assert answer.problem == ""
    house.show_sign()
    house.later(0.5)


def sent(house: House) -> tuple[protocol.SentRow, ...]:
    return house.page(protocol.Sent, protocol.GetSent, offset=0, limit=10).rows


def send_all(house: House) -> protocol.Report:
    return house.send_all()


def text_rows(house: House) -> list[protocol.WaitingRow]:
    return [row for row in house.waiting() if row.kind == "text"]


def full(*_args: object) -> NoReturn:
    raise Unavailable("store-failed", detail="No room.")


def put_policy(house: House, organisation: str = "acme", **changes: object) -> None:
    base = {"serial": 8, "delivery.collector": "http://127.0.0.1:9", "notice.purposes.0.programs": BOTH}
    data, _ = make_policy(organisation, **{**base, **changes})
    house.write_policy(data)


# ---------------------------------------------------------------- what was given up


def test_what_is_unticked_is_destroyed_and_the_rest_goes_on(house: House) -> None:
    house.agree()
    house.ask(protocol.ChooseSending, mode="hold")
    house.types("typed while it was agreed to")
    house.goes_to(TERMINAL)
    assert len(text_rows(house)) == 1
    give(house, ("train", "app"))
    assert text_rows(house) == []
    house.later(26 * HOUR, step=300)
    assert sum(row.count for row in sent(house)) == 1  # the fact that the program was in front


def test_what_was_typed_before_a_purpose_was_given_up_is_not_kept_for_it(two: House) -> None:
    give(two, *((purpose, category) for purpose in ("train", "judge") for category in ("app", "text")))
    two.types("for whom")
    give(two, ("train", "app"), ("train", "text"))
    two.goes_to(TERMINAL)
    two.later(1)
    records = [two.page(protocol.Record, protocol.GetRecord, row=row.row) for row in text_rows(two)]
    assert [record.purposes for record in records] == [("train",)]


@pytest.mark.parametrize("called", ["other", "acme"])
def test_another_organisation_gets_nothing_that_was_collected_for_the_first(house: House, called: str) -> None:
    """Also one that calls itself the same, but has another key."""
    house.agree()
    house.ask(protocol.ChooseSending, mode="hold")
    house.types("written for acme")
    house.goes_to(TERMINAL)
    put_policy(house, "other", **{"notice.organisation.id": called})
    house.later(6)
    house.agree()
    assert text_rows(house) == []
    house.later(26 * HOUR, step=300)
    assert sent(house) == ()


@pytest.mark.parametrize("again", [True, False], ids=["started anew", "running"])
def test_a_host_that_nobody_agreed_to_gets_nothing(house: House, *, again: bool) -> None:
    house.agree()
    house.types("to be sent")
    house.goes_to(TERMINAL)
    send_all(house)
    assert house.engine.uploads.running
    put_policy(house, **{"delivery.collector": "http://localhost:10"})
    if again:
        house.restart()
    house.later(6)
    assert house.snapshot.given == ()
    assert not house.engine.uploads.running


# ---------------------------------------------------------------- the hold


def test_what_the_rules_change_waits_anew(house: House) -> None:
    house.agree()
    house.ask(protocol.ChooseSending, mode="hold")
    house.types("the Nightfall plan")
    house.goes_to(TERMINAL)
    house.later(23 * HOUR, step=300)
    house.ask(protocol.SetOwnWords, words=("Nightfall",))
    leaves = text_rows(house)[0].leaves
    assert leaves is not None
    assert leaves >= int(house.wall) + 24 * HOUR - 1


def test_a_clock_that_jumps_ends_no_hold(house: House) -> None:
    house.agree()
    house.ask(protocol.ChooseSending, mode="hold")
    house.types("may not leave yet")
    house.goes_to(TERMINAL)
    house.wall += 25 * HOUR
    house.later(60)
    assert sent(house) == ()


# ---------------------------------------------------------------- what has arrived


def acknowledged(house: House) -> Accepted:
    """The uploader's thread has the receipt and has told nobody yet."""
    house.agree()
    house.types("to be sent")
    house.goes_to(TERMINAL)
    send_all(house)
    house.engine.uploads.stop()
    outbox = house.engine.stores.open().outbox
    batch = outbox.pending()[0]
    sealed = outbox.read(batch)
    assert sealed is not None
    about = Delivered(batch, sealed.digest, len(sealed.data))
    document = issue(about, datetime.now(UTC), "127.0.0.1", house.keys.collector)
    outbox.acknowledged(batch, document)
    return Accepted(batch, verify_receipt(document, public(house.keys.collector), about), document)


def test_what_arrived_before_a_withdrawal_is_not_said_to_be_destroyed(house: House) -> None:
    news = acknowledged(house)
    house.ask(protocol.Withdraw)
    house.engine.turn(news)
    assert [row.state for row in sent(house)] == ["acknowledged"]
    opened = house.engine.stores.open()
    assert f"slot/{news.batch_id}" in opened.profile.sections()
    assert opened.ledger.size == 0, "the next pseudonym's ledger tells of the one before"


def test_a_receipt_that_cannot_be_written_down_is_written_later(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    news = acknowledged(house)
    with monkeypatch.context() as patched:
        patched.setattr(house.engine.stores.open().ledger, "append", full)
        house.engine.turn(news)
        assert house.snapshot.state == "stopped"
    house.later(61)
    assert [row.state for row in sent(house)] == ["acknowledged"]
    assert house.snapshot.state != "stopped"


def test_the_keys_of_what_was_sent_are_gone_after_its_time(house: House) -> None:
    news = acknowledged(house)
    house.engine.turn(news)
    profile = house.engine.stores.open().profile
    slot = profile.get(f"slot/{news.batch_id}")
    assert isinstance(slot, dict)
    assert {"data_key", "erasure_secret"} <= set(slot)
    house.later(181 * 24 * HOUR, step=12 * HOUR)
    assert profile.get(f"slot/{news.batch_id}") == {"generation": 0, "until": sent(house)[0].delete_by}


# ---------------------------------------------------------------- what fails


def test_where_stopped_is_shown_nothing_is_collected(house: House) -> None:
    house.agree()
    house.goes_to(EDITOR)
    house.engine.problems.set("keystore-unavailable", detail="It was taken away.")
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.hooks) == ("stopped", False)


def test_a_keystore_that_is_away_while_something_is_erased_is_said_in_the_answer(house: House) -> None:
    house.agree()
    house.types("one")
    house.goes_to(TERMINAL)
    house.keystore.gone = True
    answer = house.ask(protocol.Delete, rows=(text_rows(house)[0].row,))
    assert isinstance(answer, Done)
    assert answer.problem == "keystore-unavailable"
    house.later(8 * 24 * HOUR, step=HOUR)  # what expires cannot be erased either, and is tried again
    assert len(text_rows(house)) == 1
    house.keystore.gone = False
    house.later(HOUR, step=20)
    assert text_rows(house) == []


def test_a_full_disk_at_the_end_of_a_pause_ends_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.agree()
    house.ask(protocol.Pause, until="15m")
    monkeypatch.setattr(house.engine.stores.open().profile, "_change", full)
    house.later(1000, step=10)
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.hooks) == ("stopped", False)


def test_a_damaged_history_is_no_crash_at_every_start(house: House) -> None:
    house.agree()
    house.ask(protocol.ChooseSending, mode="hold")
    house.types("due tomorrow")
    house.goes_to(TERMINAL)
    house.engine.stop()
    with sqlite3.connect(house.trial / "profile" / "ledger-0.db") as database:
        database.execute("UPDATE head SET sealed = x'00'")
    database.close()
    house.seconds += 25 * HOUR
    house.wall += 25 * HOUR
    house.engine = house.make()
    house.show_sign()
    house.later(31)
    assert house.snapshot.state == "stopped"
    assert sent(house) == ()


def test_what_is_stopped_while_the_store_is_shut_stays_stopped(house: House) -> None:
    """The keystore comes back later: then the pause and the exclusion hold, whatever was written before."""
    house.agree("mousepad", "xterm")
    house.engine.stop()
    house.keystore.gone = True
    house.engine = house.make()
    house.show_sign()
    stops: tuple[tuple[type[protocol.Command], Mapping[str, object]], ...] = (
        (protocol.Exclude, {"program": "xterm", "delete_waiting": False}),
        (protocol.Pause, {"until": "resume"}),
    )
    for command, facts in stops:
        answer = house.ask(command, **facts)
        assert isinstance(answer, Done)
        assert answer.problem == ""
    house.keystore.gone = False
    house.ask(protocol.ChooseSending, mode="ask")
    for _ in range(2):
        house.goes_to(EDITOR)
        snapshot = house.snapshot
        assert (snapshot.consent, snapshot.state, snapshot.hooks) == ("given", "paused", False)
        assert house.engine.stores.choices.excluded == {"xterm"}
        house.restart()


def test_what_was_typed_while_the_window_heard_nothing_is_not_kept(house: House) -> None:
    """The engine was held up for 8 s, by a keyring or a disk; after 2 s the window showed that it had stopped."""
    house.agree()
    house.goes_to(EDITOR)
    house.later(1)
    for tenth in range(80):
        house.seconds += 0.1
        house.wall += 0.1
        if 30 <= tenth < 70:
            house.desk.type("x")
    house.later(2)
    house.goes_to(TERMINAL)
    house.later(1)
    assert house.texts() == []
    house.types("seen again")
    house.goes_to(TERMINAL)
    assert house.texts() == ["seen again"]


def test_an_answer_that_cannot_be_read_is_not_asked_for_again(house: House) -> None:
    house.agree()
    house.engine.stop()
    house.keystore.gone = True
    house.engine = house.make()
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.reason, snapshot.decision) == ("stopped", "keystore-unavailable", False)


def test_excluding_a_program_that_is_not_in_front_wipes_its_context_too(house: House) -> None:
    house.agree("mousepad", "xterm")
    house.types("context of the next words")
    house.goes_to(TERMINAL)
    house.later(1)
    house.ask(protocol.Exclude, program="org.xfce.mousepad", delete_waiting=False)
    assembler = house.engine.pipeline._assembler
    assert not any(field.program == EDITOR for field in assembler._fields.values())


def test_a_command_that_comes_while_events_are_dropped_overtakes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox()
    inbox.put(protocol.Resume(id=1))
    take = inbox.take

    def take_and_be_late(timeout: float) -> Item | None:
        item = take(timeout)
        if item is None:
            inbox.put(protocol.Pause(id=2, until="resume"))
        return item

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "take", take_and_be_late)
        inbox.drop_events()
    assert [type(inbox.take(0)) for _ in range(2)] == [protocol.Resume, protocol.Pause]
    assert inbox.empty()
