"""The second controller's word: one batch may be opened, by the other controller, without either key being moved.

The works council unwraps its share of a batch and wraps it anew, to the steward's public key. The new wrap is bound
to the header core of that batch, to both keys and to this one purpose, so it opens nothing else and nobody else. All
shares given at one time lie in one file, signed by the council's Ed25519 key: who let what be opened can be shown.

The file: RFC 8785 JSON ``{"cosigned": {...}, "signature": base64}``.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agent.problems import Invalid, Refused
from agent.seal import header, hybrid
from agent.seal.header import Hex16, Hex32

FORMAT: Final = 1
#: Shares in one file: more are a second file.
MOST: Final = 10_000
MAX_FILE: Final = 32 * 1024 * 1024
_INFO: Final = b"aboveboard cosign share 1\n"
_SIGNED_AS: Final = b"aboveboard cosigned 1\n"


@dataclass(frozen=True, slots=True)
class Share:
    """One share of one batch, wrapped for the other controller.

    core: SHA-256 (hex) of the batch's header core. of: key id of the controller whose share it is.
    to: key id of the controller who can unwrap it.
    """

    batch: str
    core: str
    of: str
    to: str
    wrapped: bytes = field(repr=False)


class _Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    batch: Hex16
    core: Hex32
    wrapped: Annotated[str, msgspec.Meta(max_length=2 * hybrid.WRAP_LENGTH)]


class _Cosigned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    made: Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
    of: Hex16
    to: Hex16
    signer: Hex32
    batches: Annotated[tuple[_Share, ...], msgspec.Meta(min_length=1, max_length=MOST)]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cosigned: _Cosigned
    signature: str


@dataclass(frozen=True, slots=True)
class Cosigned:
    """What a co-signing file says. made: UTC day. signer: raw Ed25519 public key whose signature fits."""

    made: str
    signer: bytes
    shares: tuple[Share, ...]


def _invalid(detail: str) -> Invalid:
    return Invalid("cosign-refused", detail=detail)


def _info(core: str, of: str, to: str) -> bytes:
    return hashlib.sha256(_INFO + f"{core}\n{of}\n{to}\n".encode()).digest()


def cosign_share(data: bytes, own: bytes, other: bytes) -> Share:
    """The share of the controller with the private key ``own`` (seed), for the one with public key ``other``.

    The batch is verified first. Raises ``Invalid('batch-invalid')``, ``Invalid('key-file-invalid')``, and
    ``Refused('cosign-refused')`` unless these two keys are the two controllers of exactly this batch.
    """
    framed = header.take_apart(data)
    header.check(framed)
    hybrid.check_public(other)
    of, to = hybrid.key_id(hybrid.public_of(own)), hybrid.key_id(other)
    wanted = framed.header.recipients
    if of == to or {of, to} != set(wanted):
        detail = f"Batch {framed.header.batch} is sealed to {', '.join(wanted)}, not to {of} and {to}."
        raise Refused("cosign-refused", detail=detail)
    share = hybrid.unwrap(framed.wraps[wanted.index(of)], own, header.info_of(framed.core))
    core = header.info_of(framed.core).hex()
    return Share(framed.header.batch, core, of, to, hybrid.wrap(share, other, _info(core, of, to)))


def unwrap_share(share: Share, seed: bytes, core: bytes) -> bytes:
    """The plain share, for the batch with this header core. Raises ``Invalid('cosign-refused')``."""
    digest = hashlib.sha256(core).hexdigest()
    if share.core != digest:
        raise _invalid("A share in it is for other terms than those of the batch.")
    try:
        return hybrid.unwrap(share.wrapped, seed, _info(digest, share.of, share.to))
    except Invalid as error:
        raise _invalid("A share in it does not open.") from error


def encode_cosigned(shares: Sequence[Share], made: str, key: Ed25519PrivateKey) -> bytes:
    """The signed file. made: UTC day, YYYY-MM-DD. Raises ``Refused('cosign-refused')`` for shares of other keys."""
    pairs = {(share.of, share.to) for share in shares}
    if len(pairs) != 1 or len(shares) > MOST:
        raise Refused("cosign-refused", detail=f"It takes 1 to {MOST} batches of the same two controllers.")
    of, to = pairs.pop()
    inner = {
        "format": FORMAT,
        "made": made,
        "of": of,
        "to": to,
        "signer": key.public_key().public_bytes_raw().hex(),
        "batches": [
            {"batch": share.batch, "core": share.core, "wrapped": base64.b64encode(share.wrapped).decode()}
            for share in shares
        ],
    }
    signature = key.sign(_SIGNED_AS + rfc8785.dumps(inner))  # type: ignore[arg-type]  # its JSON types are private
    return rfc8785.dumps({"cosigned": inner, "signature": base64.b64encode(signature).decode()})  # type: ignore[dict-item]


def parse_cosigned(data: bytes, signer: bytes) -> Cosigned:
    """What the holder of ``signer`` (raw Ed25519 public key) let be opened. Raises ``Invalid('cosign-refused')``."""
    if len(data) > MAX_FILE:
        raise _invalid("It is too long.")
    try:
        file = msgspec.json.decode(data, type=_File)
        signature = base64.b64decode(file.signature, validate=True)
        wraps = [base64.b64decode(share.wrapped, validate=True) for share in file.cosigned.batches]
    except (msgspec.MsgspecError, ValueError) as error:
        raise _invalid("It is not as agreed.") from error
    inner = file.cosigned
    if rfc8785.dumps(msgspec.to_builtins(file)) != data or inner.format != FORMAT:
        raise _invalid("It is not as agreed.")
    if inner.signer != signer.hex():
        raise _invalid("It is signed by another key than the one named.")
    try:
        Ed25519PublicKey.from_public_bytes(signer).verify(
            signature, _SIGNED_AS + rfc8785.dumps(msgspec.to_builtins(inner))
        )
    except (InvalidSignature, ValueError) as error:
        raise _invalid("Its signature does not fit.") from error
    if any(len(wrapped) != hybrid.WRAP_LENGTH for wrapped in wraps):
        raise _invalid("A share in it has a wrong length.")
    if len({share.batch for share in inner.batches}) != len(inner.batches):
        raise _invalid("A batch is named twice.")
    shares = tuple(
        Share(share.batch, share.core, inner.of, inner.to, wrapped)
        for share, wrapped in zip(inner.batches, wraps, strict=True)
    )
    return Cosigned(inner.made, signer, shares)
