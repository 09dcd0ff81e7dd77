from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.upload import Accepted, Destination, Outbox, Outcome, RefusedByCollector, RetryAfter, Uploader
from agent.upload.schedule import Budget
from agent.upload.uploader import _Plan
from tests.fakes.batches import COLLECTOR_PUBLIC, sealed
from tests.fakes.collector import MemoryCollector
from tests.fakes.fault_proxy import Fault, Reset, Silent, Status, fault_proxy

WAIT = 90


class Rig:
    def __init__(self, folder: Path, *faults: Fault) -> None:
        self.outbox = Outbox(folder / "outbox")
        self.collector = MemoryCollector()
        self.told: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._proxy = fault_proxy(self.collector, *faults)
        self.proxy = self._proxy.__enter__()
        self.uploader = self.make()

    def make(self) -> Uploader:
        to = Destination(self.proxy.url, COLLECTOR_PUBLIC, trial=True)
        return Uploader(self.outbox, to, self.told.put, chance=lambda: 0.0)

    def next(self) -> Outcome:
        return self.told.get(timeout=WAIT)

    def put(self, text: str) -> str:
        batch, _ = sealed(text)
        self.outbox.add(batch)
        return batch.batch_id

    def close(self) -> None:
        self.uploader.stop(WAIT)
        self._proxy.__exit__(None, None, None)


@contextmanager
def rig(folder: Path, *faults: Fault) -> Iterator[Rig]:
    it = Rig(folder, *faults)
    try:
        yield it
    finally:
        it.close()


def uploader_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "uploader"]


def test_what_waits_is_sent_oldest_first_and_told(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        ids = [it.put(str(n)) for n in range(3)]
        it.uploader.start()
        outcomes = [it.next() for _ in ids]
        assert all(isinstance(outcome, Accepted) for outcome in outcomes)
        assert [outcome.batch_id for outcome in outcomes] == ids == it.collector.creations
        assert all(it.outbox.receipt(batch) is not None for batch in ids)
        later = it.put("later")
        it.uploader.wake()
        assert it.next().batch_id == later
        it.uploader.stop(WAIT)
        it.uploader.stop(WAIT)
        assert len(it.proxy.seen) == 4
    assert uploader_threads() == []


def test_with_nothing_to_send_the_network_is_left_alone(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        it.uploader.start()
        for _ in range(20):
            it.uploader.wake()
        batch = it.put("x")
        it.uploader.wake()
        assert it.next().batch_id == batch
        it.outbox.remove(batch)
        for _ in range(20):
            it.uploader.wake()
        it.uploader.stop(WAIT)
        assert [asked.method for asked in it.proxy.seen] == ["PUT"]
        assert not it.proxy.ended.is_set()


def test_trouble_is_told_and_tried_again_until_it_works(tmp_path: Path) -> None:
    with rig(tmp_path, Status(503), Reset(delivered=True), Status(429, {"Retry-After": "0"})) as it:
        batch = it.put("x")
        it.uploader.start()
        outcomes = [it.next() for _ in range(4)]
        assert [type(outcome) for outcome in outcomes] == [RetryAfter] * 3 + [Accepted]
    assert it.collector.creations == [batch]


def test_a_refused_batch_is_set_aside_and_the_others_go(tmp_path: Path) -> None:
    with rig(tmp_path, Status(400)) as it:
        refused, fine = it.put("x"), it.put("y")
        it.uploader.start()
        first, second = it.next(), it.next()
        assert isinstance(first, RefusedByCollector)
        assert (first.batch_id, second.batch_id) == (refused, fine)
        assert it.outbox.refused() == {refused: ("upload-refused", {"detail": "It answers 400."})}
        assert it.outbox.read(refused) is not None
        it.outbox.readmit(refused)
        it.uploader.wake()
        assert isinstance(it.next(), RefusedByCollector | Accepted)


def test_a_batch_that_keeps_failing_does_not_hold_up_the_others(tmp_path: Path) -> None:
    with rig(tmp_path, Status(500)) as it:
        first, second = it.put("x"), it.put("y")
        it.uploader.start()
        assert isinstance(it.next(), RetryAfter)
        assert {it.next().batch_id, it.next().batch_id} == {first, second}


def test_a_changed_file_is_set_aside_and_never_sent(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        batch = it.put("x")
        (tmp_path / "outbox" / f"{batch}.seal").write_bytes(b"changed")
        it.uploader.start()
        outcome = it.next()
        assert isinstance(outcome, RefusedByCollector)
        assert outcome.problem == "batch-invalid"
        assert it.proxy.seen == []


def test_an_accepted_nobody_took_note_of_is_told_again_without_sending(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        batch = it.put("x")
        it.uploader.start()
        first = it.next()
        it.uploader.stop(WAIT)
        it.uploader = it.make()
        it.uploader.start()
        assert it.next() == first
        it.outbox.remove(batch)
        it.uploader.stop(WAIT)
        assert len(it.proxy.seen) == 1


def test_a_forged_receipt_in_the_folder_counts_for_nothing(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        batch = it.put("x")
        it.outbox.acknowledged(batch, b'{"receipt": {}}')
        it.uploader.start()
        assert isinstance(it.next(), Accepted)
        assert it.collector.creations == [batch]


def test_a_receipt_of_another_batch_in_the_folder_counts_for_nothing(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        first = it.put("x")
        it.uploader.start()
        it.next()
        it.uploader.stop(WAIT)
        document = it.outbox.receipt(first)
        assert document is not None
        it.outbox.remove(first)
        second = it.put("y")
        it.outbox.acknowledged(second, document)
        it.uploader = it.make()
        it.uploader.start()
        assert it.next().batch_id == second
        assert it.collector.creations == [first, second]


def test_a_silent_collector_does_not_hold_up_a_stop_and_the_batch_stays(tmp_path: Path) -> None:
    with rig(tmp_path, Silent()) as it:
        batch = it.put("x" * 300_000)
        it.uploader.start()
        assert it.proxy.arrived.acquire(timeout=WAIT)
        it.uploader.stop(0.1)
        it.proxy.ended.set()
        for thread in uploader_threads():
            thread.join(WAIT)
        assert uploader_threads() == []
        assert it.outbox.pending() == (batch,)
        assert it.collector.creations == []


def test_a_folder_that_cannot_be_read_is_told_and_recovered_from(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    with rig(tmp_path) as it:
        it.uploader.start()
        assert it.next() == RetryAfter("", None, "outbox-failed", {"detail": "Not a directory."})
        (tmp_path / "outbox").unlink()
        batch = it.put("x")
        it.uploader.wake()
        assert it.next().batch_id == batch


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_our_own_does_not_end_in_silence(tmp_path: Path) -> None:
    class Broken(Outbox):
        def pending(self) -> tuple[str, ...]:
            raise KeyError("a fault")

    with rig(tmp_path) as it:
        it.outbox = Broken(tmp_path / "outbox")
        it.uploader = it.make()
        it.uploader.start()
        outcome = it.next()
        assert isinstance(outcome, RetryAfter)
        assert outcome.facts == {"detail": "Sending has stopped by a fault."}
        it.uploader.stop(WAIT)


def test_a_second_start_is_an_error(tmp_path: Path) -> None:
    with rig(tmp_path) as it:
        it.uploader.start()
        with pytest.raises(RuntimeError):
            it.uploader.start()


def test_new_batches_go_at_once_but_not_against_the_collectors_wish() -> None:
    plan = _Plan(Budget.full(0.0))
    plan.failed("old", None, 0.999, 0.0)
    plan.failed("old", None, 0.999, 0.0)
    assert plan.next(["old", "new"], 0.0)[0] is None
    plan.hurry(0.0)
    assert plan.next(["old", "new"], 0.0) == ("new", 0.0)
    plan.failed("old", 60.0, 0.0, 0.0)
    plan.hurry(0.0)
    assert plan.next(["old", "new"], 1.0) == (None, 59.0)


def test_retries_share_one_budget() -> None:
    plan = _Plan(Budget.full(0.0))
    tries = 0
    for second in range(100):
        batch, _ = plan.next(["a", "b", "c"], float(second))
        while batch is not None:
            plan.trying(batch, float(second))
            plan.failed(batch, None, 0.0, float(second))
            tries += 1
            batch, _ = plan.next(["a", "b", "c"], float(second))
    assert 15 <= tries <= 3 + 10 + 10
