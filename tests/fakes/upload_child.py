"""A process that seals, keeps and sends until it is killed: ``upload_child.py FOLDER URL KEY_HEX BATCHES``.

Prints ``added ID`` once a batch is durable and ``accepted ID`` once it was told so; ends when all are accepted.
Removes a batch from the outbox as its owner does: after taking note.
"""

from __future__ import annotations

import queue
import sys
from datetime import UTC, datetime
from pathlib import Path

from agent.upload import Accepted, Destination, Outbox, Outcome, Uploader
from tests.fakes.batches import sealed


def main(folder: str, url: str, key: str, batches: str) -> None:
    outbox = Outbox(Path(folder))
    told: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    destination = Destination(url, bytes.fromhex(key), trial=True)
    uploader = Uploader(outbox, destination, told.put, chance=lambda: 0.0)
    left = set(outbox.pending())
    uploader.start()
    today = datetime.now(UTC).date().isoformat()
    for _ in range(int(batches)):
        batch, _slot = sealed("planted words", day=today)
        outbox.add(batch)
        print("added", batch.batch_id, flush=True)
        left.add(batch.batch_id)
        uploader.wake()
    while left:
        outcome = told.get()
        if isinstance(outcome, Accepted):
            print("accepted", outcome.batch_id, flush=True)
            outbox.remove(outcome.batch_id)
            left.discard(outcome.batch_id)
    uploader.stop()
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
