"""Who opened what was sent, read from the product's collector: own batches by id, and a log that only grows."""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path

import msgspec
import pytest

from agent import protocol
from agent.engine.opened_by import SECTION
from agent.organisation.openings import append, opening_key
from agent.protocol import Openings
from agent.seal import key_id
from agent.seal.opening import NOTHING, Opening
from agent.upload import Destination, OpeningsChanged, OpeningsSeen, OpeningsUnread, read_openings
from tests.fakes.fault_proxy import Answer, Asked, Fault, Replaced, Reset, Status, Truncated, fault_proxy
from tests.fakes.organisation import make_keys, public
from tests.fakes.sending_house import Way, sending_house

COLLECTOR = public(make_keys("acme").collector)


def entry(number: int, previous: str, *batches: str, written: str = "encrypted", key: str = "0" * 16) -> Opening:
    return msgspec.convert(
        {
            "number": number,
            "previous": previous,
            "when": "2026-11-24T09:00:00Z",
            "keys": [key],
            "batches": list(batches),
            "records": 3,
            "into": "dataset",
            "written": written,
        },
        Opening,
    )


def log(length: int) -> list[Opening]:
    found: list[Opening] = []
    for number in range(1, length + 1):
        found.append(entry(number, found[-1].digest() if found else NOTHING, f"{number:032x}"))
    return found


def page(entries: list[Opening]) -> bytes:
    return json.dumps({"openings": [msgspec.to_builtins(each) for each in entries]}).encode()


def served(entries: list[Opening], size: int = 500) -> object:
    def behind(asked: Asked) -> Answer:
        after = int(asked.path.rsplit("=", 1)[1])
        return Answer(200, {}, page(entries[after : after + size]))

    return behind


def look(entries: list[Opening], count: int, head: str, *faults: Fault, size: int = 500) -> object:
    with fault_proxy(served(entries, size), *faults) as proxy:  # type: ignore[arg-type]  # the test's own callable
        to = Destination(proxy.url, COLLECTOR, trial=True)
        with to.client() as client:
            return read_openings(count, head, to, client)


def test_a_log_is_read_in_pages_from_what_is_known_on() -> None:
    entries = log(7)
    assert look(entries, 0, NOTHING, size=2) == OpeningsSeen(0, tuple(entries), entries[-1].digest())
    assert look(entries, 5, entries[4].digest(), size=2) == OpeningsSeen(5, tuple(entries[5:]), entries[-1].digest())
    assert look(entries, 7, entries[6].digest()) == OpeningsSeen(7, (), entries[-1].digest())
    assert look([], 0, NOTHING) == OpeningsSeen(0, (), NOTHING)


def test_a_log_that_was_cut_changed_or_broken_is_told_from_one_that_grew() -> None:
    entries = log(5)
    head = entries[3].digest()
    other = [*entries[:3], entry(4, entries[2].digest(), "f" * 32)]
    gap = [*entries[:4], entry(5, "e" * 64)]
    for changed in (entries[:3], [], other, gap, [*entries[:4], entries[3]]):
        assert isinstance(look(changed, 4, head), OpeningsChanged), changed
    assert isinstance(look(entries[1:], 0, NOTHING), OpeningsChanged), "it does not begin at its beginning"


@pytest.mark.parametrize(
    "fault",
    [
        Reset(delivered=False),
        Truncated(),
        *(Replaced(body) for body in (b"", b"[]", b"{}", b"\xff", b"[" * 5000, b'{"openings":[{}]}', b"<html>")),
        Replaced(page(log(1)).replace(b"2026-11-24T09:00:00Z", b"yesterday")),
        Replaced(page(log(1)).replace(b'"format": 1', b'"format": 2')),
        *(Status(code) for code in (204, 302, 404, 429, 500, 503)),
    ],
    ids=repr,
)
def test_an_answer_that_is_no_log_accuses_nobody(fault: Fault) -> None:
    entries = log(2)
    assert isinstance(look(entries, 1, entries[0].digest(), fault), OpeningsUnread)


def opens(way: Way, *batches: str, written: str = "encrypted") -> None:
    steward = key_id(way.house.engine.terms.in_force().notice.recipients[0].key)
    append(way.store, "acme", lambda number, before: entry(number, before, *batches, written=written, key=steward))


def openings(way: Way) -> Openings:
    return way.house.page(Openings, protocol.GetOpenings)


def test_own_batches_are_shown_by_id_and_others_counted(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        assert openings(way) == Openings(re=way.house._ids, rows=(), checked_at=None)
        assert way.proxy.seen == [], "asked before anything was sent"
        batch = way.sends("to be opened")
        opens(way, batch, "f" * 32, "e" * 32)
        opens(way, "d" * 32, written="plain")
        way.hears(lambda: openings(way).checked_at is not None)
        second, first = openings(way).rows
        assert (first.number, first.batches, first.others, first.written) == (1, (batch,), 2, "encrypted")
        assert (second.number, second.batches, second.others, second.written) == (2, (), 1, "plain")
        names = [recipient.name for recipient in way.house.engine.terms.in_force().notice.recipients]
        assert first.keys == (names[0],)
        assert not any(batch in asked.path or asked.body for asked in way.proxy.seen if "openings" in asked.path)
        opens(way, batch)
        way.hears(lambda: len(openings(way).rows) == 3)


def test_a_log_written_anew_is_said_so_for_good_and_what_was_known_stays(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        batch = way.sends("to be opened")
        opens(way, batch)
        way.hears(lambda: len(openings(way).rows) == 1)
        place = opening_key("acme", 1)
        right = way.store.read(place)
        assert right is not None
        way.store.delete(place)
        way.hears(lambda: openings(way).problem == "openings-changed")
        assert way.house.engine.problems.has("openings-changed")
        assert [row.batches for row in openings(way).rows] == [(batch,)]
        way.store.create(place, right)
        way.house.restart()
        assert openings(way).problem == "openings-changed", "a later answer took it back"
        known = way.house.engine.stores.open().profile.get(SECTION)
        assert isinstance(known, dict)
        assert known["head"] == hashlib.sha256(right).hexdigest()


def test_it_is_looked_at_about_once_a_day_without_being_asked_and_not_after_a_withdrawal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sending_house(tmp_path) as way:
        way.sends("to be opened")
        log, looks = way.house.engine.asking.log, list[float]()
        asked = log.asked

        def looked() -> None:
            looks.append(way.house.seconds)
            asked()

        monkeypatch.setattr(log, "asked", looked)
        profile = way.house.engine.stores.open().profile
        way.house.later(7 * 3600, step=900)
        assert looks
        way.hears(lambda: profile.get(SECTION) is not None or log.page(0).problem != "")
        assert log.page(0).problem == ""
        assert len(looks) == 1
        way.house.later(3 * 86_400, step=900)
        assert 3 <= len(looks) <= 7
        assert min(later - before for before, later in itertools.pairwise(looks)) >= 43_200
        way.house.ask(protocol.Withdraw)
        before = len(looks)
        way.house.later(2 * 86_400, step=3600)
        assert len(looks) == before
