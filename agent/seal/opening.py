"""An entry in the log of openings, which the organisation writes and everybody may read: who opened which batches,
when, and whether what came out was encrypted. Numbered from 1, each with the SHA-256 of the one before.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
import rfc8785

from agent.problems import Invalid

OPENING_FORMAT: Final = 1
#: The ``previous`` of the first entry.
NOTHING: Final = "0" * 64

Written: TypeAlias = Literal["encrypted", "plain"]
_Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """number: from 1. previous: SHA-256 of the entry before, hex. when: UTC, whole seconds, ISO 8601. keys: ids of the
    keys used. batches: their ids. into: name of the dataset's folder. written: how the records lie there.
    """

    format: int = OPENING_FORMAT
    number: Annotated[int, msgspec.Meta(ge=1)]
    previous: str
    when: str
    keys: tuple[str, ...]
    batches: tuple[str, ...]
    records: _Count
    into: str
    written: Written

    def encode(self) -> bytes:
        """RFC 8785 JSON."""
        return rfc8785.dumps(msgspec.to_builtins(self))

    def digest(self) -> str:
        """What the next entry names as ``previous``."""
        return hashlib.sha256(self.encode()).hexdigest()

    def at(self) -> int:
        """``when`` in Unix seconds. Raises ValueError if it is no time."""
        moment = datetime.fromisoformat(self.when)
        return int((moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp())


def parse_opening(data: bytes) -> Opening:
    """Raises ``Invalid('batch-store-failed')``."""
    try:
        entry = msgspec.json.decode(data, type=Opening)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid("batch-store-failed", detail="An entry of the log of openings cannot be read.") from error
    if entry.encode() != data or entry.format != OPENING_FORMAT:
        raise Invalid("batch-store-failed", detail="An entry of the log of openings is not as agreed.")
    return entry
