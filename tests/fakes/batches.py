"""Approved records, terms and keys for tests of what comes after approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.records import Approved, Redacted, Sealed
from agent.seal import LocalSlot, SealTerms, seal
from agent.seal.hybrid import public_of

STEWARD = bytes(range(32))
COUNCIL = bytes(range(32, 64))
STRANGER = bytes(range(64, 96))
DEVICE = Ed25519PrivateKey.from_private_bytes(b"d" * 32)
COLLECTOR = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
COLLECTOR_PUBLIC = COLLECTOR.public_key().public_bytes_raw()
ORGANISATION = "example-org"

TERMS = SealTerms(
    organisation=ORGANISATION,
    purposes=("train", "measure"),
    forbidden_uses=("judging performance",),
    recipients=(public_of(STEWARD),),
    day="2026-11-24",
    consent_receipt="c" * 64,
    policy="b" * 64,
    redactor="rules-1",
    previous=None,
    checkpoint="ledger/1\n3\nAAAA\n",
)


def approved(*texts: str, purposes: tuple[str, ...] = ("train",)) -> list[Approved]:
    """One approved text record per text, rows counted from 1."""
    records = [
        Redacted(
            kind="text",
            program_id="mousepad",
            program_name="Mousepad",
            time=1_790_000_000 + place,
            purposes=purposes,
            redactor="rules-1",
            text=text,
        )
        for place, text in enumerate(texts)
    ]
    return [Approved(place, record, record.digest()) for place, record in enumerate(records, 1)]


def sealed(*texts: str, recipients: Sequence[bytes] = (STEWARD,), **terms: Any) -> tuple[Sealed, LocalSlot]:
    """A batch of these texts to these recipients' seeds, other terms as named."""
    changed = replace(TERMS, recipients=tuple(public_of(seed) for seed in recipients), **terms)
    return seal(approved(*texts), changed, DEVICE)
