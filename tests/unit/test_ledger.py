"""The log: nothing in it can be removed, moved, changed or re-dated unseen."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.ledger import START, Checkpoint, Fault, Ledger, _about, _Head, _Leaf
from agent.problems import Invalid, Refused
from agent.vault import Vault, pad, seal
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import all_bytes, image


@pytest.fixture
def keystore() -> MemoryKeystore:
    return MemoryKeystore()


@pytest.fixture
def path(tmp_path: Path, keystore: MemoryKeystore) -> Path:
    """A closed ledger of five entries."""
    place = tmp_path / "profile" / "ledger.db"
    with opened(place, keystore) as ledger:
        for number in range(1, 6):
            ledger.append("consent-given", {"purpose": f"canary {number}"}, 1000 + number)
    return place


@contextmanager
def opened(path: Path, keystore: MemoryKeystore) -> Iterator[Ledger]:
    ledger = Ledger.open(path, Vault.open(keystore))
    try:
        yield ledger
    finally:
        ledger.close()


def sql(path: Path, *statements: str) -> None:
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def faults(path: Path, keystore: MemoryKeystore) -> list[Fault]:
    with opened(path, keystore) as ledger:
        return ledger.verify()


def test_entries_come_back_and_each_names_the_one_before(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as ledger:
        entries = ledger.entries(newest_first=False)

        assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
        assert [entry.at for entry in entries] == [1001, 1002, 1003, 1004, 1005]
        assert [dict(entry.facts) for entry in entries] == [{"purpose": f"canary {n}"} for n in range(1, 6)]
        assert [entry.prev for entry in entries] == [START, *(entry.hash for entry in entries[:-1])]
        assert ledger.entries() == entries[::-1]
        assert ledger.verify() == []


def test_an_entry_is_durable_when_append_returns(path: Path, keystore: MemoryKeystore, tmp_path: Path) -> None:
    with opened(path, keystore) as ledger:
        last = ledger.append("sealed", {"batch": "1"}, 2000)
        killed = image(path, tmp_path / "killed")
    with opened(killed, keystore) as ledger:
        assert ledger.entries()[0] == last
        assert ledger.verify() == []


def test_a_known_chain_has_known_hashes(path: Path, keystore: MemoryKeystore) -> None:
    """The bytes that are hashed are RFC 8785; anybody can compute them."""
    with opened(path, keystore) as ledger:
        first = ledger.entries()[-1]

    body = {
        "at": 1001,
        "facts": {"purpose": "canary 1"},
        "format": 1,
        "kind": "consent-given",
        "prev": START,
        "seq": 1,
    }
    assert first.hash == hashlib.sha256(json.dumps(body, separators=(",", ":")).encode()).hexdigest()


def test_nothing_is_in_clear(path: Path) -> None:
    assert b"canary" not in all_bytes(path)
    assert b"consent" not in all_bytes(path)


SWAP = (
    "UPDATE entries SET seq = 9 WHERE seq = 2",
    "UPDATE entries SET seq = 2 WHERE seq = 3",
    "UPDATE entries SET seq = 3 WHERE seq = 9",
)
MOVE = "UPDATE entries SET sealed = (SELECT sealed FROM entries WHERE seq = 2) WHERE seq = 4"


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["DELETE FROM entries WHERE seq = 3"], [Fault(3, "missing")]),
        (["DELETE FROM entries WHERE seq = 1"], [Fault(1, "missing")]),
        (["DELETE FROM entries WHERE seq >= 4"], [Fault(4, "missing"), Fault(5, "missing")]),
        (["DELETE FROM entries"], [Fault(number, "missing") for number in range(1, 6)]),
        (["UPDATE entries SET sealed = x'00' WHERE seq = 2"], [Fault(2, "unreadable")]),
        (["UPDATE entries SET sealed = 'text' WHERE seq = 5"], [Fault(5, "unreadable")]),
        (SWAP, [Fault(2, "unreadable"), Fault(3, "unreadable")]),
        ([MOVE], [Fault(4, "unreadable")]),
        (["INSERT INTO entries SELECT 6, sealed FROM entries WHERE seq = 5"], [Fault(6, "extra")]),
        (["INSERT INTO entries SELECT 8, sealed FROM entries WHERE seq = 5"], [Fault(8, "extra")]),
        (["INSERT INTO entries SELECT -3, sealed FROM entries WHERE seq = 5"], [Fault(-3, "extra")]),
        (["DELETE FROM head"], [Fault(0, "head")]),
        (["UPDATE head SET sealed = x'00'"], [Fault(0, "head")]),
    ],
)
def test_without_the_keys_nothing_can_be_changed_unseen(
    path: Path, keystore: MemoryKeystore, statements: Sequence[str], expected: list[Fault]
) -> None:
    sql(path, *statements)

    assert faults(path, keystore) == expected


def forge(ledger: Ledger, seq: int, at: int, prev: str, kind: str = "forged") -> str:
    """Write an entry with the keys in hand, as somebody who owns the computer could."""
    leaf = _Leaf(1, seq, at, kind, {}, prev)
    sealed = seal(ledger._key, pad(leaf.canonical()), _about(seq))
    ledger._database.write("INSERT OR REPLACE INTO entries VALUES (?, ?)", (seq, sealed))

    return hashlib.sha256(leaf.canonical()).hexdigest()


def test_with_the_keys_a_changed_or_re_dated_entry_breaks_the_chain(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as ledger:
        third = ledger.entries(newest_first=False)[2]
        forge(ledger, 3, third.at - 500, third.prev, third.kind)
        assert ledger.verify() == [Fault(4, "chain")]
        forge(ledger, 5, 1, ledger.entries(newest_first=False)[3].hash)
        assert ledger.verify() == [Fault(4, "chain"), Fault(0, "head")]


def test_with_the_keys_a_whole_new_chain_is_found_by_a_checkpoint_kept_elsewhere(
    path: Path, keystore: MemoryKeystore
) -> None:
    with opened(path, keystore) as ledger:
        checkpoint = ledger.checkpoint()
        before = START
        for seq in range(1, 8):
            before = forge(ledger, seq, 1000 + seq, before)
        ledger._write_head(_Head(7, before))
    with opened(path, keystore) as ledger:
        assert ledger.verify() == []
        assert ledger.check_against(checkpoint) == [Fault(5, "fork")]


def test_a_file_put_back_is_found_by_a_later_checkpoint(path: Path, keystore: MemoryKeystore, tmp_path: Path) -> None:
    old = image(path, tmp_path / "old")
    with opened(path, keystore) as ledger:
        ledger.append("consent-withdrawn", {}, 3000)
        later = ledger.checkpoint()
        ledger.append("more", {}, 3001)
        assert ledger.check_against(later) == []
    with opened(old, keystore) as ledger:
        assert ledger.verify() == []
        assert ledger.check_against(later) == [Fault(6, "rollback")]


def test_an_entry_that_cannot_be_read_does_not_satisfy_a_checkpoint(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as ledger:
        checkpoint = ledger.checkpoint()
    sql(path, "UPDATE entries SET sealed = x'00' WHERE seq = 5")
    with opened(path, keystore) as ledger:
        assert ledger.check_against(checkpoint) == [Fault(5, "fork")]


def test_a_checkpoint_is_text_that_can_be_read_back_and_checked(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as ledger:
        checkpoint = ledger.checkpoint(generation=3)
    key = Vault.open(keystore).device_key(3).public_key()
    lines = checkpoint.text().split("\n")

    assert Checkpoint.parse(checkpoint.text()) == checkpoint
    assert lines[0].startswith("aboveboard/")
    assert lines[1] == "5"
    assert lines[3] == lines[5] == ""
    assert lines[4].startswith(f"\u2014 {lines[0]} ")
    assert checkpoint.signed_by(key)
    assert not checkpoint.signed_by(Vault.open(keystore).device_key(0).public_key())


def test_a_checkpoint_changed_anywhere_is_not_signed(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as ledger:
        good = ledger.checkpoint()
        key = Vault.open(keystore).device_key(0).public_key()
        changed = [
            dataclasses.replace(good, size=4),
            dataclasses.replace(good, hash=START),
            dataclasses.replace(good, origin=good.origin + "x"),
            dataclasses.replace(good, signature=good.signature[:-1] + bytes([good.signature[-1] ^ 1])),
            dataclasses.replace(good, signature=b"\0" + good.signature[1:]),
            dataclasses.replace(good, signature=b""),
        ]
        for wrong in changed:
            assert not wrong.signed_by(key)
            assert ledger.check_against(wrong) == [Fault(0, "signature")]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text + "\n",
        lambda text: text.replace("\n5\n", "\n05\n"),
        lambda text: text.replace("\n5\n", "\nfive\n"),
        lambda text: text.replace("\u2014", "-"),
        lambda text: text.replace("\n\n", "\nx\n"),
        lambda text: text[:-3],
    ],
)
def test_text_that_is_no_checkpoint_is_refused(
    path: Path, keystore: MemoryKeystore, change: Callable[[str], str]
) -> None:
    with opened(path, keystore) as ledger:
        text = ledger.checkpoint().text()

    with pytest.raises(Invalid):
        Checkpoint.parse(change(text))


def test_an_empty_ledger_is_sound_and_has_a_checkpoint(tmp_path: Path, keystore: MemoryKeystore) -> None:
    with opened(tmp_path / "new.db", keystore) as ledger:
        empty = ledger.checkpoint()
        assert (empty.size, empty.hash, ledger.size) == (0, START, 0)
        assert ledger.verify() == []
        ledger.append("a", {}, 1)
        assert ledger.check_against(empty) == []


def test_without_its_head_a_ledger_takes_nothing(path: Path, keystore: MemoryKeystore) -> None:
    sql(path, "UPDATE head SET sealed = x'00'")
    with opened(path, keystore) as ledger:
        for act in (lambda: ledger.append("a", {}, 1), ledger.checkpoint):
            with pytest.raises(Invalid):
                act()
        assert len(ledger.entries()) == 5


def test_one_process_at_a_time_and_nothing_left_when_destroyed(path: Path, keystore: MemoryKeystore) -> None:
    ledger = Ledger.open(path, Vault.open(keystore))
    with pytest.raises(Refused):
        Ledger.open(path, Vault.open(keystore))
    ledger.destroy()
    ledger.close()
    Ledger.erase(path)

    assert list(path.parent.iterdir()) == []
