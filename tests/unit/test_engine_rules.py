"""The rules are checked at the start and every hour: if they fail, nothing is collected, and why is said by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.engine.rules import RULES_EVERY
from agent.records import RawOwner
from agent.redaction import Redactor
from agent.redaction.detectors import Emails
from tests.fakes.enginehouse import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.agree()
    yield made
    made.engine.stop()


def broken(redactor: Redactor, rule: type) -> None:
    redactor._rules = tuple(each for each in redactor._rules if not isinstance(each, rule))


def codes(house: House) -> set[str]:
    return {problem.code for problem in house.snapshot.problems}


def test_a_rule_that_breaks_while_running_stops_capture_within_the_hour_and_by_name(house: House) -> None:
    house.types("before")
    assert house.snapshot.state == "collecting"
    broken(house.engine.redactor, Emails)
    house.later(RULES_EVERY, step=20)
    assert house.snapshot.state == "stopped"
    assert "redaction-failed" in codes(house)
    assert not house.engine.capture.hooks
    house.types("after jan@example.org")
    assert [text for text in house.texts() if "after" in text] == []


def test_what_is_in_memory_at_that_moment_is_dropped(house: House) -> None:
    house.types("write to jan@example.org")
    broken(house.engine.redactor, Emails)
    house.engine._due["rules"] = house.seconds
    house.later(1)
    assert house.texts() == []
    assert "redaction-failed" in codes(house)


def test_rules_that_are_whole_again_collect_again_by_themselves(house: House) -> None:
    whole = house.engine.redactor._rules
    broken(house.engine.redactor, Emails)
    house.later(RULES_EVERY, step=20)
    assert house.snapshot.state == "stopped"
    house.engine.redactor._rules = whole
    house.later(RULES_EVERY, step=20)
    house.types("and on")
    assert codes(house) == set()
    assert house.snapshot.state == "collecting"


def test_they_are_checked_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Emails, "find", lambda self, view: iter(()))
    house = House(tmp_path)
    house.agree()
    assert "redaction-failed" in codes(house)
    assert house.snapshot.state == "stopped"
    house.engine.stop()


def test_the_employees_own_account_and_computer_are_planted_too() -> None:
    for owner in (RawOwner("jprzybylski"), RawOwner(computer="zephyrine-07")):
        redactor = Redactor((), None, owner)
        assert redactor.healthy()
        broken(redactor, type(redactor._rules[-2]))
        assert not redactor.healthy()
