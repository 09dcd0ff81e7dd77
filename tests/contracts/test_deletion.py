"""Deletion of what was sent, against the product's collector over a real connection: never said to be done before it
is, never forgotten, and asked for without a name.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from agent import protocol
from agent.engine.delivery import TOMBSTONE
from agent.engine.erasing import erase_sent
from agent.engine.slots import read_slot
from agent.protocol import Done
from agent.rights import verify_path
from agent.seal import Delivered, issue, issue_erasure, verify_erasure
from agent.upload import Destination, Erased, NotErased, erase
from tests.fakes.fault_proxy import Answer, Fault, Replaced, Reset, Status, Truncated, fault_proxy
from tests.fakes.organisation import NOW, ed25519, make_keys, public
from tests.fakes.sending_house import sending_house

KEYS = make_keys("acme")
SECRET = b"\7" * 32
BATCH = "ab" * 16
RIGHT = issue_erasure(BATCH, date(2026, 11, 24), "127.0.0.1", KEYS.collector)
OTHER = issue_erasure("cd" * 16, date(2026, 11, 24), "127.0.0.1", KEYS.collector)
STRANGER = issue_erasure(BATCH, date(2026, 11, 24), "127.0.0.1", ed25519("somebody else"))
RECEIPT = issue(Delivered(BATCH, "cd" * 32, 70_000), datetime(2026, 11, 24, tzinfo=UTC), "127.0.0.1", KEYS.collector)

#: What a collector, or something in its place, can answer that is no yes.
NONSENSE: tuple[Fault, ...] = (
    Reset(delivered=True),
    Reset(delivered=False),
    Truncated(),
    *(
        Replaced(body)
        for body in (
            b"",
            b"{}",
            b"null",
            b"[" * 3000,
            b"\xff\xfe",
            b"<html>Log in to this network</html>",
            OTHER,
            STRANGER,
            RECEIPT,
            RIGHT[:-1],
            RIGHT + b"\n",
            RIGHT.replace(b"2026-11-24", b"2026-11-25"),
            RIGHT.replace(b'"format":1', b'"format":2'),
            RIGHT + b" " * 5000,
            json.dumps({"statement": {"batch": BATCH}, "signature": ""}).encode(),
        )
    ),
    *(Status(code) for code in (204, 301, 400, 401, 403, 404, 408, 410, 413, 429, 500, 503)),
    Status(201, body=RIGHT),
    Status(503, {"Retry-After": "soon"}),
)


@pytest.mark.parametrize("fault", NONSENSE, ids=repr)
def test_whatever_is_not_the_signed_word_is_no_yes(fault: Fault) -> None:
    with fault_proxy(lambda _asked: Answer(200, {}, RIGHT), fault) as proxy:
        to = Destination(proxy.url, public(KEYS.collector), trial=True)
        with to.client() as client:
            heard = erase(BATCH, SECRET, to, client)
            assert isinstance(heard, NotErased)
            assert heard.batch_id == BATCH
            assert heard.detail
            assert erase(BATCH, SECRET, to, client) == Erased(BATCH, "127.0.0.1", RIGHT)


def test_a_collector_that_is_away_is_no_yes() -> None:
    to = Destination("http://127.0.0.1:9", public(KEYS.collector), trial=True)
    with to.client() as client:
        assert isinstance(erase(BATCH, SECRET, to, client), NotErased)


def test_a_deleted_batch_is_gone_there_and_here_and_the_proof_is_kept(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        first, second = way.sends("to be deleted"), way.sends("to be kept")
        assert way.row(first).openable
        opened = way.house.engine.stores.open()
        secret = read_slot(opened.profile, first).erasure_secret
        assert secret is not None

        assert way.house.ask(protocol.AskDeletion, batches=(first,)) == Done(re=way.house._ids, count=1)
        assert way.row(first).deletion == "asked"
        way.hears(lambda: way.row(first).deletion == "confirmed")

        assert way.there() == [second]
        assert [json.loads(asked.body) for asked in way.posts()] == [{"batch": first, "secret": secret.hex()}]
        assert not any(name.lower() in {"authorization", "cookie"} for name in way.posts()[0].headers)
        assert not way.row(first).openable
        assert way.row(second).openable
        slot = read_slot(opened.profile, first)
        assert (slot.data_key, slot.erasure_secret) == (None, None)
        assert opened.outbox.keeps() == {second}
        kinds = [row.kind for row in way.house.page(protocol.History, protocol.GetHistory).rows]
        assert kinds.count("deletion-asked") == kinds.count("deletion-confirmed") == 1
        assert way.house.ask(protocol.AskDeletion, batches=(first,)) == Done(re=way.house._ids, count=0)

        way.house.page(protocol.Saved, protocol.Export, folder=str(tmp_path / "export"), language="en")
        word = (tmp_path / f"export/batches/{first}.erased").read_bytes()
        verify_erasure(word, public(KEYS.collector), first)
        report = verify_path(tmp_path / "export")
        assert report.wrong == []
        assert any("has deleted batch" in line for line in report.checked)
        assert f"batches/{second}.jsonl" in "".join(report.checked)
        sheet = (tmp_path / "export/recovery-sheet.html").read_text(encoding="utf-8")
        assert second in sheet
        assert first not in sheet


def test_it_is_asked_again_over_nonsense_outage_and_restart_until_it_is_confirmed(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        batch = way.sends("to be deleted")
        way.proxy.faults.extend([Replaced(OTHER), Status(403)])
        way.house.ask(protocol.AskDeletion, batches=())
        way.hears(lambda: len(way.posts()) == 2)
        way.hears(lambda: way.house.engine.problems.has("deletion-unconfirmed"))
        assert way.row(batch).deletion == "asked"
        way.house.restart()
        way.hears(lambda: way.row(batch).deletion == "confirmed")
        assert not way.house.engine.problems.has("deletion-unconfirmed")


def test_a_withdrawal_that_wishes_it_does_not_wait_for_the_network(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        batch = way.sends("to be deleted")
        way.proxy.faults.append(Reset(delivered=False))
        way.house.ask(protocol.Withdraw, delete_sent=True)
        assert way.house.engine.stores.consent.decision == "withdrawn"
        assert way.row(batch).deletion == "asked"
        assert way.row(batch).openable, "what arrived can still be looked at"
        assert way.house.engine.stores.open().ledger.size == 0, "the next pseudonym's log tells of the one before"
        way.hears(lambda: way.row(batch).deletion == "confirmed")
        assert way.house.engine.stores.open().ledger.size == 0
        assert way.there() == []
        generation = way.house.engine.stores.choices.generation
        way.house.restart()
        assert way.house.engine.stores.choices.generation == generation
        assert way.row(batch).deletion == "confirmed"


def test_a_withdrawal_without_the_wish_asks_nothing(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        batch = way.sends("stays")
        way.house.ask(protocol.Withdraw)
        way.house.restart()
        assert way.row(batch).deletion == ""
        assert way.posts() == []


def test_what_may_have_arrived_can_be_deleted_too(tmp_path: Path) -> None:
    """Withdrawn while it was on its way, and it did arrive."""
    with sending_house(tmp_path) as way:
        way.proxy.faults.append(Reset(delivered=True))
        way.house.types("on its way")
        way.house.send_all()
        way.hears(lambda: bool(way.there()))
        way.house.ask(protocol.Withdraw)
        (row,) = way.rows()
        assert (row.state, row.openable) == ("unknown", False)
        way.house.ask(protocol.AskDeletion, batches=(row.batch,))
        way.hears(lambda: way.row(row.batch).deletion == "confirmed")
        assert way.there() == []


def test_another_collector_than_the_one_that_signed_for_it_confirms_nothing(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        batch = way.sends("to be deleted")
        foreign = issue_erasure(batch, date(2026, 11, 24), "elsewhere.example", KEYS.collector)
        way.proxy.faults.append(Replaced(foreign))
        way.house.ask(protocol.AskDeletion, batches=(batch,))
        way.hears(lambda: way.house.engine.problems.has("deletion-unconfirmed"))
        assert way.row(batch).deletion == "asked"
        assert way.house.engine.stores.open().profile.get(f"{TOMBSTONE}{batch}") is None


def test_without_the_app_it_is_asked_once_and_the_app_goes_on_asking(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        first, second = way.sends("to be deleted"), way.sends("to be deleted, too")
        engine = way.house.engine
        way.proxy.faults.append(Status(503))
        confirmed, waiting = erase_sent(engine.stores, engine.delivery, engine.terms, (), int(way.house.wall))
        assert (confirmed, waiting) == ([second], {first: "It answers 503."})
        assert erase_sent(engine.stores, engine.delivery, engine.terms, (second,), NOW) == ([], {})
        way.house.restart()
        way.hears(lambda: way.row(first).deletion == "confirmed")
        assert way.there() == []


def test_after_the_day_everybody_has_deleted_it_there_is_nothing_to_ask_with(tmp_path: Path) -> None:
    with sending_house(tmp_path) as way:
        batch = way.sends("old")
        way.house.wall = float(way.row(batch).delete_by + timedelta(days=1).total_seconds())
        way.house.later(31, step=31)
        assert not way.row(batch).openable
        assert way.house.engine.stores.open().outbox.keeps() == frozenset()
        assert way.house.ask(protocol.AskDeletion, batches=()) == Done(re=way.house._ids, count=0)
        assert way.posts() == []
