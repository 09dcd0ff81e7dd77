"""Recipient keys: the hybrid of ML-KEM-768 and X25519, and HPKE with it.

KEM 0x647a of draft-ietf-hpke-pq, which is X-Wing (draft-connolly-cfrg-xwing-kem): a private key is a seed of
32 bytes, expanded with SHAKE-256; a public key is 1184 bytes of ML-KEM-768 followed by 32 bytes of X25519.
What is sealed today stays shut if either half holds.
"""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519

from agent.problems import Invalid

SEED_LENGTH: Final = 32
PUBLIC_LENGTH: Final = 1216
SHARE_LENGTH: Final = 32
WRAP_LENGTH: Final = 1168

_MLKEM_SEED: Final = 64
_MLKEM_PUBLIC: Final = 1184


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def _private(seed: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
    if len(seed) != SEED_LENGTH:
        raise Invalid("key-file-invalid", detail=f"A recipient's private key has {SEED_LENGTH} bytes.")
    expanded = hashlib.shake_256(seed).digest(96)
    return (
        mlkem.MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED]),
        x25519.X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:]),
    )


def _public(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_LENGTH:
        raise Invalid("key-file-invalid", detail=f"A recipient's public key has {PUBLIC_LENGTH} bytes.")
    try:
        return hpke.MLKEM768X25519PublicKey(
            mlkem.MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
            x25519.X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
        )
    except ValueError as error:
        raise Invalid("key-file-invalid", detail="A recipient's public key is not a key.") from error


def check_public(public: bytes) -> None:
    """Raises ``Invalid('key-file-invalid')`` unless ``public`` is a public key one can seal to."""
    _public(public)


def public_of(seed: bytes) -> bytes:
    """The public key of a private one: 1216 bytes."""
    lattice, curve = _private(seed)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """Name of a key: the first 16 bytes of the SHA-256 of its public bytes, 32 hex characters."""
    return hashlib.sha256(public).hexdigest()[:32]


def wrap(share: bytes, public: bytes, info: bytes) -> bytes:
    """``share`` (32 bytes) for the holder of ``public``; opens only together with the same ``info``. 1168 bytes."""
    return _suite().encrypt(share, _public(public), info=info)


def unwrap(wrapped: bytes, seed: bytes, info: bytes) -> bytes:
    """The share. Raises ``Invalid('batch-invalid')`` for another key, other ``info`` or changed bytes."""
    lattice, curve = _private(seed)
    try:
        share = _suite().decrypt(wrapped, hpke.MLKEM768X25519PrivateKey(lattice, curve), info=info)
    except InvalidTag as error:
        raise Invalid("batch-invalid", detail="A wrapped key does not open with this header and key.") from error
    if len(share) != SHARE_LENGTH:
        raise Invalid("batch-invalid", detail=f"A wrapped key has {len(share)} bytes.")
    return share
