"""How many take part: by month and purpose, never fewer than 20, rounded down to fives, and never counted twice.

A month is counted once, after it is over, and what was said then is what is said for ever: asking before and after
somebody sent, or had something erased, shows no difference. There is no count by day, device or group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from typing import Annotated, Final

import msgspec
import rfc8785

from agent.organisation.store import ROOT, BatchStore
from agent.problems import Invalid
from agent.seal import HEAD_LENGTH, peek

#: Fewer people than this are not told apart from none.
AT_LEAST: Final = 20
STEP: Final = 5
#: Days after the end of a month until it is counted; by then what was sealed in it has mostly arrived.
SETTLED: Final = 7
_MONTH: Final = re.compile(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z")


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """month: YYYY-MM. purposes: those with at least ``AT_LEAST`` devices, each with its number rounded down."""

    month: str
    purposes: dict[str, Annotated[int, msgspec.Meta(ge=AT_LEAST)]]


def rounded(devices: int) -> int | None:
    """What may be said of this many; None: fewer than ``AT_LEAST``."""
    return None if devices < AT_LEAST else devices - devices % STEP


def closed_months(months: set[str], today: date) -> list[str]:
    """Of these months (YYYY-MM) those that are over and settled, in order."""
    settled = (today - timedelta(days=SETTLED)).strftime("%Y-%m")
    return sorted(month for month in months if _MONTH.match(month) and month < settled)


def counts(store: BatchStore, organisation: str, today: date) -> list[Counted]:
    """Every settled month, oldest first; one that was counted before is said again as it was.

    Raises ``Unavailable('batch-store-failed')``, ``Invalid('batch-store-failed')`` if a stored count is damaged.
    """
    batches: dict[str, list[str]] = defaultdict(list)
    for place in store.keys(f"{ROOT}/{organisation}/", ".seal"):
        batches[place.split("/")[3][:7]].append(place)
    frozen = {
        place.rsplit("/", 1)[-1].removesuffix(".json") for place in store.keys(f"counts/{organisation}/", ".json")
    }
    return [_month(store, organisation, month, batches[month]) for month in closed_months(set(batches) | frozen, today)]


def _month(store: BatchStore, organisation: str, month: str, places: list[str]) -> Counted:
    key = f"counts/{organisation}/{month}.json"
    data = store.read(key)
    if data is None:
        data = rfc8785.dumps(msgspec.to_builtins(_count(store, month, places)))
        if not store.create(key, data):
            data = store.read(key) or data
    try:
        return msgspec.json.decode(data, type=Counted)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid("batch-store-failed", detail="A stored count cannot be read.") from error


def _count(store: BatchStore, month: str, places: list[str]) -> Counted:
    devices: dict[str, set[str]] = defaultdict(set)
    for place in places:
        start = store.read_start(place, HEAD_LENGTH)
        if start is None:
            continue
        try:
            header = peek(start)
        except Invalid:
            continue
        for purpose in header.purposes:
            devices[purpose].add(header.device)
    said = {purpose: rounded(len(found)) for purpose, found in sorted(devices.items())}
    return Counted(month, {purpose: number for purpose, number in said.items() if number is not None})
