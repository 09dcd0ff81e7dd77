"""Receipts: the collector's signed word that it holds exactly these bytes.

RFC 8785 JSON ``{"receipt": {...}, "signature": base64}``; the Ed25519 signature covers the canonical inner object.
"""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Annotated, Final, NamedTuple

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agent.problems import Invalid
from agent.seal.header import Hex16, Hex32

FORMAT: Final = 1
MAX_RECEIPT: Final = 4096
_SIGNED_AS: Final = b"aboveboard receipt 1\n"
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """batch: its id. sha256 and size (bytes) of what is stored. received: UTC, whole seconds. collector: its host."""

    format: int
    batch: Hex16
    sha256: Hex32
    size: Annotated[int, msgspec.Meta(ge=1)]
    received: str
    collector: Annotated[str, msgspec.Meta(min_length=1, max_length=253)]

    @property
    def digest(self) -> str:
        """SHA-256 of the stored bytes, to be compared with ``Sealed.digest``."""
        return self.sha256


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    receipt: Receipt
    signature: str


class Delivered(NamedTuple):
    """What a receipt has to be about."""

    batch_id: str
    digest: str
    size: int


def _invalid(detail: str) -> Invalid:
    return Invalid("receipt-invalid", detail=detail)


def issue(delivered: Delivered, received: datetime, collector: str, key: Ed25519PrivateKey) -> bytes:
    """The bytes of a signed receipt. ``received`` is aware; ``collector`` is the host the collector answers for."""
    inner: dict[str, int | str] = {
        "format": FORMAT,
        "batch": delivered.batch_id,
        "sha256": delivered.digest,
        "size": delivered.size,
        "received": received.astimezone(UTC).strftime(_TIME),
        "collector": collector,
    }
    signature = key.sign(_SIGNED_AS + rfc8785.dumps(inner))
    return rfc8785.dumps({"receipt": inner, "signature": base64.b64encode(signature).decode()})


def parse_receipt(data: bytes, collector_key: bytes) -> Receipt:
    """A receipt signed by the key (32 bytes) that the policy names. Raises ``Invalid('receipt-invalid')``."""
    if len(data) > MAX_RECEIPT:
        raise _invalid("It is too long.")
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
        signature = base64.b64decode(envelope.signature, validate=True)
        datetime.strptime(envelope.receipt.received, _TIME).replace(tzinfo=UTC)
    except (msgspec.MsgspecError, UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise _invalid("It is not as agreed.") from error
    inner = rfc8785.dumps(msgspec.to_builtins(envelope.receipt))
    if rfc8785.dumps(msgspec.to_builtins(envelope)) != data or envelope.receipt.format != FORMAT:
        raise _invalid("It is not as agreed.")
    try:
        Ed25519PublicKey.from_public_bytes(collector_key).verify(signature, _SIGNED_AS + inner)
    except (InvalidSignature, ValueError) as error:
        raise _invalid("It is not signed by the collector of the policy.") from error
    return envelope.receipt


def verify_receipt(data: bytes, collector_key: bytes, delivered: Delivered) -> Receipt:
    """As ``parse_receipt``, and it is about exactly these bytes. Raises ``Invalid('receipt-invalid')``.

    The fact ``conflict`` is set if the collector rightly signed for this batch id, but for other bytes.
    """
    receipt = parse_receipt(data, collector_key)
    if receipt.batch != delivered.batch_id:
        raise _invalid("It is for another batch.")
    if (receipt.sha256, receipt.size) != (delivered.digest, delivered.size):
        raise Invalid("receipt-invalid", detail="It is for other bytes than those that were sent.", conflict="yes")
    return receipt
