"""What other programs may ask for, in the engine: a pause that never shortens, and erasing everything that is here."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent import protocol
from agent.engine.delivery import Delivery
from agent.engine.ending import destroy_unsent
from agent.engine.stores import Stores
from agent.protocol import Done
from agent.records import State
from tests.fakes.enginehouse import House
from tests.unit.test_engine_ending import a_house, comes_back

DAY = 86_400


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.agree()
    return made


def paused(house: House, length: str, *, at_least: bool = True) -> int | None:
    """The end of the pause after asking for one so long, in seconds from now; 0 for no end."""
    done = house.ask(protocol.Pause, until=length, at_least=at_least)
    until = house.engine.stores.choices.paused_until
    assert isinstance(done, Done)
    assert done.facts == {"until": str(until)}
    return until and until - house.engine.wall()


def test_another_program_makes_a_pause_longer_and_never_shorter(house: House) -> None:
    assert paused(house, "15m") == 900
    assert paused(house, "1h") == 3600
    assert paused(house, "15m") == 3600
    assert 0 < (paused(house, "tomorrow") or 0) <= DAY
    assert paused(house, "resume") == 0
    for length in ("15m", "1h", "tomorrow"):
        assert paused(house, length) == 0
    house.engine.stop()


def test_the_person_in_the_window_may_choose_a_shorter_one(house: House) -> None:
    assert paused(house, "resume") == 0
    assert paused(house, "15m", at_least=False) == 900
    house.engine.stop()


def erased(house: House) -> int:
    done = house.ask(protocol.EraseAll)
    assert isinstance(done, Done)
    assert done.problem == ""
    return done.count


def test_everything_that_has_not_left_is_destroyed_and_the_agreement_stays(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    house.goes_to()
    house.desk.type("half a word")
    house.run()
    assert erased(house) == 2, "what was on its way may have arrived, and is not said to be gone"
    house.later(60)
    opened = house.engine.stores.open()
    assert (opened.records.count(), opened.outbox.pending()) == (0, ())
    assert not house.engine.uploads.running
    assert house.engine.stores.choices.leaving_at is None
    assert house.snapshot.consent == "given"
    kinds = {row.kind for row in house.page(protocol.History, protocol.GetHistory).rows}
    assert "consent-given" in kinds
    assert "consent-withdrawn" not in kinds

    house.types("something new")
    house.desk.click()
    house.later(1)
    assert [text.strip() for text in house.texts()] == ["something new"]
    assert house.send_all().problem == ""  # type: ignore[attr-defined]  # Done
    house.engine.stop()


def test_what_comes_next_names_no_batch_that_never_came(tmp_path: Path) -> None:
    """A gap would tell that something was destroyed: after one that was sealed the pseudonym is a new one."""
    house = a_house(tmp_path)
    before = house.engine.stores.device_key().public_key()
    erased(house)
    assert house.engine.stores.device_key().public_key() != before
    before = house.engine.stores.device_key().public_key()
    house.types("only waiting")
    erased(house)
    assert house.engine.stores.device_key().public_key() == before, "nothing was sealed, so nothing has to be hidden"
    house.engine.stop()


def test_the_keystore_was_away_and_what_lies_here_is_erased_all_the_same(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    house.engine.stop()
    house.keystore.gone = True
    house.engine = house.make()
    answer = house.ask(protocol.EraseAll)
    assert isinstance(answer, Done)
    assert answer.problem == "keystore-unavailable"
    house.keystore.gone = False
    assert erased(house) == 2
    house.engine.stop()


def test_where_nobody_ever_answered_nothing_is_made(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert erased(house) == 0
    assert not house.engine.stores.exists()
    house.engine.stop()


def test_without_the_app_the_same_is_done_on_the_files(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    house.engine.stop()
    stores = Stores(house.trial / "profile", house.keystore, house.machine)
    stores.open()
    assert destroy_unsent(stores, Delivery(stores), house.engine.wall()) == 2
    stores.close()
    comes_back(house)
    opened = house.engine.stores.open()
    assert opened.records.count() == opened.records.count(State.APPROVED) == len(opened.outbox.pending()) == 0
    assert house.snapshot.consent == "given"
    house.engine.stop()
