"""Batches of one pseudonym as a chain, and their ledger's checkpoints over time: what was cut, doubled or rolled back.

Pure but for the file of checkpoints, which is the council's own memory: what it saw once cannot be made undone.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from agent.ledger import START, Checkpoint, Entry
from agent.organisation.files import write_new
from agent.problems import Invalid
from agent.rights import Report
from agent.seal import Opened
from agent.seal.header import Hex16, Hex32


@dataclass(frozen=True, slots=True)
class Link:
    """An opened batch in its chain. digest: SHA-256 of its bytes. checkpoint: None if it is not its device's."""

    batch: str
    device: str
    digest: str
    previous: str | None
    checkpoint: Checkpoint | None


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A checkpoint the council saw: of which device, how many entries, hash of the last, in which batch."""

    device: Hex32
    size: Annotated[int, msgspec.Meta(ge=0)]
    hash: Hex32
    batch: Hex16


def link(opened: Opened, digest: str) -> Link:
    """The batch as a link of its chain; a checkpoint that the batch's own device did not sign counts as none."""
    device = opened.header.device
    try:
        checkpoint: Checkpoint | None = Checkpoint.parse(opened.facts.checkpoint)
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(device))
        if checkpoint is not None and not checkpoint.signed_by(public):
            checkpoint = None
    except (Invalid, ValueError):
        checkpoint = None
    return Link(opened.header.batch, device, digest, opened.facts.previous, checkpoint)


def check_chains(links: Sequence[Link], memory: Sequence[Seen]) -> Report:
    """Every device's batches against each other and against what was seen before."""
    report = Report()
    for device in sorted({found.device for found in links}):
        ours = [found for found in links if found.device == device]
        before = len(report.wrong)
        _order(ours, report)
        _checkpoints(ours, report)
        _remembered(ours, [seen for seen in memory if seen.device == device], report)
        if len(report.wrong) == before:
            report.checked.append(f"device {device}: {len(ours)} batches follow each other, their checkpoints grow")
    return report


def check_ledger(device: str, entries: Sequence[Entry], memory: Iterable[Seen]) -> Report:
    """The log of an export against what batches of the same pseudonym said earlier."""
    report = Report()
    held = 0
    for seen in (seen for seen in memory if seen.device == device):
        if seen.size > len(entries):
            report.wrong.append(f"device {device}: rollback, batch {seen.batch} saw {seen.size} entries")
        elif (entries[seen.size - 1].hash if seen.size else START) != seen.hash:
            report.wrong.append(f"device {device}: fork, batch {seen.batch} saw another entry {seen.size}")
        else:
            held += 1
    if held:
        report.checked.append(f"device {device}: the log is the one that {held} checkpoints were made of")
    return report


def _order(links: Sequence[Link], report: Report) -> None:
    known = {found.digest for found in links}
    named = Counter(found.previous for found in links)
    for found in links:
        if named[found.previous] > 1:
            what = "it is the first" if found.previous is None else "it follows the same batch"
            report.wrong.append(f"batch {found.batch}: fork, another one of its device says too that {what}")
        if found.previous is not None and found.previous not in known:
            report.unchecked.append(f"batch {found.batch}: the one before it is not here; it was erased or held back")


def _checkpoints(links: Sequence[Link], report: Report) -> None:
    sizes: dict[int, str] = {}
    by_digest = {found.digest: found for found in links}
    for found in links:
        if found.checkpoint is None:
            report.wrong.append(f"batch {found.batch}: its checkpoint is not one that its device signed")
            continue
        size, head = found.checkpoint.size, found.checkpoint.hash
        if sizes.setdefault(size, head) != head:
            report.wrong.append(f"batch {found.batch}: fork, another batch saw another entry {size} of the log")
        earlier = by_digest.get(found.previous or "")
        if earlier is not None and earlier.checkpoint is not None and earlier.checkpoint.size > size:
            report.wrong.append(f"batch {found.batch}: rollback, the batch before it saw more entries of the log")


def _remembered(links: Sequence[Link], memory: Sequence[Seen], report: Report) -> None:
    heads = {seen.size: seen for seen in memory}
    old = {seen.batch for seen in memory}
    named = {found.previous for found in links}
    highest = max(heads, default=0)
    for found in links:
        if found.checkpoint is None:
            continue
        seen = heads.get(found.checkpoint.size)
        if seen is not None and seen.hash != found.checkpoint.hash:
            report.wrong.append(f"batch {found.batch}: fork, batch {seen.batch} once saw another entry {seen.size}")
        if found.batch not in old and found.checkpoint.size < highest and found.digest not in named:
            report.wrong.append(
                f"batch {found.batch}: rollback, {highest} entries were seen before it was made of "
                f"{found.checkpoint.size}, or batches in between are held back"
            )


# ---------------------------------------------------------------- memory


def read_memory(file: Path) -> list[Seen]:
    """What was seen before; empty if there is no file. Raises ``Invalid('store-damaged')``, ``OSError``."""
    if not file.exists():
        return []
    try:
        return [msgspec.json.decode(line, type=Seen) for line in file.read_bytes().splitlines()]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid("store-damaged", detail=f"{file} was not written by this program.") from error


def remember(file: Path, memory: Sequence[Seen], links: Sequence[Link]) -> int:
    """Add what is new, durably, and return how much that was. Nothing is ever forgotten. Raises ``OSError``."""
    known = {(seen.device, seen.size, seen.hash, seen.batch) for seen in memory}
    fresh = [
        Seen(found.device, found.checkpoint.size, found.checkpoint.hash, found.batch)
        for found in links
        if found.checkpoint is not None
        and (found.device, found.checkpoint.size, found.checkpoint.hash, found.batch) not in known
    ]
    if fresh:
        lines = b"".join(rfc8785.dumps(msgspec.to_builtins(seen)) + b"\n" for seen in (*memory, *fresh))
        written = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        written.unlink(missing_ok=True)
        write_new(written, lines, private=True)
        written.replace(file)
    return len(fresh)
