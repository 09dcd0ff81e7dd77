from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from agent.problems import Invalid, Refused, Unavailable
from agent.upload import Outbox
from tests.fakes.batches import sealed


def test_nothing_exists_before_the_first_batch(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    assert outbox.pending() == ()
    assert outbox.refused() == {}
    outbox.remove("a" * 32)
    outbox.clear()
    assert not (tmp_path / "outbox").exists()


def test_batches_survive_a_restart_in_the_order_in_which_they_were_sealed(tmp_path: Path) -> None:
    batches = [sealed(str(n))[0] for n in range(5)]
    for n, batch in enumerate(batches):
        Outbox(tmp_path).add(batch)
        os.utime(tmp_path / f"{batch.batch_id}.seal", ns=(n, n))
    again = Outbox(tmp_path)
    assert again.pending() == tuple(batch.batch_id for batch in batches)
    read = again.read(batches[0].batch_id)
    assert read is not None
    assert (read.data, read.digest) == (batches[0].data, batches[0].digest)
    assert (tmp_path / f"{batches[0].batch_id}.seal").stat().st_mode & 0o777 == 0o600


def test_only_sealed_goes_in_and_only_as_it_says_it_is(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    batch, _ = sealed("x")
    for other in (batch.data, None, "x"):
        with pytest.raises(TypeError):
            outbox.add(other)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        outbox.add(replace(batch, digest="0" * 64))
    with pytest.raises(Invalid):
        outbox.add(replace(batch, batch_id="../escape"))
    assert list(tmp_path.iterdir()) == []
    outbox.add(batch)
    outbox.add(batch)
    other, _ = sealed("y")
    with pytest.raises(Refused, match="same name"):
        outbox.add(replace(other, batch_id=batch.batch_id))
    assert outbox.pending() == (batch.batch_id,)


def test_receipts_and_refusals_lie_beside_their_batch_and_go_with_it(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    first, second = sealed("x")[0], sealed("y")[0]
    outbox.add(first)
    outbox.add(second)
    outbox.acknowledged(first.batch_id, b"receipt")
    outbox.set_aside(second.batch_id, "upload-refused", {"detail": "It answers 400."})
    again = Outbox(tmp_path)
    assert again.pending() == (first.batch_id,)
    assert again.receipt(first.batch_id) == b"receipt"
    assert again.refused() == {second.batch_id: ("upload-refused", {"detail": "It answers 400."})}
    assert again.read(second.batch_id) is not None
    again.readmit(second.batch_id)
    assert set(again.pending()) == {first.batch_id, second.batch_id}
    again.remove(first.batch_id)
    again.remove(first.batch_id)
    again.acknowledged(first.batch_id, b"too late")
    assert [path.name for path in tmp_path.iterdir()] == [f"{second.batch_id}.seal"]
    again.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_changed_or_swapped_file_is_never_sent(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    first, second = sealed("x")[0], sealed("y")[0]
    outbox.add(first)
    place = tmp_path / f"{first.batch_id}.seal"
    for wrong in (first.data[:-1], b"", second.data):
        place.write_bytes(wrong)
        with pytest.raises(Invalid) as caught:
            outbox.read(first.batch_id)
        assert caught.value.code == "batch-invalid"
    place.unlink()
    assert outbox.read(first.batch_id) is None


def test_left_overs_of_a_crash_are_no_batches(tmp_path: Path) -> None:
    batch, _ = sealed("x")
    (tmp_path / f"{batch.batch_id}.seal.tmp").write_bytes(batch.data[:100])
    (tmp_path / "notes.seal").write_bytes(b"x")
    outbox = Outbox(tmp_path)
    assert outbox.pending() == ()
    outbox.add(batch)
    assert outbox.pending() == (batch.batch_id,)
    assert not (tmp_path / f"{batch.batch_id}.seal.tmp").exists()


@pytest.mark.parametrize("step", ["fsync", "open", "replace"])
def test_a_full_disk_is_a_named_problem_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    outbox = Outbox(tmp_path)
    batch, _ = sealed("x")
    with monkeypatch.context() as broken:
        broken.setattr(*((Path, step) if step == "replace" else (os, step)), full)
        with pytest.raises(Unavailable) as caught:
            outbox.add(batch)
    assert caught.value.code == "outbox-failed"
    assert list(tmp_path.iterdir()) == []
    outbox.add(batch)
    assert outbox.pending() == (batch.batch_id,)


def test_bytes_are_durable_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, _ = sealed("x")
    place = tmp_path / f"{batch.batch_id}.seal"
    seen: list[tuple[bool, bool]] = []

    def durable(descriptor: int) -> None:
        seen.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), place.exists()))

    monkeypatch.setattr("agent.upload.outbox._durable", durable)
    outbox = Outbox(tmp_path)
    outbox.add(batch)
    assert seen == [(False, False), (True, True)]
    seen.clear()
    outbox.remove(batch.batch_id)
    assert seen == [(True, False)]
