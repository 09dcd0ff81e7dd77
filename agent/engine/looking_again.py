"""What waits, looked at with what is known today: rules of today, and what this session took out since."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from agent import review
from agent.records import Stored
from agent.redaction import RedactionFailed

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine

#: Records looked at in one go, the newest first: a second of work would stop capture.
MOST: Final = 2000


def look_again(engine: Engine, waiting: Iterable[Stored], *, quick: bool = False) -> int:
    """Redact these anew, durably; how many it changed. What changed waits anew.

    quick: only those that other rules made, or of which something was taken out elsewhere since.
    What cannot be looked at stays as it is: it does not leave, and expires.
    """
    changed = []
    for stored in waiting:
        with suppress(RedactionFailed):
            if stored.state in review.WAITING and (not quick or engine.redactor.stale(stored.record)):
                fresh = engine.redactor.again(stored.record)
                if fresh != stored.record:
                    changed.append((stored.row, fresh))
    if changed:
        records = engine.stores.open().records
        with records.batch():
            for row, fresh in changed:
                records.replace(row, fresh, now=engine.wall())
    return len(changed)


def look_at_waiting(engine: Engine) -> int:
    """``look_again`` at what waits; how many records it changed."""
    opened = engine.stores.opened
    return look_again(engine, opened.records.rows(review.WAITING, 0, MOST), quick=True) if opened is not None else 0
