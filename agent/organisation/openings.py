"""The log of openings: who opened which batches, when, and whether what came out was encrypted. Employees can read it.

One object per opening, numbered from 1, each with the SHA-256 of the one before: an entry that is left out, changed or
put in later breaks the chain for everybody who has seen its end. Create-only storage gives a number to one writer only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Final

from agent.organisation.store import OPENINGS, BatchStore
from agent.problems import Invalid
from agent.seal.opening import NOTHING, Opening, Written, parse_opening

__all__ = ["NOTHING", "Opening", "Written", "append", "every", "opening_key", "organisations", "read"]

_MANY_WRITERS: Final = 1000


def opening_key(organisation: str, number: int) -> str:
    """Where an entry lies."""
    return f"{OPENINGS}/{organisation}/{number:08d}.json"


def append(store: BatchStore, organisation: str, make: Callable[[int, str], Opening]) -> Opening:
    """Write the next entry; durable when it returns. make: number and ``previous`` to the entry.

    Raises ``Invalid('batch-store-failed')`` if the log is damaged, ``Unavailable('batch-store-failed')``.
    """
    number, previous = _end(store, organisation)
    for _ in range(_MANY_WRITERS):
        entry = make(number + 1, previous)
        if store.create(opening_key(organisation, entry.number), entry.encode()):
            return entry
        # Another steward was faster.
        number += 1
        previous = hashlib.sha256(store.read(opening_key(organisation, number)) or b"").hexdigest()
    raise Invalid("batch-store-failed", detail="Too many write the log of openings at once.")


def read(store: BatchStore, organisation: str, after: int = 0, most: int = 500) -> Iterator[Opening]:
    """Entries with a number above ``after``, in order, at most ``most``. Raises as ``append``; the chain is checked."""
    before = store.read(opening_key(organisation, after)) if after else None
    if after and before is None:
        return
    previous = NOTHING if before is None else hashlib.sha256(before).hexdigest()
    for number in range(after + 1, after + 1 + most):
        data = store.read(opening_key(organisation, number))
        if data is None:
            return
        entry = parse_opening(data)
        if (entry.number, entry.previous) != (number, previous):
            raise Invalid("batch-store-failed", detail=f"Opening {number} does not follow the one before it.")
        yield entry
        previous = hashlib.sha256(data).hexdigest()


def every(store: BatchStore, organisation: str) -> Iterator[Opening]:
    """All entries, in order. Raises as ``append``; the chain is checked."""
    last = 0
    while found := list(read(store, organisation, last)):
        yield from found
        last = found[-1].number


def organisations(store: BatchStore) -> list[str]:
    """Whose logs there are."""
    return sorted({key.split("/")[1] for key in store.keys(f"{OPENINGS}/", ".json")})


def _end(store: BatchStore, organisation: str) -> tuple[int, str]:
    """Number and hash of the last entry; found by doubling, so that a long log is not read through each time."""
    low, high = 0, 1
    while store.read(opening_key(organisation, high)) is not None:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if store.read(opening_key(organisation, middle)) is not None else (low, middle)
    if low == 0:
        return 0, NOTHING
    return low, hashlib.sha256(store.read(opening_key(organisation, low)) or b"").hexdigest()
