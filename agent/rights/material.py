"""Everything about one employee that is on this computer, as plain values: what an export is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from agent.ledger import Checkpoint, Entry


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that has not left. record: its canonical bytes. stored_at, expires: Unix seconds."""

    state: str
    stored_at: int
    expires: int
    record: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was sealed. digest: SHA-256 (hex) of the sealed bytes. record_digests: of each approved record.

    erasure_secret: asks the collector to delete it; None once everybody has to have deleted it. sealed, receipt: as
    they are here, None if they are not. deletion: was the collector asked to delete it, and has it; tombstone: its
    signed word for that. records: canonical bytes if the local key still opens the sealed bytes.
    """

    batch: str
    state: str
    sealed_at: int
    sent_at: int | None
    delete_by: int
    count: int
    purposes: tuple[str, ...]
    recipients: tuple[str, ...]
    digest: str
    record_digests: tuple[str, ...]
    erasure_secret: bytes | None = field(default=None, repr=False)
    sealed: bytes | None = field(default=None, repr=False)
    receipt: bytes | None = field(default=None, repr=False)
    records: tuple[bytes, ...] | None = field(default=None, repr=False)
    deletion: Literal["", "asked", "confirmed"] = ""
    tombstone: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Generation:
    """The ledger of one pseudonym, oldest entry first. device: its public key, 32 bytes."""

    number: int
    device: bytes
    entries: tuple[Entry, ...]
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Material:
    """made: Unix seconds. version: of the program. policy: the signed file as it is, None without one.

    organisation, contact, collector: as the policy names them, empty without one; address: where it is asked,
    empty without a policy. organisation_words: its key's fingerprint. keys: (name, fingerprint) of every recipient.
    consent, settings: as kept. agreements: receipts of consent as documents, name to bytes. missing: in words, what
    should be here and cannot be read. own_certificates: the policy carries some that no system knows. enrolment: the
    pseudonym (public key, hex) and the collector's signed word that it may send, None if it was never asked.
    """

    made: int
    version: str
    policy: bytes | None
    organisation: str
    contact: str
    collector: str
    organisation_words: tuple[str, ...]
    keys: tuple[tuple[str, tuple[str, ...]], ...]
    consent: object
    settings: object
    agreements: tuple[tuple[str, bytes], ...]
    waiting: tuple[Waiting, ...]
    batches: tuple[Batch, ...]
    ledgers: tuple[Generation, ...]
    missing: tuple[str, ...] = ()
    address: str = ""
    own_certificates: bool = False
    enrolment: tuple[str, bytes] | None = None
