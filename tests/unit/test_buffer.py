"""The encrypted store: what it takes, gives back and keeps to itself, also when the disk is full."""

from __future__ import annotations

import dataclasses
import math
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.buffer import Buffer
from agent.problems import Refused, Unavailable
from agent.records import Redacted, State
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import CONTEXT, LATER, a_record, all_bytes, an_app, keep, opened

BATCH = "ab" * 16


@pytest.fixture
def keystore() -> MemoryKeystore:
    return MemoryKeystore()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "records.db"


def numbers(buffer: Buffer, state: State | None = None) -> list[int]:
    return [stored.record.time for stored in buffer.rows(state, newest_first=False)]


# ------------------------------------------------------------ keeping


def test_a_record_comes_back_as_it_was(path: Path, keystore: MemoryKeystore) -> None:
    odd = Redacted("text", "p", "Ünïcödé 🙂", 1_700_000_000, ("b", "a"), "r", 'line\n"quoted" \x01 \u2028 🙂', ())
    with opened(path, keystore) as buffer:
        rows = [buffer.append(each, 5, LATER, CONTEXT) for each in (a_record(1), an_app(120), odd)]
        live = [buffer.get(row) for row in rows]
    with opened(path, keystore) as buffer:
        again = [buffer.get(row) for row in rows]

    assert live == again
    assert [stored.record for stored in live if stored] == [a_record(1), an_app(120), odd]
    assert [(stored.state, stored.stored_at, stored.expires, stored.approved_digest) for stored in live if stored] == [
        (State.HELD, 5, LATER, None)
    ] * 3


def test_only_redacted_comes_in(path: Path, keystore: MemoryKeystore) -> None:
    class Pretender(Redacted):
        pass

    pretender = Pretender(**{field.name: getattr(a_record(1), field.name) for field in dataclasses.fields(Redacted)})
    with opened(path, keystore) as buffer:
        row = keep(buffer, 1)
        for wrong in (pretender, "text", b"text", {"text": "x"}, None):
            with pytest.raises(TypeError):
                buffer.append(wrong, 0, LATER, CONTEXT)  # type: ignore[arg-type]
            with pytest.raises(TypeError):
                buffer.replace(row, wrong)  # type: ignore[arg-type]
        assert buffer.count() == 1


def test_a_record_without_exact_bytes_is_refused(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        for wrong in (
            dataclasses.replace(a_record(1), text="half a pair \ud800"),
            dataclasses.replace(a_record(1), time=10**15),
            dataclasses.replace(a_record(1), time=math.nan),  # type: ignore[arg-type]
            dataclasses.replace(a_record(1), time=1.5),  # type: ignore[arg-type]
            dataclasses.replace(a_record(1), kind="sound"),  # type: ignore[arg-type]
        ):
            with pytest.raises(Refused) as raised:
                buffer.append(wrong, 0, LATER, CONTEXT)
            assert raised.value.code == "redaction-failed"
        assert buffer.count() == 0


def test_nothing_about_a_record_is_in_clear_on_the_disk(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        row = buffer.append(a_record(1_700_000_000, program="secretprogram"), 1_700_000_001, 1_700_000_002, CONTEXT)
        buffer.approve(row, a_record(1_700_000_000, program="secretprogram").digest())
        buffer.mark_sealed([row], BATCH)
        content = all_bytes(path)
        digest = a_record(1_700_000_000, program="secretprogram").digest()

    for secret in (b"canary", b"secretprogram", b"held", b"sealed', '", CONTEXT, digest.encode(), BATCH.encode()):
        assert secret not in content
    for number in (1_700_000_000, 1_700_000_001, 1_700_000_002):
        assert number.to_bytes(4, "big") not in content
    assert bytes.fromhex(digest) not in content


def test_sizes_on_the_disk_come_in_steps(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        for length in range(30, 90):
            buffer.append(a_record(1, length=length), 0, LATER, CONTEXT)
        sizes = {row[0] for row in buffer._database.read("SELECT length(body) FROM records")}

    assert len(sizes) == 2


def test_newest_first_in_pages(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        with buffer.batch():
            for number in range(25):
                keep(buffer, number)
        pages = [[stored.record.time for stored in buffer.rows(offset=start, limit=10)] for start in (0, 10, 20, 30)]

        assert pages == [list(range(24, 14, -1)), list(range(14, 4, -1)), list(range(4, -1, -1)), []]
        assert buffer.count() == 25
        assert buffer.size() == sum(len(a_record(number).canonical()) for number in range(25))
        assert buffer.due_before(LATER + 1) == 25
        assert buffer.due_before(LATER) == 0


def test_a_page_decrypts_only_itself(path: Path, keystore: MemoryKeystore, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path, keystore) as buffer:
        with buffer.batch():
            for number in range(500):
                keep(buffer, number)
        unlocked: list[int] = []
        unlock = buffer._unlock
        monkeypatch.setattr(buffer, "_unlock", lambda row: (unlocked.append(row), unlock(row))[1])
        buffer.rows(offset=100, limit=20)
        buffer.count()
        buffer.size()

        assert len(unlocked) == 20


def test_a_batch_is_all_or_nothing(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        first = keep(buffer, 1)

        def change_and_fail() -> None:
            with buffer.batch():
                keep(buffer, 2)
                buffer.approve(first, a_record(1).digest())
                buffer.delete([first])
                raise KeyError

        with pytest.raises(KeyError):
            change_and_fail()
        assert [(stored.row, stored.state) for stored in buffer.rows()] == [(first, State.HELD)]
        with buffer.batch():
            keep(buffer, 3)
            buffer.delete([first])
    with opened(path, keystore) as buffer:
        assert numbers(buffer) == [3]
        assert buffer.damaged == 0


def test_a_row_number_is_never_used_again(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        first = keep(buffer, 1)
        buffer.delete([first])
    with opened(path, keystore) as buffer:
        second = keep(buffer, 2)
        buffer.clear()
        third = keep(buffer, 3)
    with opened(path, keystore) as buffer:
        assert first < second < third < keep(buffer, 4)


def test_a_second_process_is_refused(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore), pytest.raises(Refused) as raised:
        Buffer.open(path, Vault.open(keystore))

    assert raised.value.code == "profile-in-use"


# ------------------------------------------------------------ states


def test_the_way_of_a_record(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        row, other = keep(buffer, 1), keep(buffer, 2)
        buffer.approve(row, a_record(1).digest())
        approved = buffer.get(row)
        buffer.mark_sealed([row], BATCH)
    with opened(path, keystore) as buffer:
        assert approved is not None
        assert approved.approved_digest == a_record(1).digest()
        assert [buffer.count(state) for state in State] == [1, 0, 1]
        assert (buffer.batch_of(row), buffer.batch_of(other)) == (BATCH, None)
        assert buffer.unseal("other") == 0
        assert buffer.unseal(BATCH) == 1
        assert buffer.get(row) == approved
        assert buffer.batch_of(row) is None


def test_only_the_bytes_that_were_seen_are_approved(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        row = keep(buffer, 1)
        with pytest.raises(Refused) as raised:
            buffer.approve(row, a_record(2).digest())
        assert raised.value.code == "record-changed"
        assert buffer.count(State.HELD) == 1


def test_a_replaced_record_waits_again(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        row = keep(buffer, 1, now=10)
        buffer.approve(row, a_record(1).digest())
        buffer.replace(row, a_record(7))
        kept = buffer.get(row)
        buffer.replace(row, a_record(8), now=99, expires=LATER + 1, context=b"other")
        anew = buffer.get(row)

    assert kept is not None
    assert (kept.record, kept.state, kept.stored_at, kept.approved_digest) == (a_record(7), State.HELD, 10, None)
    assert anew is not None
    assert (anew.record, anew.stored_at, anew.expires) == (a_record(8), 99, LATER + 1)


def test_what_is_not_there_or_on_its_way_cannot_be_moved(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer:
        row, held = keep(buffer, 1), keep(buffer, 2)
        buffer.approve(row, a_record(1).digest())
        with pytest.raises(Refused, match="no longer what you saw"):
            buffer.mark_sealed([row, held], BATCH)
        assert buffer.count(State.SEALED) == 0
        buffer.mark_sealed([row], BATCH)
        for move in (
            lambda: buffer.approve(row, a_record(1).digest()),
            lambda: buffer.replace(row, a_record(3)),
            lambda: buffer.mark_sealed([row], BATCH),
            lambda: buffer.approve(99, "x"),
            lambda: buffer.replace(99, a_record(3)),
        ):
            with pytest.raises(Refused) as raised:
                move()
            assert raised.value.code == "record-gone"
        assert buffer.get(99) is None
        assert buffer.batch_of(99) is None


def test_a_refusal_inside_a_batch_leaves_the_rest_of_it_whole(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as buffer, buffer.batch():
        keep(buffer, 1)
        with pytest.raises(Refused):
            buffer.approve(99, "x")
        keep(buffer, 2)
    with opened(path, keystore) as buffer:
        assert numbers(buffer) == [1, 2]


# ------------------------------------------------------------ a full disk


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file may grow past ``size`` bytes: writing fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def keep_until_it_fails(buffer: Buffer, rows: list[int]) -> None:
    for number in range(10_000):
        rows += [keep(buffer, number)]


def test_a_full_disk_loses_nothing_that_was_acknowledged(path: Path, keystore: MemoryKeystore) -> None:
    rows: list[int] = []
    with opened(path, keystore) as buffer:
        with at_most(400_000):
            with pytest.raises(Unavailable) as raised:
                keep_until_it_fails(buffer, rows)
            assert raised.value.code == "store-failed"
            assert 10 < len(rows) < 10_000
            with pytest.raises(Unavailable), buffer.batch():
                keep_until_it_fails(buffer, [])
            assert [stored.row for stored in buffer.rows(newest_first=False)] == rows
        rows.append(keep(buffer, len(rows)))
    with opened(path, keystore) as buffer:
        assert [stored.row for stored in buffer.rows(newest_first=False)] == rows
        assert numbers(buffer) == list(range(len(rows)))
        assert buffer.damaged == 0


def test_a_failed_change_takes_its_batch_along_even_if_the_caller_goes_on(path: Path, keystore: MemoryKeystore) -> None:
    def go_on(buffer: Buffer) -> None:
        with buffer.batch():
            with at_most(200_000), pytest.raises(Unavailable):
                buffer.append(a_record(2, length=30_000_000), 0, LATER, CONTEXT)
            keep(buffer, 3)

    with opened(path, keystore) as buffer:
        keep(buffer, 1)
        with pytest.raises(Unavailable):
            go_on(buffer)
        assert numbers(buffer) == [1]
    with opened(path, keystore) as buffer:
        assert numbers(buffer) == [1]
        assert buffer.damaged == 0
