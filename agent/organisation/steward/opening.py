"""Open what lies in the store into a dataset: verify each batch, say which are refused and why, go on with the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any, Final

import msgspec

from agent.organisation.erased import is_erased
from agent.organisation.openings import Opening, append
from agent.organisation.steward.again import Kept, redact_again
from agent.organisation.steward.dataset import Dataset
from agent.organisation.store import ROOT, BatchStore, batch_key
from agent.problems import Invalid, Refused
from agent.redaction import Redactor
from agent.seal import Header, Opened, Receipt, Share, key_id, open_batch, parse_header
from agent.seal.hybrid import public_of

#: Batches held in memory at a time; each at most 4 MiB.
_AT_ONCE: Final = 16


@dataclass
class Report:
    """What came of it. opened: batches, with so many records. known: batches that were in the dataset before.

    changed: records in which today's rules found more. left_out: records that today's rules could not be applied to.
    erased: batches left closed at their sender's wish. refused: place in the store to the reason.
    """

    opened: int = 0
    records: int = 0
    changed: int = 0
    left_out: int = 0
    known: int = 0
    erased: int = 0
    refused: dict[str, str] = field(default_factory=dict)


class _Stored(msgspec.Struct):
    """The part of a stored receipt that is compared; the collector's signature is the device's matter."""

    receipt: Receipt


def open_all(
    store: BatchStore, keys: Sequence[bytes], dataset: Dataset, now: datetime, shares: Sequence[Share] = ()
) -> Report:
    """Add every batch to the dataset that opens with ``keys`` (seeds) and is not in it yet.

    shares: what the works council co-signed, instead of its private key.

    Each opening is written to the store's own log and to the dataset's before any of its records is: employees can see
    it later. Raises ``Unavailable('batch-store-failed')`` if the store cannot be read or its log not written, and
    ``Refused('redaction-failed')`` if the rules do not find what was planted for them.
    """
    rules = Redactor(())
    if not rules.healthy():
        raise Refused("redaction-failed")
    report = Report()
    used = {key_id(public_of(seed)) for seed in keys} | {share.of for share in shares}
    known = {line.batch: line.sha256 for line in dataset.lines()}
    verified = _verified(store, keys, shares, known, report, rules)
    while group := list(islice(verified, _AT_ONCE)):
        _log(store, dataset, used, group, now)
        dataset.add(group)
        report.opened += len(group)
        report.records += sum(len(kept.records) for kept in group)
        report.changed += sum(len(kept.changed) for kept in group)
        report.left_out += sum(kept.left_out for kept in group)
    return report


def _verified(
    store: BatchStore,
    keys: Sequence[bytes],
    shares: Sequence[Share],
    known: dict[str, str],
    report: Report,
    rules: Redactor,
) -> Iterator[Kept]:
    seen = dict(known)
    for place in store.keys(f"{ROOT}/", ".seal"):
        data = store.read(place)
        if data is None:
            continue
        digest = hashlib.sha256(data).hexdigest()
        batch = place.rsplit("/", 1)[-1].removesuffix(".seal")
        if known.get(batch) == digest and place == _place(parse_header(data)):
            report.known += 1
            continue
        try:
            header = parse_header(data)
            if is_erased(store, header.organisation, header.batch):
                # Its bytes may have been left by a collector that died between erasing word and deletion.
                report.erased += 1
                continue
            opened = open_batch(data, keys, shares)
            _check_place(place, opened, store, digest)
            _check_new(opened, seen)
            kept = redact_again(opened, digest, rules)
        except Invalid as error:
            report.refused[place] = str(error)
            continue
        seen[opened.header.batch] = digest
        yield kept


def _place(header: Header) -> str:
    return batch_key(header) + ".seal"


def _check_new(opened: Opened, seen: dict[str, str]) -> None:
    if opened.header.batch in seen:
        raise Invalid("batch-invalid", detail="Other bytes with the same batch id were opened before.")


def _check_place(place: str, opened: Opened, store: BatchStore, digest: str) -> None:
    if place != _place(opened.header):
        raise Invalid("batch-invalid", detail="It does not lie where its header says.")
    document = store.read(place.removesuffix(".seal") + ".receipt")
    if document is None:
        return
    try:
        receipt = msgspec.json.decode(document, type=_Stored).receipt
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid("batch-invalid", detail="The receipt beside it cannot be read.") from error
    if (receipt.batch, receipt.sha256) != (opened.header.batch, digest):
        raise Invalid("batch-invalid", detail="The receipt beside it is for something else.")


def _log(store: BatchStore, dataset: Dataset, held: set[str], group: Sequence[Kept], now: datetime) -> None:
    when = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    used = {kid for kept in group for kid in kept.header.recipients}
    for organisation in sorted({kept.header.organisation for kept in group}):
        ours = [kept for kept in group if kept.header.organisation == organisation]
        facts = {
            "when": when,
            "keys": tuple(sorted(used & held)),
            "batches": tuple(kept.header.batch for kept in ours),
            "records": sum(len(kept.records) for kept in ours),
            "into": dataset.name,
            "written": dataset.written,
        }
        dataset.log(append(store, organisation, partial(_entry, facts)))


def _entry(facts: Mapping[str, Any], number: int, previous: str) -> Opening:
    return Opening(number=number, previous=previous, **facts)
