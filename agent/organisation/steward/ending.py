"""What has to go goes: batches whose time is over, and batches erased at their sender's wish.

From the bucket first, so that nothing opens them anew, then from the datasets. Every step may be repeated, so a run
that was cut off is finished by the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from agent.organisation.erased import delete_at
from agent.organisation.steward.dataset import Dataset
from agent.organisation.store import ERASED, PLACES, ROOT, BatchStore
from agent.policy.model import Policy
from agent.problems import Invalid
from agent.seal import erased_name, peek

_BATCH: Final = re.compile(r"\A[0-9a-f]{32}\Z")
_KINDS: Final = (".seal", ".receipt")


@dataclass(frozen=True, slots=True)
class Ended:
    """Batches that went: from the bucket, and from the datasets together. unfinished: left by collectors that died.

    unknown: SHA-256 of policies that batches of the datasets were sealed under and that were not given; those batches
    stay, in the bucket too.
    """

    bucket: int
    datasets: int
    unfinished: int
    unknown: tuple[str, ...] = ()


class _Found(NamedTuple):
    """A batch by what can be told from outside."""

    organisation: str
    day: str
    batch: str


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days a batch is kept, by the hash of its policy; and the fewest, by organisation."""

    days: Mapping[str, int]
    fewest: Mapping[str, int]

    @classmethod
    def of(cls, policies: Sequence[Policy]) -> Retention:
        days: dict[str, int] = {}
        fewest: dict[str, int] = {}
        for policy in policies:
            organisation, kept = policy.notice.organisation.id, policy.notice.retention_days
            days[policy.hash] = kept
            fewest[organisation] = min(kept, fewest.get(organisation, kept))
        return cls(days, fewest)

    def over(self, found: _Found, policy: str | None, today: date) -> bool:
        """Is its time over? policy: hash of the one it was sealed under; None: not known, then the fewest days count.

        False where no day can be told: of another organisation, or under a policy that was not given.
        """
        kept = self.fewest.get(found.organisation) if policy is None else self.days.get(policy)
        try:
            return kept is not None and date.fromisoformat(found.day) + timedelta(days=kept) <= today
        except (ValueError, OverflowError):
            return False


def expire(store: BatchStore, datasets: Sequence[Dataset], policies: Sequence[Policy], now: datetime) -> Ended:
    """Delete what has been kept as long as its notice says: its day and ``retention_days`` of its policy.

    Which policy a batch in the bucket was sealed under stands inside the seal. The datasets know it of those they hold;
    of the others the fewest days of the organisation's ``policies`` count, so that none is kept too long.
    Raises as the store and the datasets do.
    """
    retention, today = Retention.of(policies), now.date()
    sealed_under = {line.batch: line.policy for dataset in datasets for line in dataset.lines()}

    def over(found: _Found) -> bool:
        return retention.over(found, sealed_under.get(found.batch), today)

    bucket, unfinished = _sweep(store, sorted(retention.fewest), over, now)
    dropped = 0
    for dataset in datasets:
        ended = {line.batch for line in dataset.lines() if over(_Found(line.organisation, line.day, line.batch))}
        dropped += dataset.drop(ended)
    unknown = sorted(set(sealed_under.values()) - set(retention.days))
    return Ended(bucket, dropped, unfinished, tuple(unknown))


def erase(store: BatchStore, datasets: Sequence[Dataset], now: datetime) -> Ended:
    """Delete what the collector gave its word for that it is gone: whatever of it is still in the bucket, whether or
    not its place is written down, and its records in the datasets. Raises as the store and the datasets do.
    """
    erased = {tuple(key.split("/")[1:3]) for key in store.keys(f"{ERASED}/", "")}

    def is_erased(found: _Found) -> bool:
        return (found.organisation, erased_name(found.batch)) in erased

    bucket, unfinished = _sweep(store, sorted({organisation for organisation, _ in erased}), is_erased, now)
    dropped = 0
    for dataset in datasets:
        ended = {line.batch for line in dataset.lines() if is_erased(_Found(line.organisation, line.day, line.batch))}
        dropped += dataset.drop(ended)
    return Ended(bucket, dropped, unfinished)


def _sweep(
    store: BatchStore, organisations: Sequence[str], gone: Callable[[_Found], bool], now: datetime
) -> tuple[int, int]:
    """Batches deleted, and unfinished writes. The entry of its place goes last: it leads to what else may be there."""
    deleted: set[str] = set()
    for organisation in organisations:
        stay = set()
        for place, found in _places(store, organisation):
            if not gone(found):
                stay.add(found.batch)
            elif place not in deleted:
                delete_at(store, place)
                deleted.add(place)
        for key in list(store.keys(f"{PLACES}/{organisation}/", "")):
            if key.rsplit("/", 1)[-1] in stay:
                continue
            # Of a batch that went, now or in a run that was cut off, or that never came.
            written = _parsed((store.read(key) or b"").decode("ascii", "replace"))
            if written is not None and gone(written):
                store.delete(key)

    def staged(start: bytes) -> bool:
        try:
            header = peek(start)
        except Invalid:
            return False
        return gone(_Found(header.organisation, header.day, header.batch))

    return len(deleted), store.delete_unfinished(now, staged)


def _places(store: BatchStore, organisation: str) -> Iterator[tuple[str, _Found]]:
    for kind in _KINDS:
        for key in list(store.keys(f"{ROOT}/{organisation}/", kind)):
            place = key.removesuffix(kind)
            found = _parsed(place)
            if found is not None:
                yield place, found


def _parsed(place: str) -> _Found | None:
    parts = place.split("/")
    if len(parts) != 5 or not _BATCH.match(parts[4]):
        return None
    return _Found(parts[1], parts[3], parts[4])
