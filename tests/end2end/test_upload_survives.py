"""Killed at any moment, over a line that breaks in every way: nothing lost, nothing double."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.organisation.steward.opening import open_all
from agent.organisation.steward.plain import PlainDataset
from agent.organisation.store import BatchStore
from agent.seal.receipt import Delivered, issue
from agent.upload import Outbox
from tests.fakes.batches import COLLECTOR, STEWARD
from tests.fakes.collector import Running, running_collector
from tests.fakes.fault_proxy import Fault, FaultProxy, Replaced, Reset, Status, Truncated, fault_proxy, forward_to

#: A receipt somebody else signed, for another batch.
FOREIGN = issue(Delivered("ab" * 16, "cd" * 32, 70_000), datetime(2026, 11, 24, tzinfo=UTC), "127.0.0.1", COLLECTOR)

FAULTS: Sequence[Fault] = (
    Reset(delivered=True),
    Reset(delivered=False),
    Truncated(),
    Replaced(b"{}"),
    Replaced(FOREIGN),
    Status(500),
    Status(502, {"Retry-After": "Tue, 24 Nov 2020 09:00:00 GMT"}),
    Status(503),
    Status(504),
    Status(429, {"Retry-After": "0"}),
    Status(408),
    Status(425),
)


def child(outbox: Path, proxy: FaultProxy, collector: Running, batches: int) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.fakes.upload_child",
        str(outbox),
        proxy.url,
        collector.key.hex(),
        str(batches),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ids(lines: Sequence[str], word: str) -> list[str]:
    return [line.split()[1] for line in lines if line.startswith(word + " ") and line.endswith("\n")]


def receipts(folder: Path) -> list[bytes]:
    """What the collector has signed by now, to be replayed for other batches."""
    return [path.read_bytes() for path in sorted((folder / "store").rglob("*.receipt"))]


def killed_again_and_again(folder: Path, rounds: int) -> None:
    chance = random.Random(7)
    added: set[str] = set()
    accepted: list[str] = []
    # One device on one day: more than a collector takes by itself.
    generous = running_collector(folder, "--daily", "10000")
    with generous as collector, fault_proxy(forward_to(collector.url)) as proxy:
        for _ in range(rounds):
            # A fault every third request or so, and few enough for the budget of retries.
            proxy.faults.clear()
            faults = [*FAULTS, *(Replaced(receipt) for receipt in receipts(folder)[:2])]
            proxy.faults.extend(chance.choice(faults) for _ in range(chance.randrange(4)))
            process = child(folder / "outbox", proxy, collector, 6)
            assert process.stdout is not None
            # Killed after so many lines of its own: at every stage of its work, on a machine of any speed.
            lines = [process.stdout.readline() for _ in range(chance.randrange(1, 12))]
            process.kill()
            lines += process.stdout.readlines()
            process.stdout.close()
            process.wait(30)
            added.update(ids(lines, "added"))
            accepted += ids(lines, "accepted")
        proxy.faults.clear()
        process = child(folder / "outbox", proxy, collector, 0)
        rest, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        accepted += ids(rest.splitlines(keepends=True), "accepted")

    stored = [path.stem for path in (folder / "store").rglob("*.seal")]
    assert added <= set(stored), "lost"
    assert len(stored) == len(set(stored)), "double"
    assert set(accepted) <= set(stored), "said to be delivered, but is not there"
    assert Outbox(folder / "outbox").pending() == ()
    assert Outbox(folder / "outbox").refused() == {}
    assert {path.stem for path in (folder / "store").rglob("*.receipt")} >= set(accepted)

    dataset = PlainDataset(folder / "out")
    report = open_all(BatchStore.open(str(folder / "store")), [STEWARD], dataset, datetime.now(UTC))
    assert report.refused == {}
    assert report.opened == report.records == len(stored)
    assert len((folder / "out" / "records.jsonl").read_text().splitlines()) == len(stored)


def test_ten_kills(tmp_path: Path) -> None:
    killed_again_and_again(tmp_path, 10)


@pytest.mark.long
def test_two_hundred_kills(tmp_path: Path) -> None:
    killed_again_and_again(tmp_path, 200)
