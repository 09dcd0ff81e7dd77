"""What this session took out once is taken out of what waits, before it is shown or leaves; then it is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import protocol
from agent.records import RawOwner
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House

MISSED, TOLD = "tell kestrel9x", "password: kestrel9x."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.agree("mousepad", "xterm")
    yield made
    made.engine.stop()


def kept(house: House, text: str) -> None:
    house.types(text)
    house.goes_to(TERMINAL)


def test_what_waits_is_shown_with_what_is_known_since(house: House) -> None:
    kept(house, MISSED)
    assert house.texts() == [MISSED]
    kept(house, TOLD)
    assert house.texts() == ["tell [password]", "password: [password]."]


def test_what_was_seen_before_it_was_known_is_not_sent_and_shown_anew(house: House) -> None:
    kept(house, MISSED)
    seen = tuple((row.row, row.digest) for row in house.waiting())
    kept(house, TOLD)
    answer = house.ask(protocol.Send, items=seen)
    assert isinstance(answer, protocol.Done)
    assert answer.problem == "record-changed"
    assert "tell [password]" in house.texts()
    answer = house.send_all()
    assert isinstance(answer, protocol.Done)
    assert answer.problem == ""


def test_every_half_minute_what_waits_is_looked_at(house: House) -> None:
    kept(house, MISSED)
    kept(house, TOLD)
    house.later(31, step=1)
    records = house.engine.stores.open().records
    assert MISSED not in [stored.record.text for stored in records.rows()]


@pytest.mark.parametrize(
    ("command", "facts"),
    [
        (protocol.Pause, {"until": "resume"}),
        (protocol.Forget, {"minutes": 1}),
        (protocol.DeleteWaiting, {"program": "xterm"}),
        (protocol.EraseAll, {}),
        (protocol.Withdraw, {}),
    ],
)
def test_a_pause_and_every_deletion_end_the_session(
    house: House, command: type[protocol.Command], facts: dict[str, object]
) -> None:
    kept(house, TOLD)
    session = house.engine.redactor.session
    assert session is not None
    assert len(session) > 0
    house.ask(command, **facts)
    assert len(session) == 0


def test_what_waits_is_looked_at_before_a_pause_forgets(house: House) -> None:
    kept(house, MISSED)
    kept(house, TOLD)
    house.ask(protocol.Pause, until="resume")
    assert "tell [password]" in house.texts()


def test_own_words_leave_the_session(house: House) -> None:
    kept(house, TOLD)
    house.ask(protocol.SetOwnWords, words=("Nightfall",))
    kept(house, MISSED)
    assert "kestrel9x" not in house.texts()[-1]


def test_the_employees_own_name_and_home_are_taken_out_and_told(house: House) -> None:
    house.session.who = RawOwner("jprzybylski", "", "zephyrine-07")
    house.restart()
    kept(house, "cd /home/jprzybylski.")
    kept(house, "14 kestrel rd yes.")
    assert house.texts() == ["cd /home/[user name].", "14 kestrel rd yes."]
    assert house.snapshot.own == ("account", "computer")
    done = house.ask(protocol.SetOwnWords, words=(), home="14 Kestrel Rd, Ludlow")
    assert isinstance(done, protocol.Done)
    assert (done.problem, done.count) == ("", 1)
    assert house.texts()[1] == "[address] yes."
    assert house.snapshot.own == ("account", "computer", "address")
    assert house.snapshot.home_address == "14 Kestrel Rd, Ludlow"
    house.ask(protocol.SetOwnWords, words=("Nightfall",))
    house.restart()
    assert house.snapshot.home_address == "14 Kestrel Rd, Ludlow", "whoever does not tell of it leaves it"
    house.ask(protocol.SetOwnWords, words=(), home="")
    assert house.snapshot.own == ("account", "computer")


@pytest.mark.parametrize("address", ["12", "Ludlow", "1 " + "x" * 300])
def test_an_address_that_cannot_be_looked_for_is_refused(house: House, address: str) -> None:
    answer = house.ask(protocol.SetOwnWords, words=(), home=address)
    assert isinstance(answer, protocol.Done)
    assert answer.problem == "home-address-invalid"
    assert house.snapshot.home_address == ""
