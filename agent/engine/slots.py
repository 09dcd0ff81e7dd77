"""What of a sent batch stays here beside its line in the index: the key that opens it and the secret that erases it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from agent.problems import AgentError

if TYPE_CHECKING:  # only the types: profile and stores are handed in
    from agent.engine.stores import Opened
    from agent.profile import Profile
    from agent.protocol import SentRow

SLOT: Final = "slot/"


@dataclass(frozen=True, slots=True)
class Slot:
    """None: not here, or not any more. generation: of the pseudonym that sealed it."""

    data_key: bytes | None = field(default=None, repr=False)
    erasure_secret: bytes | None = field(default=None, repr=False)
    generation: int | None = None


def read_slot(profile: Profile, batch: str) -> Slot:
    """The slot of a batch; an empty one if there is none."""
    found = profile.get(f"{SLOT}{batch}")
    if not isinstance(found, dict):
        return Slot()
    generation = found.get("generation")
    return Slot(
        decoded(found.get("data_key")),
        decoded(found.get("erasure_secret")),
        generation if isinstance(generation, int) else None,
    )


def forget(profile: Profile, batch: str, *names: str) -> None:
    """Destroy these parts of a slot. The pseudonym's number stays: the chain of batches goes by it."""
    found = profile.get(f"{SLOT}{batch}")
    if isinstance(found, dict) and any(name in found for name in names):
        profile.put(f"{SLOT}{batch}", {name: value for name, value in found.items() if name not in names})


def sealed_bytes(opened: Opened, row: SentRow) -> bytes | None:
    """The batch as it was sealed, waiting or kept; None if it is not here or not those very bytes."""
    try:
        found = opened.outbox.read(row.batch) or opened.outbox.kept(row.batch)
    except AgentError:
        return None
    return found.data if found is not None and found.digest == row.digest else None


def decoded(value: object) -> bytes | None:
    """Bytes as they are kept in the profile."""
    if not isinstance(value, str):
        return None
    try:
        return base64.b64decode(value, validate=True)
    except ValueError:
        return None
