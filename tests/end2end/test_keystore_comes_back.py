"""The keyring is not there when the session starts, and comes later: the real app goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent.problems import PROBLEMS
from tests.fakes.office import Office, missing
from tests.fakes.waiting import until

_missing = missing()
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}"),
]


@pytest.fixture
def office() -> Iterator[Office]:
    with Office() as office:
        yield office


def test_a_keyring_that_is_unlocked_later_is_found(office: Office) -> None:
    session = office.desktop.session
    office.start()
    office.agree()
    office.end()
    session.end(session.keyring)
    locked = session.start_locked_keyring()

    office.start()
    office.person.sees(PROBLEMS["keystore-unavailable"].title, 60)
    engine = office.person.engine().pid
    assert not office.outside.reads_keys(engine)

    session.end(locked)
    session.start_keyring()
    office.person.goes_to(office.editor)
    office.person.sees("Collecting", 90)
    assert office.person.engine().pid == engine, "without a new start"
    until(lambda: office.outside.reads_keys(engine), "the hooks to be in")
