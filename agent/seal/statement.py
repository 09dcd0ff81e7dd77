"""Short signed words of the collector beside receipts: this batch was erased, this device is enrolled.

RFC 8785 JSON ``{"statement": {...}, "signature": base64}``; the Ed25519 signature covers a label and the canonical
inner object, so that a word about one thing can never pass for a word about another.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Generic, TypeVar

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agent.problems import Invalid
from agent.seal.header import Hex32
from agent.seal.receipt import MAX_RECEIPT

FORMAT: Final = 1

_ERASED: Final = b"aboveboard erased 1\n"
_ENROLLED: Final = b"aboveboard enrolled 1\n"
_ENROLLING: Final = b"aboveboard enrolling 1\n"
_BATCH_NAME: Final = b"aboveboard erased batch 1\n"
_DEVICE_NAME: Final = b"aboveboard enrolled device 1\n"

_Host = Annotated[str, msgspec.Meta(min_length=1, max_length=253)]


class Erasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The collector does not have a batch any more and takes it never again.

    batch: hash of its id (``erased_name``), so that a list of these names no batch. day: of the erasure, UTC,
    YYYY-MM-DD. collector: its host.
    """

    format: int
    batch: Hex32
    day: str
    collector: _Host


class Enrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pseudonym may send. device: hash of its public key (``device_name``). day: UTC. collector: its host."""

    format: int
    device: Hex32
    day: str
    collector: _Host


_Statement = TypeVar("_Statement", Erasure, Enrolment)


class _Envelope(msgspec.Struct, Generic[_Statement], frozen=True, forbid_unknown_fields=True):
    statement: _Statement
    signature: str


def erased_name(batch: str) -> str:
    """Under what name an erased batch is remembered: found by who knows the id, telling it to nobody else."""
    return hashlib.sha256(_BATCH_NAME + bytes.fromhex(batch)).hexdigest()


def device_name(device: str) -> str:
    """Under what name an enrolled pseudonym (public key, hex) is remembered."""
    return hashlib.sha256(_DEVICE_NAME + bytes.fromhex(device)).hexdigest()


def issue_erasure(batch: str, day: date, collector: str, key: Ed25519PrivateKey) -> bytes:
    """The bytes of the collector's word that ``batch`` (its id) is gone."""
    inner: dict[str, int | str] = {
        "format": FORMAT,
        "batch": erased_name(batch),
        "day": day.isoformat(),
        "collector": collector,
    }
    return _signed(_ERASED, inner, key)


def issue_enrolment(device: str, day: date, collector: str, key: Ed25519PrivateKey) -> bytes:
    """The bytes of the collector's word that ``device`` (public key, hex) may send."""
    inner: dict[str, int | str] = {
        "format": FORMAT,
        "device": device_name(device),
        "day": day.isoformat(),
        "collector": collector,
    }
    return _signed(_ENROLLED, inner, key)


def verify_erasure(data: bytes, collector_key: bytes, batch: str) -> Erasure:
    """Raises ``Invalid('receipt-invalid')`` unless the collector of the policy says so of this very batch."""
    erasure = _parsed(data, _ERASED, collector_key, _Envelope[Erasure])
    if erasure.batch != erased_name(batch):
        raise _invalid("It is about another batch.")
    return erasure


def verify_enrolment(data: bytes, collector_key: bytes, device: str) -> Enrolment:
    """Raises ``Invalid('receipt-invalid')`` unless the collector of the policy says so of this very device."""
    enrolment = _parsed(data, _ENROLLED, collector_key, _Envelope[Enrolment])
    if enrolment.device != device_name(device):
        raise _invalid("It is about another device.")
    return enrolment


def prove(organisation: str, token: str, device_key: Ed25519PrivateKey) -> str:
    """The device's signature, hex, with which it asks to be enrolled by the group's token."""
    return device_key.sign(_asked(organisation, token)).hex()


def proves(organisation: str, token: str, device: str, signature: str) -> bool:
    """Does whoever holds the private key of ``device`` ask for just this?"""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(device))
        public.verify(bytes.fromhex(signature), _asked(organisation, token))
    except (InvalidSignature, ValueError):
        return False
    return True


def _asked(organisation: str, token: str) -> bytes:
    return _ENROLLING + rfc8785.dumps({"organisation": organisation, "token": token})


def _invalid(detail: str) -> Invalid:
    return Invalid("receipt-invalid", detail=detail)


def _signed(label: bytes, inner: Mapping[str, int | str], key: Ed25519PrivateKey) -> bytes:
    plain = dict(inner)
    signature = key.sign(label + rfc8785.dumps(plain))
    return rfc8785.dumps({"statement": plain, "signature": base64.b64encode(signature).decode()})


def _parsed(data: bytes, label: bytes, key: bytes, envelope: type[_Envelope[_Statement]]) -> _Statement:
    if len(data) > MAX_RECEIPT:
        raise _invalid("It is too long.")
    try:
        found = msgspec.json.decode(data, type=envelope)
        signature = base64.b64decode(found.signature, validate=True)
        exact = date.fromisoformat(found.statement.day).isoformat() == found.statement.day
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise _invalid("It is not as agreed.") from error
    if not exact or rfc8785.dumps(msgspec.to_builtins(found)) != data or found.statement.format != FORMAT:
        raise _invalid("It is not as agreed.")
    inner = rfc8785.dumps(msgspec.to_builtins(found.statement))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, label + inner)
    except (InvalidSignature, ValueError) as error:
        raise _invalid("It is not signed by the collector of the policy.") from error
    return found.statement
