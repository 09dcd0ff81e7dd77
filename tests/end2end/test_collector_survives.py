"""The collector killed while a batch arrives: what it signed for is there, and nothing is lost or double."""

from __future__ import annotations

import hashlib
import queue
import random
import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.seal import verify
from agent.upload import Accepted, Destination, Outbox, Outcome, Uploader
from tests.fakes.batches import sealed
from tests.fakes.collector import Running, running_collector
from tests.fakes.fault_proxy import Answer, Asked, fault_proxy, forward_to


class KilledNowAndThen:
    """Hands requests to a collector and kills it, some milliseconds into a request, every few requests."""

    def __init__(self, folder: Path, kills: int, stack: ExitStack) -> None:
        self.kills = kills
        self._folder = folder
        self._stack = stack
        self._chance = random.Random(11)
        self._running = self._start()
        self.key = self._running.key

    def _start(self) -> Running:
        return self._stack.enter_context(running_collector(self._folder))

    def __call__(self, asked: Asked) -> Answer:
        if not self.kills or self._chance.random() < 0.5:
            return forward_to(self._running.url)(asked)
        self.kills -= 1
        killer = threading.Timer(self._chance.random() * 0.02, self._running.process.kill)
        killer.start()
        try:
            return forward_to(self._running.url)(asked)
        finally:
            killer.join()
            self._running.process.wait(20)
            self._running = self._start()


def killed_while_batches_arrive(folder: Path, kills: int) -> None:
    outbox = Outbox(folder / "outbox")
    today = datetime.now(UTC).date().isoformat()
    batches = {batch.batch_id: batch for batch, _ in (sealed(str(n), day=today) for n in range(kills * 3))}
    for batch in batches.values():
        outbox.add(batch)
    told: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    with ExitStack() as stack:
        collector = KilledNowAndThen(folder, kills, stack)
        proxy = stack.enter_context(fault_proxy(collector))
        to = Destination(proxy.url, collector.key, trial=True)
        uploader = Uploader(outbox, to, told.put, chance=lambda: 0.0)
        uploader.start()
        left = set(batches)
        while left:
            outcome = told.get(timeout=120)
            if isinstance(outcome, Accepted):
                left.remove(outcome.batch_id)
                stored = next((folder / "store").rglob(f"{outcome.batch_id}.seal"))
                assert hashlib.sha256(stored.read_bytes()).hexdigest() == outcome.receipt.digest
        uploader.stop(60)
        assert collector.kills == 0
    found = sorted((folder / "store").rglob("*.seal"))
    assert {path.stem for path in found} == set(batches)
    assert len(found) == len(batches)
    assert all(verify(path.read_bytes()).batch == path.stem for path in found)
    assert {path.stem for path in (folder / "store").rglob("*.receipt")} == set(batches)


def test_five_kills(tmp_path: Path) -> None:
    killed_while_batches_arrive(tmp_path, 5)


@pytest.mark.long
def test_thirty_kills(tmp_path: Path) -> None:
    killed_while_batches_arrive(tmp_path, 30)  # each costs a retry, and the budget gives one every ten seconds
