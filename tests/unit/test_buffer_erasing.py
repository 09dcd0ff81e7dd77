"""The encrypted store: what erasing leaves behind, which is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.buffer import Buffer
from agent.problems import Invalid, Unavailable
from agent.records import State
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import CONTEXT, LATER, a_record, all_bytes, an_app, files, image, keep, opened

BATCH = "ab" * 16


@pytest.fixture
def keystore() -> MemoryKeystore:
    return MemoryKeystore()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "records.db"


def numbers(buffer: Buffer, state: State | None = None) -> list[int]:
    return [stored.record.time for stored in buffer.rows(state, newest_first=False)]


def wrapped_keys(content: bytes) -> list[bytes]:
    """Every place of the bytes that could be the beginning of a wrapped key."""
    return [content[start : start + 60] for start in range(len(content) - 59)]


def test_after_erasing_no_old_copy_of_a_key_can_be_unwrapped(
    path: Path, keystore: MemoryKeystore, tmp_path: Path
) -> None:
    """Every copy ever made of the files is searched, with the keystore as it is afterwards."""
    with opened(path, keystore) as buffer:
        rows = [keep(buffer, number) for number in range(4)]
        keys = {row: buffer._unlock(row)[0] for row in rows}
        before = image(path, tmp_path / "before")
        buffer.replace(rows[3], a_record(33))
        buffer.delete(rows[:2])
        survivor = buffer._unlock(rows[2])[0]
        after = image(path, tmp_path / "after")
    vault = Vault.open(keystore)

    def found(content: bytes) -> set[bytes]:
        opened_keys = set()
        for candidate in wrapped_keys(content):
            try:
                opened_keys.add(vault.unwrap(candidate, vault.epoch))
            except Invalid:
                continue
        return opened_keys

    assert set(keystore.values) == {"root", "epochs", f"epoch-{vault.epoch}"}
    assert found(all_bytes(before)) == set()
    left = found(all_bytes(after))
    assert survivor in left
    assert not {keys[rows[0]], keys[rows[1]], keys[rows[3]]} & left
    with opened(before, keystore) as old:
        assert old.rows() == []
        assert old.damaged == 4


def test_after_erasing_no_old_page_is_left_in_the_files(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        row = buffer.append(a_record(1, length=9000), 0, LATER, CONTEXT)
        keep(buffer, 2)
        body = buffer._database.read("SELECT body FROM records WHERE row = ?", (row,))[0][0]
        buffer._database.checkpoint()
        assert body[1000:1032] in all_bytes(path)
        buffer.delete([row])

        assert body[1000:1032] not in all_bytes(path)
        assert numbers(buffer) == [2]


def test_deleting_says_how_many_and_passes_over_the_rest(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        rows = [keep(buffer, number) for number in range(5)]
        epoch = buffer._vault.epoch

        assert buffer.delete([]) == buffer.delete([99]) == 0
        assert buffer._vault.epoch == epoch  # nothing was erased, so no key had to change
        assert buffer.delete([rows[0], rows[0], rows[1], 99]) == 2
        assert numbers(buffer) == [2, 3, 4]


def test_forgetting_a_time_takes_the_minute_of_an_app_along(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        buffer.append(an_app(3600), 3659, LATER, CONTEXT)
        buffer.append(an_app(3540), 3599, LATER, CONTEXT)
        for number in (3629, 3630, 3631):
            keep(buffer, number)

        assert buffer.delete_since(3630) == 3
        assert numbers(buffer) == [3540, 3629]


def test_a_program_is_forgotten_in_every_state(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        held, sealed = keep(buffer, 1, "xterm"), keep(buffer, 2, "xterm")
        keep(buffer, 3)
        buffer.approve(sealed, a_record(2, "xterm").digest())
        buffer.mark_sealed([sealed], BATCH)

        assert buffer.delete_program("xterm") == 2
        assert numbers(buffer) == [3]
        assert buffer.get(held) is None


def test_what_nobody_let_go_expires_and_what_is_sealed_does_not(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        rows = [buffer.append(a_record(number), 0, 100 + number, CONTEXT) for number in range(4)]
        for row in rows[:2]:
            buffer.approve(row, a_record(row - rows[0]).digest())
        buffer.mark_sealed(rows[:1], BATCH)

        assert buffer.expire(99) == 0
        assert buffer.expire(102) == 2
        assert numbers(buffer) == [0, 3]


def test_clearing_goes_on_with_an_empty_store(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        for number in range(3):
            keep(buffer, number)
        assert buffer.clear() == 3
        assert buffer.count() == buffer.damaged == 0
        keep(buffer, 9)
    with opened(path, keystore) as buffer:
        assert numbers(buffer) == [9]
        assert buffer.damaged == 0


def test_destroying_leaves_no_file_and_no_key(path: Path, keystore: MemoryKeystore, tmp_path: Path) -> None:
    buffer = Buffer.open(path, Vault.open(keystore))
    keep(buffer, 1)
    before = image(path, tmp_path / "before")
    epochs = {label: value for label, value in keystore.values.items() if label.startswith("epoch-")}
    buffer.destroy()
    buffer.close()

    assert files(path) == []
    assert not set(epochs.values()) & set(keystore.values.values())
    with opened(before, keystore) as old:
        assert (old.rows(), old.damaged) == ([], 1)
    with opened(path, keystore) as buffer:
        assert (buffer.count(), buffer.damaged) == (0, 0)


def test_destroying_removes_the_file_even_when_the_keystore_is_away(path: Path, keystore: MemoryKeystore) -> None:
    buffer = Buffer.open(path, Vault.open(keystore))
    keep(buffer, 1)
    keystore.gone = True
    with pytest.raises(Unavailable):
        buffer.destroy()

    assert files(path) == []


def test_a_store_that_cannot_be_opened_can_be_erased(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        keep(buffer, 1)
    epoch = keystore.values["epoch-1"]
    path.write_bytes(b"garbage" * 1000)
    Buffer.erase(path, Vault.open(keystore))

    assert files(path) == []
    assert epoch not in keystore.values.values()


def test_without_its_keystore_nothing_is_erased_by_halves(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        rows = [keep(buffer, number) for number in range(3)]
        keystore.gone = True
        with pytest.raises(Unavailable) as raised:
            buffer.delete(rows)
        keystore.gone = False
        assert raised.value.code == "keystore-unavailable"
        assert numbers(buffer) == [0, 1, 2]
        assert buffer.delete(rows[:1]) == 1
    with opened(path, keystore) as buffer:
        assert numbers(buffer) == [1, 2]
        assert buffer.damaged == 0
