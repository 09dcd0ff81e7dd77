"""A computer that has nothing to keep a key in: the yes is not taken, by name, and nothing is kept or loaded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent.problems import PROBLEMS
from tests.fakes.office import Office, missing

_missing = missing()
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}"),
]


@pytest.fixture
def office() -> Iterator[Office]:
    with Office(keystore=False) as office:
        yield office


def test_without_a_keystore_it_refuses_by_name_and_keeps_nothing(office: Office) -> None:
    person = office.person
    office.start()
    person.sees("asks if it may learn")
    person.press("Show me more")
    person.press("Next")
    person.sees("The notice, in short")
    person.press("I have read this")
    person.sees("What may be collected?")
    person.tick("Text you type, ")
    person.press("Yes, collect what I ticked")
    person.sees(PROBLEMS["keystore-unavailable"].title, 60)
    office.person.goes_to(office.editor)
    office.writes("nokeystore")
    engine = person.engine().pid
    assert office.outside.connections(engine) == 0
    assert office.outside.loaded(engine) == []
    assert not list(office.profile.rglob("*.db*"))
    assert not office.shown("Collecting")
    assert office.shown("Step 4 of 6"), "the answer was not taken"
    assert office.recorder.connections == 0
