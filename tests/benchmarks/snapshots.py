"""What the engine's own rounds cost with 0, 1,000 and 100,000 records waiting: milliseconds, medians.

Run: .venv/bin/python -m tests.benchmarks.snapshots. The engine is whole; desktop and keystore are scripted.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from agent import protocol
from agent.engine import answers
from agent.engine.housekeeping import keep_house
from agent.engine.snapshot import build
from agent.protocol import SentRow
from tests.fakes.enginehouse import House
from tests.fakes.stored import CONTEXT, LATER, a_record

SIZES = (0, 1_000, 100_000)
BATCH = 1_000
PAGE = 100


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Of the processor, the median of so many."""
    took = []
    for _ in range(times):
        began = time.process_time()
        work()
        took.append(1e3 * (time.process_time() - began))
    return statistics.median(took)


def fill(house: House, count: int) -> None:
    """So many more records, as if they had come over a day."""
    opened = house.engine.stores.open()
    have = opened.records.count()
    for start in range(have, count, BATCH):
        with opened.records.batch():
            for number in range(start, min(count, start + BATCH)):
                opened.records.append(a_record(number, length=200), int(house.wall) + number, LATER + number, CONTEXT)


def measure(house: House, times: int) -> dict[str, float]:
    """One column."""
    engine = house.engine

    def turn() -> None:
        house.seconds += 0.25
        house.wall += 0.25
        engine.turn(None)

    def page(offset: int) -> Callable[[], object]:
        return lambda: house.ask(protocol.GetWaiting, offset=offset, limit=PAGE)

    def one_more() -> None:
        opened = engine.stores.open()
        opened.records.append(a_record(1, length=200), int(house.wall), LATER, CONTEXT)
        answers.facts(engine)

    count = engine.stores.open().records.count()
    return {
        "one snapshot, facts and build": milliseconds(lambda: build(answers.facts(engine), 1, 1), times),
        "a turn of the loop (4 a second)": milliseconds(turn, times),
        "look at the policy file (every 5 s)": milliseconds(lambda: engine.terms.reload(engine.wall()), times),
        "list of 200 batches sent": _sent(house, times),
        "housekeeping (every 30 s)": milliseconds(lambda: keep_house(engine, engine.wall()), 5),
        f"first page of {PAGE} waiting": milliseconds(page(0), 5),
        f"a page of {PAGE} from the middle": milliseconds(page(count // 2), 5),
        "keep one record and tell": milliseconds(one_more, 20),
    }


def _sent(house: House, times: int) -> float:
    """What every snapshot counts; on the disk it is one sealed section of the profile."""
    opened, delivery = house.engine.stores.open(), house.engine.delivery
    before = delivery.sent()
    digest = "0" * 64
    rows = [
        SentRow(
            f"{number:032x}", "acknowledged", 1, number, 9, 4096, ("train",), ("us",), digest, digest, 2, (digest,) * 9
        )
        for number in range(200)
    ]
    delivery._save(rows)
    took = milliseconds(delivery.sent, times)
    delivery._save(before)
    assert opened.profile.get("sent") == []
    return took


def main() -> int:
    columns: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        house.agree("mousepad")
        for size in SIZES:
            fill(house, size)
            house.told.clear()
            columns[size] = measure(house, 20)
        house.engine.stop()
    print(f"{'milliseconds of processor':40}" + "".join(f"{size:>12,}" for size in SIZES))
    for what in columns[SIZES[0]]:
        print(f"{what:40}" + "".join(f"{columns[size][what]:12.3f}" for size in SIZES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
