"""The clear part of a batch: what anybody who holds it may know, a closed list, and how its bytes lie.

::

    magic 8 | length of core 4 | core | one wrap of 1168 bytes per recipient | Ed25519 signature 64 | body

``core`` is RFC 8785 JSON of ``Header``. The signature covers core and wraps; core holds the SHA-256 of the body;
every wrap is bound to the SHA-256 of core. A batch id is the first half of the SHA-256 of the batch's erasure secret:
random to everybody else, and whoever shows the secret has shown that it is theirs to erase. So the closed list needs
no further field for it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, TypeAlias

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agent.problems import Invalid
from agent.seal.body import SIZE_CLASSES, sealed_length
from agent.seal.hybrid import WRAP_LENGTH

FORMAT: Final = 1
SUITE: Final = "MLKEM768_X25519-HKDFSHA256-AES256GCM-STREAM64K-ED25519"
MAGIC: Final = b"ABVBRD1\n"
MAX_CORE: Final = 16 * 1024
#: So many bytes at its beginning hold the header of any batch.
HEAD_LENGTH: Final = len(MAGIC) + 4 + MAX_CORE
SIGNATURE_LENGTH: Final = 64
SECRET_LENGTH: Final = 32
#: The longest batch there can be, in bytes.
MAX_BATCH: Final = len(MAGIC) + 4 + MAX_CORE + 2 * WRAP_LENGTH + SIGNATURE_LENGTH + sealed_length(SIZE_CLASSES[-1])

_SIGNED_AS: Final = b"aboveboard batch 1\n"
_ERASED_AS: Final = b"aboveboard erasure 1\n"

Slug: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9._-]{0,63}\Z")]
Phrase: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Hex16: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
Hex32: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything about a batch that is not encrypted.

    organisation: its id, as in a path. batch: 16 bytes. recipients: key ids of the controllers, all of whom are needed
    to open it. size_class: bytes of the padded body. day: UTC, YYYY-MM-DD. ciphertext: SHA-256 of the body.
    device: Ed25519 public key of the pseudonym that signed. Bytes are lower-case hex.
    """

    format: int
    suite: str
    organisation: Slug
    batch: Hex16
    purposes: Annotated[tuple[Phrase, ...], msgspec.Meta(min_length=1, max_length=32)]
    forbidden_uses: Annotated[tuple[Phrase, ...], msgspec.Meta(max_length=32)]
    recipients: Annotated[tuple[Hex16, ...], msgspec.Meta(min_length=1, max_length=2)]
    size_class: int
    day: str
    ciphertext: Hex32
    device: Hex32


@dataclass(frozen=True, slots=True)
class Framed:
    """A batch taken apart, nothing checked but its shape."""

    header: Header
    core: bytes
    wraps: tuple[bytes, ...]
    signature: bytes
    body: bytes


def batch_id(erasure_secret: bytes) -> str:
    """The id of the batch that ``erasure_secret`` (32 random bytes) may erase."""
    return hashlib.sha256(_ERASED_AS + erasure_secret).hexdigest()[:32]


def may_erase(batch: str, erasure_secret: bytes) -> bool:
    """Does this secret belong to that batch?"""
    return len(erasure_secret) == SECRET_LENGTH and hmac.compare_digest(batch_id(erasure_secret), batch)


def _invalid(detail: str) -> Invalid:
    return Invalid("batch-invalid", detail=detail)


def _mistakes(header: Header) -> list[str]:
    found = []
    if header.format != FORMAT:
        found.append(f"format {header.format} is not known")
    if header.suite != SUITE:
        found.append("the suite is not known")
    if header.size_class not in SIZE_CLASSES:
        found.append(f"{header.size_class} is no size class")
    if len(set(header.recipients)) != len(header.recipients):
        found.append("a recipient is named twice")
    try:
        exact = date.fromisoformat(header.day).isoformat() == header.day
    except ValueError:
        exact = False
    if not exact:
        found.append("day is no day")
    return found


def parse_core(core: bytes) -> Header:
    """The header. Raises ``Invalid('batch-invalid')`` for anything but the canonical bytes of the closed list."""
    try:
        header = msgspec.json.decode(core, type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _invalid(f"The header is not as agreed: {error}.") from error
    if mistakes := _mistakes(header):
        raise _invalid(f"The header is not as agreed: {'; '.join(mistakes)}.")
    if encode_core(header) != core:
        raise _invalid("The header is not in canonical form.")
    return header


def encode_core(header: Header) -> bytes:
    """RFC 8785 bytes of the header."""
    return rfc8785.dumps(msgspec.to_builtins(header))


def info_of(core: bytes) -> bytes:
    """What binds a wrap to its header."""
    return hashlib.sha256(core).digest()


def _signed(core: bytes, wraps: bytes) -> bytes:
    return _SIGNED_AS + len(core).to_bytes(4, "big") + core + wraps


def assemble(core: bytes, wraps: tuple[bytes, ...], body: bytes, device_key: Ed25519PrivateKey) -> bytes:
    """The bytes of a batch, signed."""
    joined = b"".join(wraps)
    signature = device_key.sign(_signed(core, joined))
    return MAGIC + len(core).to_bytes(4, "big") + core + joined + signature + body


def take_apart(data: bytes) -> Framed:
    """Raises ``Invalid('batch-invalid')``."""
    if len(data) > MAX_BATCH:
        raise _invalid(f"It is longer than {MAX_BATCH} bytes.")
    core = _core(data)
    header = parse_core(core)
    at = len(MAGIC) + 4 + len(core)
    count = len(header.recipients)
    end = at + count * WRAP_LENGTH + SIGNATURE_LENGTH
    if len(data) - end != sealed_length(header.size_class):
        raise _invalid("It is not as long as its size class says.")
    return Framed(
        header=header,
        core=core,
        wraps=tuple(data[at + n * WRAP_LENGTH : at + (n + 1) * WRAP_LENGTH] for n in range(count)),
        signature=data[end - SIGNATURE_LENGTH : end],
        body=data[end:],
    )


def _core(data: bytes) -> bytes:
    start = len(MAGIC) + 4
    if len(data) < start or not data.startswith(MAGIC):
        raise _invalid("It does not begin like a batch.")
    length = int.from_bytes(data[len(MAGIC) : start], "big")
    if length > MAX_CORE or start + length > len(data):
        raise _invalid("Its header is cut off.")
    return data[start : start + length]


def peek(start: bytes) -> Header:
    """The header from the first ``HEAD_LENGTH`` bytes of a batch, or from all of a shorter one; nothing is verified.

    Raises ``Invalid('batch-invalid')``.
    """
    return parse_core(_core(start))


def check(framed: Framed) -> None:
    """Signature and hash. Raises ``Invalid('batch-invalid')``."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(framed.header.device)).verify(
            framed.signature,
            _signed(framed.core, b"".join(framed.wraps)),
        )
    except (InvalidSignature, ValueError) as error:
        raise _invalid("Its signature does not fit.") from error
    if not hmac.compare_digest(hashlib.sha256(framed.body).hexdigest(), framed.header.ciphertext):
        raise _invalid("Its body is not the one that was signed.")


def parse_header(data: bytes) -> Header:
    """The header of a batch of the right shape; nothing is verified. Raises ``Invalid('batch-invalid')``."""
    return take_apart(data).header


def verify(data: bytes) -> Header:
    """The header of a batch whose signature, hash and length fit. No key is needed.

    It says that the holder of ``header.device`` sealed exactly these bytes, not who that is.
    Raises ``Invalid('batch-invalid')`` with a detail that names what does not fit.
    """
    framed = take_apart(data)
    check(framed)
    return framed.header
