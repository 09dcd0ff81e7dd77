"""The person sends, looks inside, has it deleted, withdraws: in the window, and for real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.office import Office, missing
from tests.fakes.waiting import until

_missing = missing()
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}"),
]


@pytest.fixture
def office() -> Iterator[Office]:
    with Office() as opened:
        opened.start()
        opened.agree()
        yield opened


def batches(office: Office) -> list[str]:
    """Ids of what lies at the collector."""
    return [path.stem for path in office.organisation.store.rglob("*.seal")]


def sends(office: Office, words: str) -> str:
    """Write something, let it go, and see it confirmed; the id of its batch."""
    person = office.person
    before = set(batches(office))
    office.works()
    office.writes(words)
    person.takes_a_breath()
    person.tray("Pause", "Until I resume")
    person.open_window()
    person.page("Waiting to leave")
    until(person.waiting_rows, "the record")
    person.press("Send all", part=True)
    person.press("Send now")
    (batch,) = until(lambda: set(batches(office)) - before, "the batch to arrive")
    person.page("Sent")
    person.sees("confirmed the same bytes and signed that")
    return batch


def test_what_was_sent_is_seen_again_and_deleted_by_the_window(office: Office) -> None:
    person = office.person
    batch = sends(office, "the offer for the roof")

    person.press("Look inside")
    person.sees("exactly as they left")
    inside = person.window().find("list", "Items in this batch")
    assert any("the offer for the roof" in row.name for row in inside.all(("list item", "table cell")))
    person.press("Back to all batches")

    person.press("Ask to delete")
    person.sees("This computer cannot see whether that was done")
    assert batches(office) == [batch]
    person.press("Yes, ask for deletion")
    person.sees("that it does not have the batch any more and never takes it again", 60)
    assert batches(office) == []
    person.eyes.gone("", "Ask to delete", inside=person.window())


def test_a_withdrawal_may_wish_for_the_deletion_and_the_page_shows_what_came_of_it(office: Office) -> None:
    person = office.person
    sends(office, "another offer")
    person.tray("Stop and withdraw")
    person.sees("Stop and withdraw your yes?")
    person.tick("Also ask for the deletion of everything that was sent")
    person.press("Yes, stop and withdraw")
    person.sees("The page Sent shows when it has signed that")
    person.press("Close")
    person.open_window()
    person.page("Sent")
    person.sees("that it does not have the batch any more and never takes it again", 60)
    assert batches(office) == []
