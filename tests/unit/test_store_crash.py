"""Killed at any moment, the store keeps what it acknowledged and forgets what it said it forgot."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.buffer import Buffer
from agent.records import State
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import CONTEXT, LATER, FolderKeystore, a_record, image, keep, opened

# ------------------------------------------------------------ killed between any two steps


class WatchedKeystore(MemoryKeystore):
    """Tells before and after every change of the keystore."""

    def __init__(self) -> None:
        super().__init__()
        self.watch: Callable[[], None] = lambda: None

    def write(self, label: str, value: bytes) -> None:
        self.watch()
        super().write(label, value)
        self.watch()

    def delete(self, label: str) -> None:
        self.watch()
        super().delete(label)
        self.watch()


@contextmanager
def photographed(buffer: Buffer, keystore: WatchedKeystore, path: Path, folder: Path) -> Iterator[list[Picture]]:
    """Copies of files and keystore before every statement and around every change of the keystore."""
    pictures: list[Picture] = []

    def take(_: object = None) -> None:
        keys = MemoryKeystore()
        keys.values = dict(keystore.values)
        pictures.append((image(path, folder / str(len(pictures))), keys))

    keystore.watch = take
    buffer._database._db.set_trace_callback(take)
    yield pictures
    take()
    buffer._database._db.set_trace_callback(None)
    keystore.watch = lambda: None


Picture = tuple[Path, MemoryKeystore]
ROWS = 8


def delete(buffer: Buffer) -> None:
    buffer.delete([2, 3])


def replace(buffer: Buffer) -> None:
    buffer.replace(2, a_record(200))


def clear(buffer: Buffer) -> None:
    buffer.clear()


def mixed(buffer: Buffer) -> None:
    with buffer.batch():
        keep(buffer, 50)
        buffer.approve(4, a_record(4).digest())
        buffer.delete([2])


BEFORE = {row: (row, State.HELD) for row in range(1, ROWS + 1)}
AFTER = {
    delete: {row: (row, State.HELD) for row in range(1, ROWS + 1) if row not in {2, 3}},
    replace: {**BEFORE, 2: (200, State.HELD)},
    clear: {},
    mixed: {
        row: (row if row <= ROWS else 50, State.APPROVED if row == 4 else State.HELD)
        for row in range(1, ROWS + 2)
        if row != 2
    },
}


@pytest.mark.parametrize("change", AFTER, ids=lambda change: change.__name__)
def test_killed_between_any_two_steps_it_is_all_done_or_not_begun(
    change: Callable[[Buffer], None], tmp_path: Path
) -> None:
    keystore = WatchedKeystore()
    path = tmp_path / "store" / "records.db"
    with opened(path, keystore) as buffer:
        for number in range(1, ROWS + 1):
            keep(buffer, number)
        with photographed(buffer, keystore, path, tmp_path / "pictures") as pictures:
            change(buffer)
    seen = []
    for picture, keys in pictures:
        for _ in range(2):  # opened a second time nothing may have been lost by the first
            with opened(picture, keys) as buffer:
                found = {stored.row: (stored.record.time, stored.state) for stored in buffer.rows()}
                assert buffer.damaged == 0
                assert found in (BEFORE, AFTER[change])
                assert len([label for label in keys.values if label.startswith("epoch-")]) == 1
        with opened(picture, keys) as buffer:
            keep(buffer, 77)
            buffer.delete([5])
            assert buffer.damaged == 0
        seen.append(found)

    assert len(pictures) > 8
    assert seen[0] == BEFORE
    assert seen[-1] == AFTER[change]


def test_killed_between_any_two_steps_of_the_first_opening(tmp_path: Path) -> None:
    keystore = WatchedKeystore()
    pictures: list[dict[str, bytes]] = []
    keystore.watch = lambda: pictures.append(dict(keystore.values))
    Vault.open(keystore)

    assert len(pictures) == 6
    for number, values in enumerate(pictures):
        keys = MemoryKeystore()
        keys.values = values
        with opened(tmp_path / f"{number}.db", keys) as buffer:
            row = keep(buffer, 1)
        with opened(tmp_path / f"{number}.db", keys) as buffer:
            assert buffer.get(row) is not None


def test_killed_between_any_two_steps_of_destroying_nothing_looks_damaged_that_is_not_gone(tmp_path: Path) -> None:
    keystore = WatchedKeystore()
    path = tmp_path / "store" / "records.db"
    buffer = Buffer.open(path, Vault.open(keystore))
    keep(buffer, 1)
    pictures: list[Picture] = []

    def take() -> None:
        keys = MemoryKeystore()
        keys.values = dict(keystore.values)
        pictures.append((image(path, tmp_path / str(len(pictures))), keys))

    keystore.watch = take
    buffer.destroy()
    for place, keys in pictures:
        with opened(place, keys) as again:
            assert (again.count(), again.damaged) in {(1, 0), (0, 1)}
            again.clear()
            assert again.damaged == 0


def test_an_empty_store_whose_keys_were_destroyed_just_begins_anew(tmp_path: Path) -> None:
    keystore = MemoryKeystore()
    path = tmp_path / "records.db"
    with opened(path, keystore) as buffer:
        first = keep(buffer, 1)
        buffer.clear()
    Vault.open(keystore).forget()
    with opened(path, keystore) as buffer:
        assert buffer.damaged == 0
        assert keep(buffer, 2) > first
    with opened(path, keystore) as buffer:
        assert (buffer.count(), buffer.damaged) == (1, 0)


# ------------------------------------------------------------ killed by surprise


def write_until_killed(folder: Path, acknowledged: int, seed: int) -> None:
    """Changes the store at random; writes 'try' before and 'ack' after every change."""

    def say(word: str, *facts: object) -> None:
        os.write(acknowledged, (" ".join([word, *map(str, facts)]) + "\n").encode())

    chance = random.Random(seed)
    buffer = Buffer.open(folder / "records.db", Vault.open(FolderKeystore(folder / "keys")))
    number = 0
    while True:
        number += 1
        rows = [entry.row for entry in buffer.listing()]
        kind = chance.random()
        if kind < 0.1 and rows:
            row = chance.choice(rows)
            say("try", "gone", row)
            buffer.delete([row])
            say("ack", "gone", row)
        elif kind < 0.2 and rows:
            row = chance.choice(rows)
            say("try", "is", row, number)
            buffer.replace(row, a_record(number))
            say("ack", "is", row, number)
        elif kind < 0.3:
            with buffer.batch():
                fresh = [(keep(buffer, number + extra), number + extra) for extra in range(5)]
                say("try", "all", *fresh[0], *fresh[-1])
            for row, value in fresh:
                say("ack", "is", row, value)
            number += 5
        else:
            row = buffer.append(a_record(number), 0, LATER, CONTEXT)
            say("ack", "is", row, number)


def kill_once(folder: Path, chance: random.Random) -> int:
    """Start a writer, kill -9 it, check everything it acknowledged. Returns how many acknowledgements there were."""
    with opened(folder / "records.db", FolderKeystore(folder / "keys")) as buffer:
        before = {stored.row: stored.record.time for stored in buffer.rows()}
    seed = chance.randrange(1 << 30)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            write_until_killed(folder, writing, seed)
        finally:
            os._exit(3)
    os.close(writing)
    lines: list[str] = []
    pending = b""
    wanted = chance.randrange(1, 40)  # killed after so many words, and then some microseconds
    with os.fdopen(reading, "rb", buffering=0) as words:
        killed = False
        while chunk := words.read(4096):
            pending += chunk
            if not killed and pending.count(b"\n") >= wanted:
                time.sleep(chance.random() * 0.003)
                os.kill(child, signal.SIGKILL)
                killed = True
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself"
    lines = pending.decode().split("\n")[:-1]

    must, may_be_gone, may_be = dict(before), set[int](), dict[int, int]()
    acknowledged = 0
    for line in lines:
        word, what, *facts = line.split()
        numbers = [int(fact) for fact in facts]
        if word == "ack":
            acknowledged += 1
            may_be_gone.clear()
            may_be.clear()
            if what == "gone":
                del must[numbers[0]]
            else:
                must[numbers[0]] = numbers[1]
        elif what == "gone":
            may_be_gone.add(numbers[0])
        elif what == "is":
            may_be[numbers[0]] = numbers[1]
    with opened(folder / "records.db", FolderKeystore(folder / "keys")) as buffer:
        assert buffer.damaged == 0
        found = {stored.row: stored.record.time for stored in buffer.rows()}
        for stored in buffer.rows():
            assert stored.record == a_record(stored.record.time)
    for row, value in must.items():
        if row in may_be_gone and row not in found:
            continue
        assert found[row] in {value, may_be.get(row, value)}
    # What was said to be gone is gone; what came on top was the last change, not yet acknowledged.
    known = max(must.keys() | before.keys(), default=0)
    assert all(row > known for row in found.keys() - must.keys())
    assert len(found.keys() - must.keys()) <= 5
    assert len(list((folder / "keys").glob("epoch-*"))) == 1
    return acknowledged


def kill_often(folder: Path, times: int) -> int:
    chance = random.Random(20261124)
    return sum(kill_once(folder, chance) for _ in range(times))


def test_kill_nine_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """Short form: 20 kills. (It proves nothing about fsync; test_database reads the system calls for that.)"""
    assert kill_often(tmp_path, 20) > 100


@pytest.mark.long
def test_kill_nine_loses_nothing_acknowledged_long(tmp_path: Path) -> None:
    """300 kills."""
    assert kill_often(tmp_path, 300) > 1500
