"""What the store knows of the whole: how many rows there are and a running sum over them, in one sealed row.

Each row's seal tells whether that row was changed; only the manifest tells that one was taken away, or put back as
it was before. The sum is a keyed multiset hash by addition (Clarke et al., "Incremental Multiset Hash Functions",
ASIACRYPT 2003, MSet-Add-Hash): adding or taking one row costs the same however many there are.
"""

from __future__ import annotations

import hmac
from typing import Final, NamedTuple

import msgspec

from agent.problems import Invalid
from agent.records import Kind, State
from agent.vault import bind, seal, unseal

_SUM: Final = 32
_TAG: Final = 16
_NUMBER: Final = 8
_ABOUT: Final = b"manifest"


class Listed(NamedTuple):
    """What is kept in memory of each record: enough to list, count and expire, and nothing anybody typed.

    tag: what this row adds to the manifest's sum. The rest as in ``agent.buffer.records.Head``.
    """

    row: int
    kind: Kind
    program_id: str
    time: int
    size: int
    state: State
    stored_at: int
    expires: int
    approved: str | None
    batch: str | None
    tag: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """next_row: never used twice, so that no two records ever share a number. epoch: all wrapped keys are of it."""

    next_row: int
    count: int
    total: bytes
    epoch: int

    def changed(self, *, rows: int, tags: int) -> Manifest:
        """After ``rows`` more (or fewer) rows whose tags sum up to ``tags``."""
        total = (int.from_bytes(self.total, "big") + tags) % (1 << 8 * _SUM)
        return msgspec.structs.replace(self, count=self.count + rows, total=total.to_bytes(_SUM, "big"))

    def covers(self, tags: int, rows: int) -> bool:
        """Is this the manifest of exactly these rows?"""
        total = (tags % (1 << 8 * _SUM)).to_bytes(_SUM, "big")
        return rows == self.count and hmac.compare_digest(total, self.total)


def empty(epoch: int, next_row: int = 1) -> Manifest:
    """Of a store without rows."""
    return Manifest(next_row=next_row, count=0, total=bytes(_SUM), epoch=epoch)


def seal_manifest(key: bytes, manifest: Manifest) -> bytes:
    """As it is written. Always of nearly the same length."""
    return seal(key, msgspec.msgpack.encode(manifest), _ABOUT)


def open_manifest(key: bytes, sealed: object) -> Manifest:
    """As it was written. Raises ``Invalid('store-damaged')``."""
    try:
        return msgspec.msgpack.decode(unseal(key, sealed, _ABOUT), type=Manifest)
    except msgspec.DecodeError:
        raise Invalid("store-damaged", detail="The list of what is stored cannot be read.") from None


def tag(key: bytes, row: int, head: bytes, body: bytes) -> int:
    """What a row adds to the sum: HMAC-SHA256 over its number and the authentication tags of its two seals."""
    parts = bind(row.to_bytes(_NUMBER, "big", signed=True), head[-_TAG:], body[-_TAG:])
    return int.from_bytes(hmac.digest(key, parts, "sha256"), "big")
