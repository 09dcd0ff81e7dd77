"""What the store costs: microseconds per append, time to open 10,000 records. Run: python -m tests.benchmarks.store"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from agent.buffer import Buffer
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import CONTEXT, LATER, a_record

COUNT = 10_000
SINGLE = 1_000
LENGTH = 200


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Timed:
    """Wall and CPU time of a block, printed per item."""

    def __init__(self, name: str, items: int) -> None:
        self.name, self.items = name, items

    def __enter__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), cpu()

    def __exit__(self, *_: object) -> None:
        wall, used = time.perf_counter() - self.wall, cpu() - self.cpu
        each = 1e6 / self.items
        print(f"{self.name:44} {wall * 1e3:9.1f} ms  {wall * each:8.1f} us each  CPU {used * each:8.1f} us each")


def main() -> None:
    keystore = MemoryKeystore()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.db"
        buffer = Buffer.open(path, Vault.open(keystore))
        with Timed(f"append, one commit each, {SINGLE}", SINGLE):
            for number in range(SINGLE):
                buffer.append(a_record(number, length=LENGTH), number, LATER, CONTEXT)
        with Timed(f"append, batches of 100, {COUNT - SINGLE}", COUNT - SINGLE):
            for start in range(SINGLE, COUNT, 100):
                with buffer.batch():
                    for number in range(start, start + 100):
                        buffer.append(a_record(number, length=LENGTH), number, LATER, CONTEXT)
        buffer.close()
        print(f"{'file, bytes per record':44} {path.stat().st_size / COUNT:9.0f}")
        with Timed(f"open {COUNT} records", COUNT):
            buffer = Buffer.open(path, Vault.open(keystore))
        with Timed("a page of 100 out of the middle", 100):
            buffer.rows(offset=COUNT // 2, limit=100)
        with Timed(f"count and size of {COUNT}", 1):
            buffer.count()
            buffer.size()
        with Timed(f"delete one of {COUNT} (survivors wrapped anew)", 1):
            buffer.delete([1])
        with Timed("destroy", 1):
            buffer.destroy()


if __name__ == "__main__":
    main()
