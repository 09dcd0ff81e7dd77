"""What happens to a store that somebody, or a failing disk, has changed: never wrong content, never a crash."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from agent.buffer import Buffer
from agent.ledger import Ledger
from agent.problems import AgentError, Invalid, Unavailable
from agent.profile import Profile
from agent.records import State
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import CONTEXT, LATER, a_record, image, keep, opened

BATCH = "cd" * 16
COUNT = 40


@pytest.fixture
def keystore() -> MemoryKeystore:
    return MemoryKeystore()


@pytest.fixture
def path(tmp_path: Path, keystore: MemoryKeystore) -> Path:
    """A closed store of COUNT records: row N holds record N; the first five are approved, the sixth is sealed."""
    place = tmp_path / "store" / "records.db"
    with opened(place, keystore) as buffer, buffer.batch():
        for number in range(1, COUNT + 1):
            assert keep(buffer, number) == number
        for row in range(1, 7):
            buffer.approve(row, a_record(row).digest())
        buffer.mark_sealed([6], BATCH)
    return place


def sql(path: Path, *statements: str) -> None:
    """Change the file behind the store's back."""
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def readable(path: Path, keystore: MemoryKeystore) -> tuple[dict[int, int], int, dict[State, int]]:
    """Row -> number of the record, damaged rows, count by state."""
    with opened(path, keystore) as buffer:
        found = {stored.row: stored.record.time for stored in buffer.rows(newest_first=False)}
        for stored in buffer.rows():
            assert stored.record == a_record(stored.record.time)
        return found, buffer.damaged, {state: buffer.count(state) for state in State}


def test_a_sound_store_has_no_damage(path: Path, keystore: MemoryKeystore) -> None:
    found, damaged, states = readable(path, keystore)

    assert found == {row: row for row in range(1, COUNT + 1)}
    assert damaged == 0
    assert states == {State.HELD: COUNT - 6, State.APPROVED: 5, State.SEALED: 1}


SWAP = (
    "UPDATE {table} SET row = -1 WHERE row = 10",
    "UPDATE {table} SET row = 10 WHERE row = 11",
    "UPDATE {table} SET row = 11 WHERE row = -1",
)


@pytest.mark.parametrize("tables", [("records",), ("keys",), ("records", "keys")])
def test_two_swapped_rows_are_both_damaged(path: Path, keystore: MemoryKeystore, tables: tuple[str, ...]) -> None:
    for table in tables:
        sql(path, *(statement.format(table=table) for statement in SWAP))
    found, damaged, states = readable(path, keystore)

    assert found == {row: row for row in range(1, COUNT + 1) if row not in {10, 11}}
    assert damaged == 2
    assert states[State.APPROVED] == 0  # the set is not the one that was written: the employee looks again


@pytest.mark.parametrize(
    ("statement", "lost", "damaged"),
    [
        ("UPDATE records SET body = (SELECT body FROM records WHERE row = 12) WHERE row = 10", {10}, 1),
        ("UPDATE records SET head = (SELECT head FROM records WHERE row = 12) WHERE row = 10", {10}, 1),
        ("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE row = 12) WHERE row = 10", {10}, 1),
        ("UPDATE keys SET epoch = 7 WHERE row = 10", {10}, 1),
        ("UPDATE keys SET epoch = 'x', wrapped = 5 WHERE row = 10", {10}, 1),
        ("UPDATE records SET head = 'text', body = 7 WHERE row = 10", {10}, 1),
        ("UPDATE records SET head = zeroblob(0) WHERE row = 10", {10}, 1),
        ("DELETE FROM records WHERE row = 10", {10}, 1),
        ("DELETE FROM keys WHERE row = 10", {10}, 1),
        ("DELETE FROM records WHERE row > 38", {39, 40}, 2),
        ("INSERT INTO records SELECT 99, head, body FROM records WHERE row = 10", set(), 1),
    ],
)
def test_what_was_changed_is_left_out_and_counted(
    path: Path, keystore: MemoryKeystore, statement: str, lost: set[int], damaged: int
) -> None:
    sql(path, statement)
    found, counted, states = readable(path, keystore)

    assert found == {row: row for row in range(1, COUNT + 1) if row not in lost}
    assert counted == damaged
    # Where every row that was written is still there as it was, something added proves nothing against the others.
    assert states[State.APPROVED] == (0 if lost else 5)
    assert readable(path, keystore)[1] == damaged  # opening does not make it forget


def test_damage_outlives_what_is_written_afterwards(path: Path, keystore: MemoryKeystore) -> None:
    sql(path, "DELETE FROM records WHERE row = 10", "UPDATE keys SET epoch = 7 WHERE row = 11")
    with opened(path, keystore) as buffer:
        keep(buffer, 50)
        buffer.delete([12, 13])
        assert buffer.damaged == 2
    found, damaged, _ = readable(path, keystore)

    assert damaged == 2
    assert sorted(found) == [row for row in range(1, COUNT + 2) if row not in {10, 11, 12, 13}]


def test_a_row_put_back_as_it_was_approves_nothing(path: Path, keystore: MemoryKeystore, tmp_path: Path) -> None:
    """Approve, save the row, take it back, put the saved row in: both are sealed properly, only the sum knows."""
    with opened(path, keystore) as buffer:
        buffer.approve(20, a_record(20).digest())
    approved = image(path, tmp_path / "approved")
    with opened(path, keystore) as buffer:
        key, head, _, sealed = buffer._unlock(20)
        with buffer._change():
            buffer._move(20, key, sealed, head, State.HELD, None, None)
    sql(
        path,
        f"ATTACH '{approved}' AS old",
        "UPDATE records SET head = (SELECT head FROM old.records WHERE row = 20) WHERE row = 20",
    )
    found, damaged, states = readable(path, keystore)

    assert len(found) == COUNT
    assert damaged == 1
    assert states[State.APPROVED] == 0


@pytest.mark.parametrize(
    "statement", ["DELETE FROM manifest", "UPDATE manifest SET sealed = x'00'", "UPDATE manifest SET sealed = 'x'"]
)
def test_without_its_list_a_store_can_be_read_and_erased_but_takes_nothing(
    path: Path, keystore: MemoryKeystore, statement: str
) -> None:
    sql(path, statement)
    with opened(path, keystore) as buffer:
        assert buffer.count() == COUNT
        assert buffer.count(State.APPROVED) == 0
        assert buffer.damaged == 1
        with pytest.raises(Invalid) as raised:
            keep(buffer, 1)
        assert raised.value.code == "store-damaged"
        assert buffer.delete([1, 2]) == 2
    with opened(path, keystore) as buffer:
        assert (buffer.count(), buffer.damaged) == (COUNT - 2, 1)
        assert buffer.clear() == COUNT - 2
        assert buffer.damaged == 0
        keep(buffer, 1)
    with opened(path, keystore) as buffer:
        assert (buffer.count(), buffer.damaged) == (1, 0)


def test_another_keystore_opens_nothing(path: Path) -> None:
    with opened(path, MemoryKeystore()) as buffer:
        assert buffer.rows() == []
        assert buffer.damaged == COUNT


def test_an_old_file_put_back_after_an_erasing_is_damaged_and_kills_no_key(
    path: Path, keystore: MemoryKeystore, tmp_path: Path
) -> None:
    old = image(path, tmp_path / "old")
    with opened(path, keystore) as buffer:
        buffer.delete([1])
    before = dict(keystore.values)
    with opened(old, keystore) as buffer:
        assert buffer.rows() == []
        assert buffer.damaged == COUNT
        with pytest.raises(Invalid):
            keep(buffer, 1)
    assert keystore.values == before
    assert len(readable(path, keystore)[0]) == COUNT - 1


def test_a_row_damaged_while_open_is_noticed_when_it_is_read(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        buffer._database.write("UPDATE records SET body = zeroblob(100) WHERE row IN (10, 11)")
        buffer._database.write("DELETE FROM records WHERE row = 12")

        assert buffer.get(10) is None
        assert buffer.damaged == 1
        with pytest.raises(AgentError):
            buffer.approve(11, a_record(11).digest())
        assert [stored.row for stored in buffer.rows(limit=40, newest_first=False)][8:11] == [9, 13, 14]
        assert buffer.damaged == 3


def test_a_key_damaged_while_open_is_noticed_when_the_others_are_wrapped_anew(
    path: Path, keystore: MemoryKeystore
) -> None:
    with opened(path, keystore) as buffer:
        buffer._database.write("UPDATE keys SET wrapped = zeroblob(60) WHERE row = 10")
        assert buffer.delete([1]) == 1
        assert (buffer.count(), buffer.damaged) == (COUNT - 2, 1)
    found, damaged, _ = readable(path, keystore)

    assert damaged == 1
    assert sorted(found) == [row for row in range(2, COUNT + 1) if row != 10]


def test_a_number_that_stands_there_twice_is_damaged_and_so_is_the_one_that_lost_its_place(
    path: Path, keystore: MemoryKeystore
) -> None:
    """Row 10 calls itself 11 on the disk: a scan finds both, a look-up either."""
    with opened(path, keystore) as buffer:
        sizes = buffer._database.read("SELECT length(head), length(body) FROM records WHERE row = 10")[0]
    content = path.read_bytes()
    # A cell: row number, header size, NULL for the number, types of the two blobs, then head and body.
    types = b"".join(varint(2 * size + 12) for size in sizes)
    header = b"\x00" + types
    cell = bytes([10, len(header) + 1]) + header
    assert content.count(cell) == 1
    path.write_bytes(content.replace(cell, bytes([11]) + cell[1:]))
    found, damaged, states = readable(path, keystore)

    assert sorted(found) == [row for row in range(1, COUNT + 1) if row not in {10, 11}]
    assert damaged == 2
    assert states[State.APPROVED] == 0


def varint(number: int) -> bytes:
    """SQLite's variable-length integer, up to two bytes."""
    return bytes([number]) if number < 128 else bytes([128 | number >> 7, number & 127])


@pytest.mark.parametrize("kind", [Buffer, Profile, Ledger])
def test_an_opening_that_fails_lets_go_of_the_file(
    tmp_path: Path, keystore: MemoryKeystore, kind: type[Buffer | Profile | Ledger]
) -> None:
    destroyed = Vault.open(keystore)
    destroyed.destroy()
    with pytest.raises(Unavailable):
        kind.open(tmp_path / "a.db", destroyed)
    kind.open(tmp_path / "a.db", Vault.open(keystore)).close()


def harm(path: Path, keystore: MemoryKeystore, folder: Path, change: Callable[[bytearray], None]) -> str:
    """Change a copy, open it, read and write everything; returns what came of it."""
    shutil.rmtree(folder, ignore_errors=True)
    copy = image(path, folder)
    content = bytearray(copy.read_bytes())
    change(content)
    copy.write_bytes(content)
    keys = MemoryKeystore()
    keys.values = dict(keystore.values)
    try:
        buffer = Buffer.open(copy, Vault.open(keys))
    except AgentError as error:
        return error.code
    try:
        for stored in buffer.rows():
            assert stored.record == a_record(stored.row)
            assert stored.approved_digest in {None, stored.record.digest()}
            assert stored.state is State.HELD or stored.row <= 6
        noticed = buffer.damaged
        readable = buffer.count()
        if buffer._manifest is not None:
            assert noticed >= COUNT - readable
        else:  # without its list the store cannot know how many there were
            assert noticed >= 1
        assert noticed or [buffer.count(state) for state in State] == [COUNT - 6, 5, 1]
        with suppress(AgentError):
            buffer.append(a_record(99), 0, LATER, CONTEXT)
            buffer.delete([3])
            assert buffer.get(3) is None
            buffer.clear()
    finally:
        buffer.close()
    return "damaged" if noticed else "unharmed"


def flip_bits(path: Path, keystore: MemoryKeystore, folder: Path, rounds: int) -> dict[str, int]:
    chance = random.Random(20261124)
    outcomes: dict[str, int] = {}

    def change(content: bytearray) -> None:
        kind = chance.random()
        place = chance.randrange(len(content))
        if kind < 0.8:
            content[place] ^= 1 << chance.randrange(8)
        elif kind < 0.9:
            content[place : place + 64] = bytes(min(64, len(content) - place))
        elif kind < 0.95:
            page = place - place % 4096
            other = chance.randrange(len(content) // 4096) * 4096
            content[page : page + 4096] = content[other : other + 4096]
        else:
            del content[place:]

    for _ in range(rounds):
        outcome = harm(path, keystore, folder, change)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


def test_no_flipped_bit_gives_wrong_content_or_a_crash(path: Path, keystore: MemoryKeystore, tmp_path: Path) -> None:
    """Short form: 200 changed files."""
    outcomes = flip_bits(path, keystore, tmp_path / "copy", 200)

    assert sum(outcomes.values()) == 200
    assert outcomes["damaged"] > 50
    assert set(outcomes) <= {"damaged", "unharmed", "store-damaged", "store-failed"}


@pytest.mark.long
def test_no_flipped_bit_gives_wrong_content_or_a_crash_long(
    path: Path, keystore: MemoryKeystore, tmp_path: Path
) -> None:
    """20,000 changed files."""
    outcomes = flip_bits(path, keystore, tmp_path / "copy", 20_000)

    assert sum(outcomes.values()) == 20_000
    assert set(outcomes) <= {"damaged", "unharmed", "store-damaged", "store-failed"}


def test_a_changed_log_never_gives_wrong_content(path: Path, keystore: MemoryKeystore, tmp_path: Path) -> None:
    """The log of a killed process, changed or cut off: SQLite stops at the first frame that does not check."""
    with opened(path, keystore) as buffer:
        for number in range(COUNT + 1, COUNT + 11):
            keep(buffer, number)
        killed = image(path, tmp_path / "killed")
    chance = random.Random(7)
    log = killed.with_name(killed.name + "-wal")
    for round_ in range(60):
        copy = image(killed, tmp_path / f"copy{round_}")
        content = bytearray(log.read_bytes())
        place = chance.randrange(len(content))
        if round_ % 2:
            content[place] ^= 1 << chance.randrange(8)
        else:  # the tail that was never synced is lost, torn or zeroed
            content[place:] = bytes(len(content) - place) if round_ % 4 else b""
        copy.with_name(log.name).write_bytes(content)
        found, damaged, _ = readable(copy, keystore)
        assert damaged == 0
        assert found == {row: row for row in range(1, len(found) + 1)}
        assert len(found) >= COUNT
